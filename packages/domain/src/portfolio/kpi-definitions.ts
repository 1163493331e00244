import {
  MEAN_HEALTH_TARGET_HUNDREDTHS,
  STRATEGIC_HEALTH_TARGET_HUNDREDTHS,
} from '../health/health-targets.ts';

/** A mark to be reached: on it, above it or below it. */
export interface KpiTarget {
  readonly is: 'at-least' | 'above' | 'below';
  readonly value: number;
}

/** What a KPI is, whatever its value. */
export interface KpiDefinition {
  readonly requirement: string;
  /** `basis-points`: hundredths of a percent; `hundredths`: of a point; `minor`: minor units of money. */
  readonly unit: 'basis-points' | 'hundredths' | 'minor';
  /** Null: it is watched, and no mark was set. */
  readonly target: KpiTarget | null;
}

/** The KPI set, with the targets that the requirements name; all else is told without one. */
export const KPI_DEFINITIONS = {
  /** Growth of the enterprise segment's share in the portfolio over 12 months. */
  'enterprise-share-growth': {
    requirement: 'S47',
    unit: 'basis-points',
    target: { is: 'at-least', value: 1_500 },
  },
  /** Growth of the mean lifetime value of enterprise customers over 12 months. */
  'enterprise-value-growth': {
    requirement: 'S48',
    unit: 'basis-points',
    target: { is: 'at-least', value: 2_000 },
  },
  /** Growth of the revenue velocity of a value tier on the month before. */
  'velocity-growth': { requirement: 'S49', unit: 'basis-points', target: null },
  /** Mean health of executive accounts on the scale of five points. */
  'executive-health': {
    requirement: 'S50',
    unit: 'hundredths',
    target: { is: 'above', value: STRATEGIC_HEALTH_TARGET_HUNDREDTHS },
  },
  /** Mean churn probability of enterprise customers. */
  'enterprise-churn': { requirement: 'S51', unit: 'basis-points', target: { is: 'below', value: 3_000 } },
  /** Value per account manager of an engagement model. */
  'value-per-manager': { requirement: 'S52', unit: 'minor', target: null },
  /** Net promoter score of a value tier in the quarter. */
  nps: { requirement: 'S53', unit: 'hundredths', target: null },
  /** Upsell and cross-sell opportunities won, of those closed in the month. */
  'expansion-rate': { requirement: 'S54', unit: 'basis-points', target: null },
  /** Net revenue retention as first stated, without contraction; with it; and gross. */
  'nrr-seed': { requirement: 'S109', unit: 'basis-points', target: { is: 'above', value: 10_000 } },
  nrr: { requirement: 'S109', unit: 'basis-points', target: { is: 'above', value: 10_000 } },
  grr: { requirement: 'S109', unit: 'basis-points', target: null },
  /** Mean health of all customers. */
  'mean-health': {
    requirement: 'S110',
    unit: 'hundredths',
    target: { is: 'above', value: MEAN_HEALTH_TARGET_HUNDREDTHS },
  },
} as const satisfies { readonly [name: string]: KpiDefinition };

export type KpiName = keyof typeof KPI_DEFINITIONS;
