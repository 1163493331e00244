import type { CustomerEvent } from '@bellwether/events';
import { earliest, nearest, ofTypes, sumOf, type Why, whySilent } from './common.ts';
import type { OracleContext } from './context.ts';
import { weekStart } from './rhythm.ts';

/**
 * Growth of use (S15): the rise in 365 days of the line of least squares through the uses of up to 13 whole 30 days
 * before the present week, in basis points of their mean; not known of less than half a year.
 */
export function recomputeUsageGrowth(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
): number | Why {
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used', 'activity.usage-reported').map(
    ({ day, data }) => ({ day, count: 'count' in data ? (data.count ?? 1) : 1 }),
  );
  const first = earliest(uses.map(({ day }) => day));
  const why = whySilent(feeds.activity, first !== null);
  if (why !== undefined) return why;
  const points: number[] = [];
  for (let from = weekStart(today) - 30; points.length < 13 && from >= (first ?? today); from -= 30)
    points.unshift(sumOf(uses.filter(({ day }) => day >= from && day < from + 30).map(({ count }) => count)));
  const n = points.length;
  const sum = sumOf(points);
  if (n < 7 || sum === 0) return 'no-data';
  // Slope of a step: (n x sum(i y) - sum(i) x sum(y)) / (n x sum(i i) - sum(i) x sum(i)), over the mean sum / n.
  const places = points.map((_, index) => index);
  const products = sumOf(points.map((count, index) => index * count));
  const dividend = BigInt(n * products - sumOf(places) * sum) * 365n * BigInt(n) * 10_000n;
  const divisor =
    BigInt(n * sumOf(places.map((place) => place * place)) - sumOf(places) ** 2) * 30n * BigInt(sum);
  return nearest(dividend, divisor);
}
