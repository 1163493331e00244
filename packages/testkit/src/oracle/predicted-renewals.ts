import type { CustomerEvent } from '@bellwether/events';
import { agreementsToday, type OracleTerms } from './agreement-terms.ts';
import { isActive } from './churn-readings.ts';
import { sumOf } from './common.ts';
import type { OracleContext } from './context.ts';

/**
 * Expected value of the terms that begin by renewal in the 365 days after `fromDay`, minor units (N10); null: no model,
 * or no agreement that can be renewed.
 */
export function recomputeRenewals365(
  events: readonly CustomerEvent[],
  { today, findings }: OracleContext,
  fromDay: number,
): number | null {
  const model = findings?.predictive.shiftedBetaGeometric ?? null;
  const renewable = agreementsToday(events, today).filter(isActive).flatMap(termOf);
  if (model === null || renewable.length === 0) return null;
  const values = renewable.map(({ valueMinor, days, survived, nextDay }) => {
    let expected = 0;
    let chance = 1;
    for (let due = nextDay, renewal = survived + 1; due <= fromDay + 365; due += days, renewal += 1) {
      chance *= (model.beta + renewal - 1) / (model.alpha + model.beta + renewal - 1);
      expected += chance;
    }
    return expected * valueMinor;
  });
  return Math.round(sumOf(values));
}

/** One term of an agreement with a value, a first and a last day: as long as told, else as its terms were so far. */
function termOf({ startDay, lastDay, valueMinor, renewalDays, renewalTermMonths }: OracleTerms) {
  if (startDay === null || lastDay === null || valueMinor === null || lastDay < startDay) return [];
  const span = lastDay - startDay + 1;
  const survived = renewalDays.length;
  const told = renewalTermMonths !== null && renewalTermMonths > 0;
  const days = told
    ? Math.ceil((renewalTermMonths * 487) / 16)
    : Math.max(1, Math.round(span / (survived + 1)));
  return [{ days, survived, nextDay: lastDay + 1, valueMinor: Math.round((valueMinor * days) / span) }];
}
