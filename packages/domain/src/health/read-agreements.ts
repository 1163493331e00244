import { agreementStatus, isActiveStatus, lastDayOf } from '../agreements/agreement-status.ts';
import { heardUntilDay, noFacts, type Reading, type ReadingInput } from './reading.ts';

/** What an agreement without an end reads: as good as never. */
const ENDLESS_DAYS = 3_650;

/**
 * Agreements that are active or signed, 0 where there were some once (S93). An end that passed while the feed was not
 * heard may have been followed by a renewal, so the agreements stand as they did when it was heard last; the evidence
 * is old then.
 */
export function readActiveAgreements({ facts, today, feed }: ReadingInput): Reading {
  const heardDay = heardUntilDay(feed, today);
  let active = 0;
  let isAnyKnown = false;
  for (const { terms } of facts.agreements) {
    const status = agreementStatus(terms, heardDay);
    if (status === 'void') continue;
    isAnyKnown = true;
    if (isActiveStatus(status)) active += 1;
  }
  if (!isAnyKnown || feed === undefined) return noFacts(feed);
  return { raw: active, evidenceDay: feed.status === 'fresh' ? null : Number.NEGATIVE_INFINITY };
}

/** Days since the first agreement began, while one is in force. */
export function readAgreementTenure(input: ReadingInput): Reading {
  const { today, feed } = input;
  const span = spanInForce(input);
  if (feed === undefined || span === null || span.firstDay === null) return noFacts(feed);
  if (isPassedUnheard(span, input)) return { missing: 'feed-stale' };
  return { raw: Math.max(0, today - span.firstDay), evidenceDay: null };
}

/** Days until the last agreement ends, while one is in force; 3,650 where one has no end, and at most. */
export function readAgreementEnd(input: ReadingInput): Reading {
  const { today, feed } = input;
  const span = spanInForce(input);
  if (feed === undefined || span === null) return noFacts(feed);
  if (isPassedUnheard(span, input)) return { missing: 'feed-stale' };
  const days = span.lastDay === null ? ENDLESS_DAYS : Math.min(ENDLESS_DAYS, span.lastDay - today);
  return { raw: days, evidenceDay: null };
}

interface Span {
  /** First day of the first agreement; null: not known. */
  readonly firstDay: number | null;
  /** Last day of the last agreement; null: it has none. */
  readonly lastDay: number | null;
}

/** From the first agreement to the end of the last one, where one was in force when the feed was heard last. */
function spanInForce({ facts, today, feed }: ReadingInput): Span | null {
  const heardDay = heardUntilDay(feed, today);
  let firstDay: number | null = null;
  let lastDay: number | null = Number.NEGATIVE_INFINITY;
  let isInForce = false;
  for (const { terms } of facts.agreements) {
    const status = agreementStatus(terms, heardDay);
    if (status === 'void') continue;
    if (status === 'active') isInForce = true;
    const { startDay } = terms;
    if (startDay !== null && (firstDay === null || startDay < firstDay)) firstDay = startDay;
    if (!isActiveStatus(status)) continue;
    const ends = lastDayOf(terms);
    lastDay = ends === null || lastDay === null ? null : Math.max(lastDay, ends);
  }
  return isInForce ? { firstDay, lastDay } : null;
}

/** The end passed after the feed fell silent: whether it was renewed is not known (N2). */
function isPassedUnheard({ lastDay }: Span, { today }: ReadingInput): boolean {
  return lastDay !== null && lastDay < today;
}
