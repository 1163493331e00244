import type { AgreementTerms } from '../agreements/agreement-state.ts';
import { lastDayOf } from '../agreements/agreement-status.ts';

/** Days before the due day at which a notice is published (D3), tightest first. */
export const RENEWAL_CHECKPOINTS = [7, 30, 60, 90, 120, 180] as const;

/** Last epoch day on which notice can be given; null without an end or a notice period. */
export function noticeDayOf(terms: AgreementTerms): number | null {
  const lastDay = lastDayOf(terms);
  return lastDay === null || terms.noticeDays === null ? null : lastDay - terms.noticeDays;
}

/** True when notice could be given once, but not on the epoch day `today` any more. */
export function isNoticePassed(terms: AgreementTerms, today: number): boolean {
  const noticeDay = noticeDayOf(terms);
  return noticeDay !== null && noticeDay < today;
}

/**
 * Day by which something must be decided (D3): the notice deadline, or the end where no notice period is known. Once
 * the notice deadline has passed it is the end; null where the agreement renews by itself: nothing is left to decide.
 */
export function dueDayOf(terms: AgreementTerms, today: number): number | null {
  if (!isNoticePassed(terms, today)) return noticeDayOf(terms) ?? lastDayOf(terms);
  return terms.autoRenew === true ? null : lastDayOf(terms);
}

/** The tightest checkpoint that is reached `daysLeft` days before a due day; undefined: none yet. */
export function reachedCheckpoint(daysLeft: number): number | undefined {
  return RENEWAL_CHECKPOINTS.find((checkpoint) => daysLeft <= checkpoint);
}

/**
 * First day after `today` on which an active agreement reaches a tighter checkpoint, or its notice deadline has passed;
 * null: neither will come (N3).
 */
export function nextRenewalDay(terms: AgreementTerms, today: number): number | null {
  const dueDay = dueDayOf(terms, today);
  if (dueDay === null) return null;
  const checkpoint = RENEWAL_CHECKPOINTS.findLast((days) => dueDay - days > today);
  if (checkpoint !== undefined) return dueDay - checkpoint;
  return dueDay === lastDayOf(terms) ? null : dueDay + 1;
}
