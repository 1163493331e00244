import { isActiveStatus, nextStandingDay, type Standing } from '../../agreements/agreement-status.ts';
import { lesserOf } from '../../ordering.ts';
import { nextRenewalDay } from '../../renewals/renewal-days.ts';

/** First day after today on which an agreement begins, ends, or is terminated; null: never. */
export function nextStandingDayOf(standings: readonly Standing[], today: number): number | null {
  let next: number | null = null;
  for (const { agreement } of standings) next = lesserOf(next, nextStandingDay(agreement.terms, today));
  return next;
}

/** First day after today on which a renewal falls due, or an agreement stands differently; null: never. */
export function nextRenewalDayOf(standings: readonly Standing[], today: number): number | null {
  let next = nextStandingDayOf(standings, today);
  for (const { agreement, status } of standings) {
    if (isActiveStatus(status)) next = lesserOf(next, nextRenewalDay(agreement.terms, today));
  }
  return next;
}
