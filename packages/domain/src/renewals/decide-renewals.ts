import { formatDay, type SituationChange } from '@bellwether/events';
import type { AgreementTerms } from '../agreements/agreement-state.ts';
import { isActiveStatus, lastDayOf, type Standing } from '../agreements/agreement-status.ts';
import { formatMinor } from '../money/format-minor.ts';

/** Days before the due day at which a notice is published (D3), tightest first. */
export const RENEWAL_CHECKPOINTS = [7, 30, 60, 90, 120, 180] as const;

/** The tightest checkpoint published for an agreement and its due day. */
export type RenewalNotice = readonly [agreementId: string, dueDay: number, checkpoint: number];

/** Last epoch day on which notice can be given; null without an end or a notice period. */
export function noticeDayOf(terms: AgreementTerms): number | null {
  const lastDay = lastDayOf(terms);
  return lastDay === null || terms.noticeDays === null ? null : lastDay - terms.noticeDays;
}

/** Day by which something must be decided: the notice deadline, or the end where no notice period is known (D3). */
export function dueDayOf(terms: AgreementTerms): number | null {
  return noticeDayOf(terms) ?? lastDayOf(terms);
}

/** First day after `today` on which an active agreement reaches a tighter checkpoint; null: none is left. */
export function nextRenewalDay(terms: AgreementTerms, today: number): number | null {
  const dueDay = dueDayOf(terms);
  if (dueDay === null) return null;
  let next: number | null = null;
  for (const checkpoint of RENEWAL_CHECKPOINTS) {
    if (dueDay - checkpoint > today) next = dueDay - checkpoint;
  }
  return next;
}

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
 * `renewal.settled` when a noticed agreement is renewed (its due day moved out), has ended or was terminated (S11, D3).
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
    const dueDay = isActiveStatus(standing.status) ? dueDayOf(terms) : null;
    const isOver = earlier !== undefined && (dueDay === null || dueDay > earlier[1]);
    if (isOver) situations.push(settled(standing, earlier, moment));
    const checkpoint = dueDay === null ? undefined : reachedCheckpoint(dueDay - moment.today);
    if (dueDay === null || checkpoint === undefined) continue;
    const isKnown = earlier !== undefined && earlier[1] === dueDay && earlier[2] <= checkpoint;
    if (isKnown) {
      kept.push(earlier);
      continue;
    }
    kept.push([agreementId, dueDay, checkpoint]);
    situations.push(due(standing, { dueDay, checkpoint }, moment));
  }
  const isSame = kept.length === notices.length && kept.every((notice, place) => notice === notices[place]);
  return { notices: isSame ? notices : kept, situations };
}

/** A due day in the past counts as the tightest: the deadline was missed while the agreement still runs. */
function reachedCheckpoint(daysLeft: number): number | undefined {
  return RENEWAL_CHECKPOINTS.find((checkpoint) => daysLeft <= checkpoint);
}

function due(
  { agreement }: Standing,
  { dueDay, checkpoint }: { dueDay: number; checkpoint: number },
  { today, currency }: Moment,
): SituationChange {
  const { agreementId, terms } = agreement;
  const isNotice = dueDay !== lastDayOf(terms);
  const daysLeft = dueDay - today;
  const what = `${terms.agreementType ?? 'Agreement'} ${agreementId}${worthOf(terms, currency)}`;
  const end = formatDay(lastDayOf(terms) ?? dueDay);
  const renews = terms.autoRenew === true ? 'renews by itself' : 'ends';
  const text = isNotice
    ? `${what} ${renews} after ${end}; notice can be given until ${formatDay(dueDay)}`
    : `${what} ${renews} after ${end}`;
  const signal = isNotice ? 'days-to-notice-deadline' : 'days-to-end';
  return {
    type: 'renewal.due',
    cause: agreementId,
    code: isNotice ? 'notice-deadline' : 'end',
    text,
    valueMinor: terms.valueMinor,
    currency,
    dueDay,
    daysBefore: checkpoint,
    reasons: [
      {
        signal,
        contribution: 0,
        before: null,
        after: daysLeft,
        text: `${daysTo(daysLeft)} ${isNotice ? 'the notice deadline' : 'the end'}`,
      },
    ],
  };
}

function settled(
  { agreement, status }: Standing,
  notice: RenewalNotice,
  { currency }: Moment,
): SituationChange {
  const { agreementId, terms } = agreement;
  const code = isActiveStatus(status) ? 'renewed' : status === 'ended' ? 'ended' : 'terminated';
  const lastDay = lastDayOf(terms);
  const until = lastDay === null ? 'and has no end' : `until ${formatDay(lastDay)}`;
  const outcome =
    code === 'renewed' ? `was renewed ${until}` : code === 'ended' ? 'has ended' : 'was terminated';
  return {
    type: 'renewal.settled',
    cause: agreementId,
    code,
    text: `${terms.agreementType ?? 'Agreement'} ${agreementId} ${outcome}`,
    valueMinor: terms.valueMinor,
    currency,
    dueDay: notice[1],
    reasons: [],
  };
}

function worthOf(terms: AgreementTerms, currency: string): string {
  return terms.valueMinor === null ? '' : ` (${formatMinor(terms.valueMinor, currency)})`;
}

/** The text is read on other days too, so it tells the distance at which the checkpoint was reached. */
function daysTo(days: number): string {
  if (days === 0) return 'on the day of';
  return `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days > 0 ? 'before' : 'after'}`;
}
