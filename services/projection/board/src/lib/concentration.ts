import type { Concentration } from '../../../src/api/schemas.ts';

/** HHI bands (D2): low below 1,000, moderate from 1,000, high above 1,800. */
export const HHI_MODERATE_FROM = 1_000;
export const HHI_HIGH_ABOVE = 1_800;
export const HHI_MAXIMUM = 10_000;
export const TOP_COUNTS = [5, 10, 20] as const;

/** The portfolio without its `lost` greatest customers. */
export interface Remaining {
  readonly lost: number;
  readonly customers: number;
  readonly lostMinor: number;
  readonly remainingMinor: number;
  /** Percent of the present total. */
  readonly lostPercent: number;
  /** 0..10000, of the customers that remain. */
  readonly hhi: number;
  readonly band: 'low' | 'moderate' | 'high';
  /** Percent of what remains, by number of greatest customers. */
  readonly topShares: Readonly<Record<'5' | '10' | '20', number>>;
  /** Cumulative percent of the present total after each remaining customer. */
  readonly cumulative: readonly number[];
}

/** Band of an HHI (D2). */
export function hhiBand(hhi: number): 'low' | 'moderate' | 'high' {
  if (hhi > HHI_HIGH_ABOVE) return 'high';
  return hhi >= HHI_MODERATE_FROM ? 'moderate' : 'low';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

type Report = Pick<Concentration, 'curve' | 'totalMinor' | 'hhi' | 'customersWithPositiveValue'>;

/**
 * What is left when the `lost` greatest customers go (N9). The curve names the greatest only; what lies beyond it comes
 * from the totals of the report: its sum of squares is hhi / 10,000 x total squared.
 */
export function withoutTop(report: Report, lost: number): Remaining {
  const values = report.curve.map((point) => point.valueMinor).filter((value) => value > 0);
  const gone = values.slice(0, lost);
  const rest = values.slice(lost);
  const total = report.totalMinor;
  const lostMinor = sum(gone);
  const remainingMinor = total - lostMinor;
  const share = (value: number, of: number) => (of > 0 ? (value / of) * 100 : 0);
  const squares = Math.max(0, (report.hhi / HHI_MAXIMUM) * total ** 2 - sum(gone.map((value) => value ** 2)));
  const isWhole = values.length >= report.customersWithPositiveValue;
  const hhi = isWhole
    ? sum(rest.map((value) => share(value, remainingMinor) ** 2))
    : share(squares, remainingMinor ** 2) * 100;
  let running = 0;
  const cumulative = rest.map((value) => {
    running += value;
    return share(running, total);
  });
  return {
    lost: gone.length,
    customers: report.customersWithPositiveValue - gone.length,
    lostMinor,
    remainingMinor,
    lostPercent: share(lostMinor, total),
    hhi,
    band: hhiBand(hhi),
    topShares: {
      '5': share(sum(rest.slice(0, 5)), remainingMinor),
      '10': share(sum(rest.slice(0, 10)), remainingMinor),
      '20': share(sum(rest.slice(0, 20)), remainingMinor),
    },
    cumulative,
  };
}
