import {
  type CustomerMonths,
  type KpiSnapshot,
  kpiSnapshotAt,
  type MonthRange,
  toldMonthsOf,
} from '@bellwether/domain';

/** The sums of all months of a tenant that can be told. */
export interface KpiSource {
  readonly told: MonthRange;
  readonly snapshotAt: (month: number) => KpiSnapshot;
}

/**
 * The sums of months that are over, kept until something about them differs: folding 10,000 customers takes tens of
 * milliseconds a month, and a course of two years reads three dozen of them.
 */
export class MonthTable {
  readonly #snapshots = new Map<number, KpiSnapshot>();

  /** A customer differs in a month that is over. */
  forget(): void {
    this.#snapshots.clear();
  }

  /**
   * The months of these customers. Its answers hold until the table of customers is brought up to date again.
   * @param present epoch month of the tenant's date: it is not over, and never kept
   */
  sourceOf(customers: readonly CustomerMonths[], present: number): KpiSource {
    const snapshots = new Map<number, KpiSnapshot>();
    const snapshotAt = (month: number) => {
      const kept = month < present ? this.#snapshots : snapshots;
      const known = kept.get(month);
      if (known !== undefined) return known;
      const snapshot = kpiSnapshotAt(customers, month);
      kept.set(month, snapshot);
      return snapshot;
    };
    return { told: toldMonthsOf(customers, present), snapshotAt };
  }
}
