import { type CustomerMonths, rowAtMonth } from './customer-months.ts';
import { type ExpansionOutcomes, type KpiSnapshot, kpiSnapshotOf } from './kpi-snapshot.ts';
import { type Kpi, kpisOf } from './kpis.ts';
import { MONTHS_KEPT } from './month-course.ts';
import { epochMonthOf, monthNamed } from './months.ts';

/** The sums of a month, from what is kept of each customer: as at its end, or so far where it is not over. */
export function kpiSnapshotAt(customers: readonly CustomerMonths[], month: number): KpiSnapshot {
  const rows = customers.flatMap((customer) => rowAtMonth(customer, month) ?? []);
  return kpiSnapshotOf(rows, { month: monthNamed(month), expansion: expansionAt(customers, month) });
}

/** Null as long as no sales opportunity is known of anybody. */
function expansionAt(customers: readonly CustomerMonths[], month: number): ExpansionOutcomes | null {
  let isKnown = false;
  let [won, lost] = [0, 0];
  for (const { closed, opportunitiesSince } of customers) {
    isKnown ||= opportunitiesSince !== null && opportunitiesSince <= month;
    for (const { day, isWon } of closed) {
      if (epochMonthOf(day) !== month) continue;
      if (isWon) won += 1;
      else lost += 1;
    }
  }
  return isKnown ? { won, lost } : null;
}

/** Epoch months that can be told, both included. */
export interface MonthRange {
  readonly from: number;
  readonly to: number;
}

/**
 * From the month in which the first customer was scored, or as far back as is kept, to the present one. Before it there
 * is nothing to tell and nothing to compare with.
 */
export function toldMonthsOf(customers: readonly CustomerMonths[], present: number): MonthRange {
  let from = present;
  for (const { measures } of customers) from = Math.min(from, measures?.since ?? from);
  return { from: Math.max(from, present - MONTHS_KEPT + 1), to: present };
}

/** The KPIs of a month, compared with the month and the year before where these can be told (S47 to S54, S109). */
export function kpisAt(
  month: number,
  { told, snapshotAt }: { readonly told: MonthRange; readonly snapshotAt: (month: number) => KpiSnapshot },
): readonly Kpi[] {
  const earlier = [month - 1, month - 12].filter((one) => one >= told.from);
  return kpisOf(snapshotAt(month), earlier.map(snapshotAt));
}
