import { publishable, roundedQuotient } from '../statistics/exact.ts';

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

const SAVINGS_TENTHS = 3n;
const HOUR_MINOR = 5_000;
const HOURS_PER_YEAR = 2_080;

/**
 * The ROI calculator (S104, D16), exact, each figure rounded once. Null where cost or employees are not known, the cost
 * is not positive, there is no benefit, or a figure would be too great to be exact.
 */
export function roiOf({ yearlyCostMinor, employees, ...rest }: RoiInput): Roi | null {
  if (yearlyCostMinor === null || employees === null || yearlyCostMinor <= 0) return null;
  const { hourMinor = HOUR_MINOR, hoursPerYear = HOURS_PER_YEAR } = rest;
  const cost = BigInt(yearlyCostMinor);
  const savingsTenths = SAVINGS_TENTHS * cost;
  const productivityTenths = BigInt(employees) * BigInt(hourMinor) * BigInt(hoursPerYear);
  const benefitTenths = savingsTenths + productivityTenths;
  if (benefitTenths <= 0n) return null;
  const savingsMinor = publishable(roundedQuotient(savingsTenths, 10n));
  const productivityMinor = publishable(roundedQuotient(productivityTenths, 10n));
  const ratioBasisPoints = publishable(roundedQuotient(1_000n * benefitTenths, cost));
  const paybackHundredthMonths = publishable(roundedQuotient(12_000n * cost, benefitTenths));
  if (savingsMinor === null || productivityMinor === null) return null;
  if (ratioBasisPoints === null || paybackHundredthMonths === null) return null;
  return {
    savingsMinor,
    productivityMinor,
    ratioBasisPoints,
    netRoiBasisPoints: ratioBasisPoints - 10_000,
    paybackHundredthMonths,
  };
}
