import type { MissingSignal } from '@bellwether/events';
import { levelHundredthsOf, pointsHundredthsOf } from '../models/curve.ts';
import type { Curve } from '../models/model-pack.ts';
import { type ChurnInput, isMissing } from './churn-input.ts';

export const CHURN_SIGNALS = [
  'health',
  'usage-trend',
  'last-activity',
  'service-trouble',
  'sponsor-left',
  'satisfaction',
  'tenure',
  'overdue-payments',
  'renews-by-itself',
  'active-agreements',
  'contraction',
  'purchase-rhythm',
] as const;
/** A reading of a customer that a churn model may weigh. */
export type ChurnSignal = (typeof CHURN_SIGNALS)[number];

/** A signal's reading in its own unit, or why there is none. */
export type ChurnReading =
  | { readonly raw: number; readonly freshnessHundredths: number }
  | { readonly missing: MissingSignal['why'] };

/**
 * How a signal is read and brought to one scale: -100 is the least risk that it can tell, 0 a usual reading, 100 the
 * most.
 */
export interface ChurnFeature {
  readonly signal: ChurnSignal;
  /** What a reading counts. */
  readonly unit: 'points' | 'percent' | 'days' | 'count' | 'yes-or-no';
  /**
   * `line`: straight between the points of the curve. `steps`: a reading has the points of the last one reached.
   * Readings that move by days passing alone have steps, so that a customer is looked at again on the day of a step
   * only (N3).
   */
  readonly shape: 'line' | 'steps';
  /** Risk by ascending reading, -100..100; level beyond both ends. */
  readonly curve: Curve;
  /** Null: the signal does not apply to this customer, which is no gap. */
  readonly read: (input: ChurnInput, today: number) => ChurnReading | null;
}

/** Full in the confidence as long as the answer is not older; then half. */
const SATISFACTION_FRESH_DAYS = 90;
/** Gaps between fewer purchases than these are no rhythm. */
const LEAST_PURCHASES = 3;

/**
 * The signals of churn, all a reader needs to follow a probability (S29, D8). docs/scoring/churn.md gives the reasons.
 */
export const CHURN_FEATURES: { readonly [S in ChurnSignal]: ChurnFeature & { readonly signal: S } } = {
  health: {
    signal: 'health',
    unit: 'points',
    shape: 'line',
    // 65 is the middle of needs-attention
    curve: [
      [20, 100],
      [50, 40],
      [65, 0],
      [80, -50],
      [95, -100],
    ],
    read: ({ health }) =>
      isMissing(health)
        ? health
        : { raw: health.valueHundredths / 100, freshnessHundredths: health.confidenceHundredths },
  },
  'usage-trend': {
    signal: 'usage-trend',
    unit: 'percent',
    shape: 'line',
    // use down by 20 % is the early sign of D15
    curve: [
      [-100, 100],
      [-50, 70],
      [-20, 30],
      [0, 0],
      [20, -30],
      [50, -50],
    ],
    read: ({ usageTrendPercent }) => fresh(usageTrendPercent),
  },
  'last-activity': {
    signal: 'last-activity',
    unit: 'days',
    shape: 'steps',
    curve: [
      [0, -40],
      [7, 0],
      [14, 35],
      [30, 70],
      [60, 100],
    ],
    read: ({ lastActivityDay }, today) => daysSince(lastActivityDay, today),
  },
  'service-trouble': {
    signal: 'service-trouble',
    unit: 'count',
    shape: 'line',
    // two escalations in 30 days are the early sign of D15
    curve: [
      [0, -15],
      [1, 35],
      [2, 75],
      [4, 100],
    ],
    read: ({ troubledTickets }) => fresh(troubledTickets),
  },
  'sponsor-left': {
    signal: 'sponsor-left',
    unit: 'count',
    shape: 'line',
    curve: [
      [0, -10],
      [1, 80],
      [2, 100],
    ],
    read: ({ sponsorsLeft }) => fresh(sponsorsLeft),
  },
  satisfaction: {
    signal: 'satisfaction',
    unit: 'points',
    shape: 'line',
    curve: [
      [0, 100],
      [40, 60],
      [70, 0],
      [85, -40],
      [100, -80],
    ],
    read: ({ satisfaction }, today) =>
      isMissing(satisfaction)
        ? satisfaction
        : {
            raw: satisfaction.valueHundredths / 100,
            freshnessHundredths: today - satisfaction.day <= SATISFACTION_FRESH_DAYS ? 10_000 : 5_000,
          },
  },
  tenure: {
    signal: 'tenure',
    unit: 'days',
    shape: 'steps',
    // whole years: those who leave easily leave early (Fader, Hardie 2007)
    curve: [
      [0, 50],
      [365, 20],
      [730, 0],
      [1095, -30],
      [1825, -60],
      [3650, -100],
    ],
    read: ({ customerSinceDay }, today) => daysSince(customerSinceDay, today),
  },
  'overdue-payments': {
    signal: 'overdue-payments',
    unit: 'count',
    shape: 'line',
    curve: [
      [0, -10],
      [1, 40],
      [2, 70],
      [4, 100],
    ],
    read: ({ overduePayments }) => fresh(overduePayments),
  },
  'renews-by-itself': {
    signal: 'renews-by-itself',
    unit: 'yes-or-no',
    shape: 'line',
    curve: [
      [0, 50],
      [1, -50],
    ],
    read: ({ contract }) => {
      if (contract === null) return null;
      return contract.renewsByItself === null
        ? { missing: 'no-data' }
        : fresh(contract.renewsByItself ? 1 : 0);
    },
  },
  'active-agreements': {
    signal: 'active-agreements',
    unit: 'count',
    shape: 'line',
    curve: [
      [1, 30],
      [2, 0],
      [3, -30],
      [5, -70],
      [8, -100],
    ],
    read: ({ contract }) => (contract === null ? null : fresh(contract.activeCount)),
  },
  contraction: {
    signal: 'contraction',
    unit: 'percent',
    shape: 'line',
    curve: [
      [0, -10],
      [10, 40],
      [30, 80],
      [50, 100],
    ],
    read: ({ contract, contractionPercent }) => (contract === null ? null : fresh(contractionPercent)),
  },
  'purchase-rhythm': {
    signal: 'purchase-rhythm',
    unit: 'percent',
    shape: 'steps',
    // of the customer's own mean gap between purchases
    curve: [
      [0, -60],
      [100, 0],
      [150, 30],
      [200, 60],
      [300, 85],
      [500, 100],
    ],
    read: ({ contract, purchases }, today) => {
      if (contract !== null) return null;
      if (isMissing(purchases)) return purchases;
      const { firstDay, lastDay, count } = purchases;
      if (count < LEAST_PURCHASES) return { missing: 'no-data' };
      const since = Math.max(0, today - lastDay);
      return fresh(Math.floor((100 * since * (count - 1)) / (lastDay - firstDay)));
    },
  },
};

function fresh(fact: number | { readonly missing: MissingSignal['why'] }): ChurnReading {
  return isMissing(fact) ? fact : { raw: fact, freshnessHundredths: 10_000 };
}

/** What is dated ahead of today (the tenant's date may lag behind its sources by a moment) counts as of today. */
function daysSince(day: number | { readonly missing: MissingSignal['why'] }, today: number): ChurnReading {
  return isMissing(day) ? day : fresh(Math.max(0, today - day));
}

/** A reading on the common scale, in basis points: -10000 (least risk) to 10000 (most); 0 is a usual reading. */
export function standardise({ shape, curve }: ChurnFeature, raw: number): number {
  return (shape === 'line' ? pointsHundredthsOf(curve, raw) : levelHundredthsOf(curve, raw)) + 0;
}

/** The least and the most risk that a signal can tell, on the common scale. */
export function extentOf({ curve }: ChurnFeature): { readonly best: number; readonly worst: number } {
  const points = curve.map(([, risk]) => 100 * risk);
  return { best: Math.min(...points), worst: Math.max(...points) };
}
