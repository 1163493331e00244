import type { CustomerEvent } from '@bellwether/events';
import { groupedBy, nearest, ofTypes, sumOf } from './common.ts';
import { classOf, type OracleContext } from './context.ts';
import type { OracleDepth } from './depth.ts';
import type { OracleConsistency } from './rhythm.ts';

/** Why a valuable customer is an irregular one (S31, S59); empty: it is not, null: it cannot be told. */
export function recomputeParadox(
  events: readonly CustomerEvent[],
  { today, findings }: OracleContext,
  {
    depth,
    consistency,
    ltvMinor,
  }: {
    readonly depth: OracleDepth;
    readonly consistency: OracleConsistency;
    readonly ltvMinor: number | null;
  },
): readonly string[] | null {
  if (findings === null || ltvMinor === null || consistency.value === null) return null;
  const { ltvQuartersMinor, consistencyHundredths } = findings.breakpoints;
  const value = classOf(ltvQuartersMinor, ltvMinor);
  const rhythm = classOf(consistencyHundredths, consistency.value);
  if (value === null || rhythm === null) return null;
  if (value < ltvQuartersMinor.edges.length || rhythm > 0) return [];
  const stages = Object.values(consistency.stages).filter((one) => typeof one === 'number');
  const { types, serviceLines } = depth.counts;
  const reasons = [
    Math.max(...stages) - Math.min(...stages) >= 5_000 ? ['engagement-pattern'] : [],
    largestShare(events, today) >= 5_000 ? ['value-concentration'] : [],
    (depth.value ?? 0) >= 5_000 ? ['relationship-depth'] : [],
    Math.max(types ?? 0, serviceLines ?? 0) >= 3 ? ['portfolio-diversification'] : [],
  ].flat();
  return reasons.length === 0 ? ['unexplained'] : reasons;
}

/** The greatest day of a year's payments in all of them, basis points. */
function largestShare(events: readonly CustomerEvent[], today: number): number {
  const recent = ofTypes(events, 'payment.paid').filter(({ day }) => day > today - 365);
  const days = [...groupedBy(recent, ({ day }) => String(day)).values()].map((paid) =>
    sumOf(paid.map(({ data }) => data.amountMinor)),
  );
  const all = sumOf(days);
  return all === 0 ? 0 : nearest(BigInt(Math.max(...days)) * 10_000n, all);
}
