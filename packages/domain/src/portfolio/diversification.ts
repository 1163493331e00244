import { basisPointsOf } from '../statistics/exact.ts';
import { tallyOf, totalOf } from '../statistics/tally.ts';
import type { Concentration } from './concentration.ts';
import { concentrationOfHolders, customerHolders, type HolderShare, ranked, sharesOf } from './holders.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** A concentration that was published, and its day. */
export interface ConcentrationPoint {
  readonly day: number;
  readonly hhiTenths: number;
  readonly top5BasisPoints: number;
}

export type Direction = 'rising' | 'falling' | 'flat' | 'unknown';

/** Where the concentration goes. */
export interface ConcentrationTrend {
  readonly direction: Direction;
  /** First and last day that are compared; null where there are no two. */
  readonly fromDay: number | null;
  readonly toDay: number | null;
  readonly hhiTenthsDelta: number | null;
  readonly top5BasisPointsDelta: number | null;
}

/** How much of the portfolio rests on few, whether that changes, and what new business adds (S19). */
export interface Diversification {
  readonly concentration: Concentration;
  readonly trend: ConcentrationTrend;
  /** Customers that hold a tenth of the value and more each (D2), greatest first. */
  readonly singleCustomers: readonly HolderShare[];
  readonly newCustomers: NewBusiness;
}

/** Customers in their first year, and what they add to the value of all whose value is positive. */
export interface NewBusiness {
  readonly customers: number;
  readonly customersBasisPoints: number | null;
  readonly valueMinor: number | null;
  readonly valueBasisPoints: number | null;
  /** Customers of unknown age: counted neither as new nor as old. */
  readonly unknownAge: number;
}

/** An account is new up to this age, as in the first-year programme (S84). */
export const NEW_ACCOUNT_DAYS = 365;
/** A single customer of this share is an alarm (D2); ten of them at most fit in. */
const SINGLE_BASIS_POINTS = 1_000;
const MOST_SINGLE = 10;
/** A change below this part of the index is none: the width in which the alarms hold on (D2). */
const FLAT_PERCENT = 5;

/**
 * The report for a diversification strategy (S19).
 * @param history concentrations as published, in any order; those of the span that is to be compared
 */
export function diversificationOf(
  rows: readonly PortfolioRow[],
  history: readonly ConcentrationPoint[],
): Diversification {
  const holders = ranked(customerHolders(rows));
  const total = holders.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const young = rows.filter(
    ({ accountAgeDays }) => accountAgeDays !== null && accountAgeDays <= NEW_ACCOUNT_DAYS,
  );
  const youngValue = tallyOf(young, ({ valueMinor }) =>
    valueMinor === null ? null : Math.max(0, valueMinor),
  );
  const unknownAge = rows.filter(({ accountAgeDays }) => accountAgeDays === null).length;
  const isAnyAgeKnown = unknownAge < rows.length;
  return {
    concentration: concentrationOfHolders(holders),
    trend: concentrationTrend(history),
    singleCustomers: sharesOf(holders, MOST_SINGLE).filter(
      ({ shareBasisPoints }) => shareBasisPoints >= SINGLE_BASIS_POINTS,
    ),
    newCustomers: {
      customers: young.length,
      customersBasisPoints: isAnyAgeKnown
        ? basisPointsOf(BigInt(young.length), BigInt(rows.length - unknownAge))
        : null,
      valueMinor: isAnyAgeKnown ? totalOf(youngValue) : null,
      valueBasisPoints: isAnyAgeKnown ? basisPointsOf(youngValue.sum, total) : null,
      unknownAge,
    },
  };
}

/** Compares the index of the first and the last day: rising or falling from a change of 5 % of the first on. */
export function concentrationTrend(history: readonly ConcentrationPoint[]): ConcentrationTrend {
  const points = history.toSorted((one, other) => one.day - other.day);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first.day === last.day) {
    return {
      direction: 'unknown',
      fromDay: null,
      toDay: null,
      hhiTenthsDelta: null,
      top5BasisPointsDelta: null,
    };
  }
  const delta = last.hhiTenths - first.hhiTenths;
  const isFlat = 100 * Math.abs(delta) < FLAT_PERCENT * first.hhiTenths || delta === 0;
  const moving = delta > 0 ? 'rising' : 'falling';
  return {
    direction: isFlat ? 'flat' : moving,
    fromDay: first.day,
    toDay: last.day,
    hhiTenthsDelta: delta,
    top5BasisPointsDelta: last.top5BasisPoints - first.top5BasisPoints,
  };
}
