import { roundedRatio } from '../statistics/exact.ts';

/** One of the customers with the greatest value; minor units. */
export interface TopCustomer {
  readonly customerId: string;
  readonly valueMinor: number;
}

export type ConcentrationBand = 'low' | 'moderate' | 'high';
export type ConcentrationAlarm = 'single-customer' | 'top-5';

/** How dependent a portfolio is (S5, D2), over the customers with a positive value. */
export interface Concentration {
  /** Herfindahl-Hirschman index, the sum of squared percentage shares (0..10000), in tenths. */
  readonly hhiTenths: number;
  readonly band: ConcentrationBand;
  readonly alarms: readonly ConcentrationAlarm[];
  /** Share of the greatest customers in the total value, in hundredths of a percent. */
  readonly top1BasisPoints: number;
  readonly top5BasisPoints: number;
  readonly top10BasisPoints: number;
  readonly top20BasisPoints: number;
}

/** How many customers the shares and reasons look at. */
export const TOP_CUSTOMERS = 20;

interface Threshold {
  readonly enter: number;
  /** Left only below this (the high band: at or below), so that a value at the border does not flicker. */
  readonly exit: number;
}
/** In tenths of the index; bands of the DOJ merger guidelines of 2023, by analogy (D2). */
const MODERATE: Threshold = { enter: 10_000, exit: 9_500 };
const HIGH: Threshold = { enter: 18_000, exit: 17_500 };
/** In hundredths of a percent (D2); the exits are 5 % lower. */
const SINGLE: Threshold = { enter: 1_000, exit: 950 };
const TOP_FIVE: Threshold = { enter: 2_500, exit: 2_375 };

interface Sums {
  /** Sum and sum of squares over the customers with a positive value. */
  readonly sum: bigint;
  readonly sumSquares: bigint;
}

/**
 * Concentration from exact sums and the greatest customers, greatest first: a function of the portfolio as it stands,
 * so that it depends neither on the order of contributions nor on how they were batched.
 */
export function concentrationOf(
  sums: Sums,
  top: readonly { readonly valueMinor: number | bigint }[],
): Concentration {
  const hhiTenths = sums.sum === 0n ? 0 : roundedRatio(100_000n * sums.sumSquares, sums.sum * sums.sum);
  const share = (count: number) => {
    let value = 0n;
    for (const { valueMinor } of top.slice(0, count)) if (valueMinor > 0) value += BigInt(valueMinor);
    return sums.sum === 0n ? 0 : roundedRatio(10_000n * value, sums.sum);
  };
  const measured = { hhiTenths, top1BasisPoints: share(1), top5BasisPoints: share(5) };
  return {
    ...measured,
    ...standingOf(measured, NOTHING),
    top10BasisPoints: share(10),
    top20BasisPoints: share(TOP_CUSTOMERS),
  };
}

type Measured = Pick<Concentration, 'hhiTenths' | 'top1BasisPoints' | 'top5BasisPoints'>;
/** Band and alarms that hold. */
export type ConcentrationStanding = Pick<Concentration, 'band' | 'alarms'>;
export const NOTHING: ConcentrationStanding = { band: 'low', alarms: [] };

/** Band and alarms of what was measured; those of `held` last until their exit threshold, so they do not flicker. */
export function standingOf(measured: Measured, held: ConcentrationStanding): ConcentrationStanding {
  const alarms: ConcentrationAlarm[] = [];
  if (isOn(measured.top1BasisPoints, SINGLE, held.alarms.includes('single-customer')))
    alarms.push('single-customer');
  if (isOn(measured.top5BasisPoints, TOP_FIVE, held.alarms.includes('top-5'))) alarms.push('top-5');
  return { band: bandOf(measured.hhiTenths, held.band), alarms };
}

function bandOf(hhiTenths: number, held: ConcentrationBand): ConcentrationBand {
  if (hhiTenths > HIGH.enter || (held === 'high' && hhiTenths > HIGH.exit)) return 'high';
  return isOn(hhiTenths, MODERATE, held !== 'low') ? 'moderate' : 'low';
}

function isOn(value: number, { enter, exit }: Threshold, wasOn: boolean): boolean {
  return value >= (wasOn ? exit : enter);
}
