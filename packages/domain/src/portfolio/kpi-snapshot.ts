import { type Tally, tallyOf } from '../statistics/tally.ts';
import { movementBetween, NO_MOVEMENTS, withMovement } from '../value/mrr-movement.ts';
import { groupsOf } from './groups.ts';
import { quarterOf } from './months.ts';
import { type NpsCounts, npsCountsOf } from './nps.ts';
import { classOf, type PortfolioRow, UNKNOWN } from './portfolio-row.ts';

/** A tally to be kept: the exact sum is written in decimal digits, as it can pass 2^53. */
export interface KeptTally extends Omit<Tally, 'sum'> {
  readonly sum: string;
}

/** A segment in one month. */
export interface SegmentSums {
  readonly segment: string;
  readonly value: KeptTally;
  /** Value of those members whose value is positive, minor units. */
  readonly positiveMinor: string;
  readonly churn: KeptTally;
}

/** A value tier in one month; answers are those of its quarter so far. */
export interface TierSums {
  readonly valueTier: string;
  readonly velocity: KeptTally;
  readonly nps: NpsCounts;
}

/** An engagement model in one month. */
export interface ModelSums {
  readonly engagementModel: string;
  readonly health: KeptTally;
  /** Value of the customers that have an account manager, and how many managers they have. */
  readonly managed: KeptTally;
  readonly managers: number;
}

/** Movements of recurring revenue in a month (S109, D17), minor units of a month; none is negative. */
export interface RecurringMovements {
  /** Customers of whom it is known at the month's beginning and now. */
  readonly customers: number;
  readonly startMinor: string;
  readonly newMinor: string;
  readonly expansionMinor: string;
  readonly contractionMinor: string;
  readonly churnMinor: string;
}

/** Upsell and cross-sell opportunities that were closed in a month (S54). */
export interface ExpansionOutcomes {
  readonly won: number;
  readonly lost: number;
}

/** The sums that every KPI of a month is made of: small, and kept month by month. */
export interface KpiSnapshot {
  /** `YYYY-MM` */
  readonly month: string;
  readonly customers: number;
  readonly positiveMinor: string;
  readonly health: KeptTally;
  readonly segments: readonly SegmentSums[];
  readonly tiers: readonly TierSums[];
  readonly models: readonly ModelSums[];
  readonly recurring: RecurringMovements;
  /** Null: no opportunity is known at all. */
  readonly expansion: ExpansionOutcomes | null;
}

/**
 * Folds all customers as they stand into the sums of a month; the order of the rows makes no difference. Taken at the
 * month's end it is final, before that it tells the month so far.
 */
export function kpiSnapshotOf(
  rows: readonly PortfolioRow[],
  { month, expansion }: { readonly month: string; readonly expansion: ExpansionOutcomes | null },
): KpiSnapshot {
  const quarter = quarterOf(month);
  return {
    month,
    customers: rows.length,
    positiveMinor: positiveOf(rows),
    health: kept(rows, ({ healthHundredths }) => healthHundredths),
    segments: groupsOf(rows, 'segment').map(({ name, rows: members }) => ({
      segment: name,
      value: kept(members, ({ valueMinor }) => valueMinor),
      positiveMinor: positiveOf(members),
      churn: kept(members, ({ churnBasisPoints }) => churnBasisPoints),
    })),
    tiers: groupsOf(rows, 'valueTier').map(({ name, rows: members }) => ({
      valueTier: name,
      velocity: kept(members, ({ velocityMinor }) => velocityMinor),
      nps: npsCountsOf(members, quarter),
    })),
    models: groupsOf(rows, 'engagementModel').map(({ name, rows: members }) => {
      const managed = members.filter(({ owner }) => classOf(owner) !== UNKNOWN);
      return {
        engagementModel: name,
        health: kept(members, ({ healthHundredths }) => healthHundredths),
        managed: kept(managed, ({ valueMinor }) => valueMinor),
        managers: new Set(managed.map(({ owner }) => classOf(owner))).size,
      };
    }),
    recurring: movementsOf(rows),
    expansion,
  };
}

/** Recurring revenue now against the beginning of the month, customer by customer (S109). */
export function movementsOf(rows: readonly PortfolioRow[]): RecurringMovements {
  let customers = 0;
  let sums = NO_MOVEMENTS;
  for (const { mrrMonthStartMinor, mrrMinor } of rows) {
    if (mrrMonthStartMinor === null || mrrMinor === null) continue;
    customers += 1;
    sums = withMovement(sums, movementBetween(mrrMonthStartMinor, mrrMinor));
  }
  return {
    customers,
    startMinor: String(sums.start),
    newMinor: String(sums.new),
    expansionMinor: String(sums.expansion),
    contractionMinor: String(sums.contraction),
    churnMinor: String(sums.churn),
  };
}

function kept(rows: readonly PortfolioRow[], read: (row: PortfolioRow) => number | null): KeptTally {
  const { members, known, sum } = tallyOf(rows, read);
  return { members, known, sum: String(sum) };
}

function positiveOf(rows: readonly PortfolioRow[]): string {
  return String(tallyOf(rows, ({ valueMinor }) => Math.max(0, valueMinor ?? 0)).sum);
}
