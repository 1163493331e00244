import { roundedQuotient } from '@bellwether/events';
import { publishable } from '../statistics/exact.ts';

/** What the return is calculated from. */
export interface RoiInput {
  /** What the customer pays a year. */
  readonly yearlyCostMinor: number | null;
  readonly employees: number | null;
  /** Worth of an hour of work; default 50.00. */
  readonly hourMinor?: number;
  /** Working hours a year; default 2,080. */
  readonly hoursPerYear?: number;
}

/** What the product brings a customer by the calculator of S104. */
export interface Roi {
  /** 30 % of the yearly cost. */
  readonly savingsMinor: number;
  /** 10 % of the working time of all employees. */
  readonly productivityMinor: number;
  /** Both over the yearly cost, in basis points: the seed's "total ROI", a ratio of benefit to cost. */
  readonly ratioBasisPoints: number;
  /** The ratio less 100 %: what is left after the cost (D16). */
  readonly netRoiBasisPoints: number;
  /** Months until the benefit has paid the yearly cost, in hundredths. */
  readonly paybackHundredthMonths: number;
}

/** Why there is no answer; `too-great`: a figure would pass 2^53 and could not be told exactly. */
export type NoRoi = 'cost-unknown' | 'employees-unknown' | 'cost-not-positive' | 'no-benefit' | 'too-great';

const SAVINGS_TENTHS = 3n;
/** Worth of an hour and hours of a year, unless others are given. */
export const HOUR_MINOR = 5_000;
export const HOURS_PER_YEAR = 2_080;

/** The ROI calculator (S104, D16), exact, each figure rounded once; or why there is no answer. */
export function roiOf({ yearlyCostMinor, employees, ...rest }: RoiInput): Roi | NoRoi {
  if (yearlyCostMinor === null) return 'cost-unknown';
  if (yearlyCostMinor <= 0) return 'cost-not-positive';
  if (employees === null) return 'employees-unknown';
  const { hourMinor = HOUR_MINOR, hoursPerYear = HOURS_PER_YEAR } = rest;
  const cost = BigInt(yearlyCostMinor);
  const savingsTenths = SAVINGS_TENTHS * cost;
  const productivityTenths = BigInt(employees) * BigInt(hourMinor) * BigInt(hoursPerYear);
  const benefitTenths = savingsTenths + productivityTenths;
  if (benefitTenths <= 0n) return 'no-benefit';
  const savingsMinor = publishable(roundedQuotient(savingsTenths, 10n));
  const productivityMinor = publishable(roundedQuotient(productivityTenths, 10n));
  const ratioBasisPoints = publishable(roundedQuotient(1_000n * benefitTenths, cost));
  const paybackHundredthMonths = publishable(roundedQuotient(12_000n * cost, benefitTenths));
  if (savingsMinor === null || productivityMinor === null) return 'too-great';
  if (ratioBasisPoints === null || paybackHundredthMonths === null) return 'too-great';
  return {
    savingsMinor,
    productivityMinor,
    ratioBasisPoints,
    netRoiBasisPoints: ratioBasisPoints - 10_000,
    paybackHundredthMonths,
  };
}
