import { formatDay, type SituationChange } from '@bellwether/events';
import { isActiveStatus, lastDayOf, type Standing } from '../agreements/agreement-status.ts';
import { dueDayOf, isNoticePassed, noticeDayOf, reachedCheckpoint } from './renewal-days.ts';

/** The tightest checkpoint published for an agreement and its due day. */
export type RenewalNotice = readonly [agreementId: string, dueDay: number, checkpoint: number];

/** The notices that stand now and what is published of them. */
export interface RenewalsDecision {
  /** Sorted by agreement id. */
  readonly notices: readonly RenewalNotice[];
  readonly situations: readonly SituationChange[];
}

interface Moment {
  readonly today: number;
  readonly currency: string;
}

/**
 * `renewal.due` once per (agreement, due day, checkpoint), of several reached at once only the tightest;
 * `renewal.settled` when a noticed agreement is renewed (its due day moved out), has ended or was terminated, or when
 * its notice deadline has passed and it renews by itself or its end is still far (S11, D3).
 */
export function decideRenewals(
  notices: readonly RenewalNotice[],
  standings: readonly Standing[],
  moment: Moment,
): RenewalsDecision {
  const kept: RenewalNotice[] = [];
  const situations: SituationChange[] = [];
  let index = 0;
  for (const standing of standings) {
    const { agreementId, terms } = standing.agreement;
    const earlier = notices[index]?.[0] === agreementId ? notices[index++] : undefined;
    const dueDay = isActiveStatus(standing.status) ? dueDayOf(terms, moment.today) : null;
    const checkpoint = dueDay === null ? undefined : reachedCheckpoint(dueDay - moment.today);
    const now: Due | null = dueDay === null || checkpoint === undefined ? null : { dueDay, checkpoint };
    const outcome = earlier === undefined ? null : outcomeOf(standing, earlier, { dueDay, now, ...moment });
    if (earlier !== undefined && outcome !== null)
      situations.push(settled(standing, { notice: earlier, outcome, currency: moment.currency }));
    if (now === null) continue;
    const isKnown = earlier !== undefined && earlier[1] === now.dueDay && earlier[2] <= now.checkpoint;
    kept.push(isKnown ? earlier : [agreementId, now.dueDay, now.checkpoint]);
    if (!isKnown) situations.push(due(standing, now, moment));
  }
  const isSame = kept.length === notices.length && kept.every((notice, place) => notice === notices[place]);
  return { notices: isSame ? notices : kept, situations };
}

interface Due {
  readonly dueDay: number;
  readonly checkpoint: number;
}
type Outcome = 'renewed' | 'ended' | 'terminated' | 'notice-passed';

/** How a notice that was published is over; null: it stands, or the one that is due now takes its place. */
function outcomeOf(
  { agreement: { terms }, status }: Standing,
  [, toldDay]: RenewalNotice,
  { dueDay, now, today }: { dueDay: number | null; now: Due | null; today: number },
): Outcome | null {
  if (!isActiveStatus(status)) return status === 'ended' ? 'ended' : 'terminated';
  const isOfTheseTerms = toldDay === noticeDayOf(terms) || toldDay === lastDayOf(terms);
  if (isOfTheseTerms && isNoticePassed(terms, today)) return now === null ? 'notice-passed' : null;
  return dueDay === null || dueDay > toldDay ? 'renewed' : null;
}

/** The texts name dates and no distances or amounts: they are read on other days too. */
function due({ agreement }: Standing, { dueDay, checkpoint }: Due, { currency }: Moment): SituationChange {
  const { agreementId, terms } = agreement;
  const isNotice = dueDay !== lastDayOf(terms);
  const fate = fateOf(agreement);
  const untilWhen = `notice can be given until ${formatDay(dueDay)}`;
  return {
    type: 'renewal.due',
    cause: agreementId,
    code: isNotice ? 'notice-deadline' : 'end',
    text: isNotice ? `${nameOf(agreement)} ${fate}; ${untilWhen}` : `${nameOf(agreement)} ${fate}`,
    valueMinor: terms.valueMinor,
    currency,
    dueDay,
    daysBefore: checkpoint,
    reasons: [
      {
        signal: isNotice ? 'notice-deadline' : 'end',
        contribution: 0,
        before: null,
        after: null,
        text: isNotice ? untilWhen : fate,
      },
    ],
  };
}

function settled(
  { agreement }: Standing,
  { notice, outcome, currency }: { notice: RenewalNotice; outcome: Outcome; currency: string },
): SituationChange {
  return {
    type: 'renewal.settled',
    cause: agreement.agreementId,
    code: outcome,
    text: `${nameOf(agreement)} ${wordsOf(outcome, agreement)}`,
    valueMinor: agreement.terms.valueMinor,
    currency,
    dueDay: notice[1],
    reasons: [],
  };
}

function wordsOf(outcome: Outcome, agreement: Standing['agreement']): string {
  const lastDay = lastDayOf(agreement.terms);
  switch (outcome) {
    case 'renewed':
      return `was renewed ${lastDay === null ? 'and has no end' : `until ${formatDay(lastDay)}`}`;
    case 'ended':
      return 'has ended';
    case 'terminated':
      return 'was terminated';
    case 'notice-passed': {
      const noticeDay = noticeDayOf(agreement.terms);
      const when = noticeDay === null ? '' : `; notice could be given until ${formatDay(noticeDay)}`;
      return `${fateOf(agreement)}${when}`;
    }
  }
}

function nameOf({ agreementId, terms }: Standing['agreement']): string {
  return `${terms.agreementType ?? 'Agreement'} ${agreementId}`;
}

function fateOf({ terms }: Standing['agreement']): string {
  const lastDay = lastDayOf(terms);
  const what = terms.autoRenew === true ? 'renews by itself' : 'ends';
  return lastDay === null ? what : `${what} after ${formatDay(lastDay)}`;
}
