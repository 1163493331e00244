import { RENEWAL_CHECKPOINTS } from '../renewals/renewal-days.ts';
import { CHURN_FEATURES } from './churn-features.ts';
import { type ChurnInput, isMissing } from './churn-input.ts';
import { CHURN_HORIZON_DAYS } from './churn-terms.ts';

/**
 * The first epoch day after `today` on which the churn probability may differ though its input stays the same (N3): a
 * reading that days alone move reaches its next step, a decision comes nearer by a checkpoint, or an end comes within
 * the horizon. When the input itself changes by days passing (health, windows) is for those to say. It may be early,
 * never late; null: never.
 */
export function nextChurnDay(input: ChurnInput, today: number): number | null {
  const days = [
    ...stepDays('last-activity', input.lastActivityDay),
    ...stepDays('tenure', input.customerSinceDay),
    ...rhythmDays(input),
    ...contractDays(input),
  ].filter((day) => day > today);
  return days.length === 0 ? null : Math.min(...days);
}

function stepDays(signal: 'last-activity' | 'tenure', day: ChurnInput['lastActivityDay']): number[] {
  return isMissing(day) ? [] : CHURN_FEATURES[signal].curve.map(([from]) => day + from);
}

function rhythmDays({ contract, purchases }: ChurnInput): number[] {
  if (contract !== null || isMissing(purchases)) return [];
  const { firstDay, lastDay, count } = purchases;
  if (count < 2) return [];
  const spanDays = lastDay - firstDay;
  const { curve } = CHURN_FEATURES['purchase-rhythm'];
  return curve.map(([percent]) => lastDay + Math.ceil((percent * spanDays) / (100 * (count - 1))));
}

function contractDays({ contract }: ChurnInput): number[] {
  if (contract === null) return [];
  const { decisionDay, boundUntilDay } = contract;
  return [
    ...(decisionDay === null ? [] : RENEWAL_CHECKPOINTS.map((checkpoint) => decisionDay - checkpoint)),
    ...(boundUntilDay === null ? [] : [boundUntilDay - CHURN_HORIZON_DAYS + 1]),
  ];
}
