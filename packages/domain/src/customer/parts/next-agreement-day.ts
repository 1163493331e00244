import { isActiveStatus, nextStandingDay, type Standing } from '../../agreements/agreement-status.ts';
import { nextRenewalDay } from '../../renewals/renewal-days.ts';

/** The earlier of two days that may not be known. */
export function earlierOf(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** First day after today on which an agreement begins, ends, or is terminated; null: never. */
export function nextStandingDayOf(standings: readonly Standing[], today: number): number | null {
  let next: number | null = null;
  for (const { agreement } of standings) next = earlierOf(next, nextStandingDay(agreement.terms, today));
  return next;
}

/** First day after today on which a renewal falls due, or an agreement stands differently; null: never. */
export function nextRenewalDayOf(standings: readonly Standing[], today: number): number | null {
  let next = nextStandingDayOf(standings, today);
  for (const { agreement, status } of standings) {
    if (isActiveStatus(status)) next = earlierOf(next, nextRenewalDay(agreement.terms, today));
  }
  return next;
}
