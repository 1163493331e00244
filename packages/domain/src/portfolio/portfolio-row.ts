import type { ChurnBand } from '../churn/score-churn.ts';
import type { EngagementModel } from '../tier/engagement-model.ts';
import type { SizeBand } from '../tier/size-band.ts';
import type { Segment, ValueTier } from '../tier/value-tier.ts';

/** An agreement that is in force, as the renewal wall needs it; days are epoch days in the tenant's zone. */
export interface RenewalRow {
  readonly agreementId: string;
  /** Contract value, minor units; null while no amount was ever told. */
  readonly valueMinor: number | null;
  /** Last day; null for a perpetual agreement or one whose end is unknown. */
  readonly endDay: number | null;
  /** Last day on which notice can be given; null where no notice period is known. */
  readonly noticeDay: number | null;
  /** Null: never told. */
  readonly autoRenew: boolean | null;
}

/**
 * One customer as every report on the portfolio reads it: the published measures and classes, each null where it is
 * not known (D20). Money is integer minor units of the tenant's currency; points are hundredths of 0..100.
 */
export interface PortfolioRow {
  readonly customerId: string;
  readonly parentCustomerId: string | null;
  /** Lifetime value by which customers are ranked (S2); may be negative (D23). */
  readonly valueMinor: number | null;
  readonly activeMinor: number | null;
  /** Recurring revenue of a month, at present and as it was when the month began (S109). */
  readonly mrrMinor: number | null;
  readonly mrrMonthStartMinor: number | null;
  /** Revenue velocity of a month (S26, D5). */
  readonly velocityMinor: number | null;
  readonly healthHundredths: number | null;
  readonly healthBand: string | null;
  /** Churn probability, 0..10000 (S29). */
  readonly churnBasisPoints: number | null;
  readonly churnBand: ChurnBand | null;
  /** Composite of the three quintiles, 100..500 (D6). */
  readonly rfmHundredths: number | null;
  readonly complexityHundredths: number | null;
  readonly accountAgeDays: number | null;
  /** Latest answer to "would you recommend us", brought to hundredths of 0..100, and its day (S53). */
  readonly npsHundredths: number | null;
  readonly npsDay: number | null;
  readonly valueTier: ValueTier | null;
  readonly segment: Segment | null;
  readonly industry: string | null;
  readonly sizeBand: SizeBand | null;
  readonly engagementModel: EngagementModel | null;
  /** The account manager (S52). */
  readonly owner: string | null;
  readonly renewals: readonly RenewalRow[];
}

/** What stands for a class that is not known, in rows, columns and groups. */
export const UNKNOWN = 'unknown';

/** Health below this counts as at risk (S62), from the other on as healthy (S94); hundredths. */
export const AT_RISK_BELOW = 5_000;
export const HEALTHY_FROM = 8_000;

/** How endangered a customer is by health and churn together, the graver of them. */
export const RISKS = ['high', 'medium', 'low', UNKNOWN] as const;
export type Risk = (typeof RISKS)[number];

/**
 * `high`: health below 50 or a high churn band, as in the retention model (D10); `medium`: health below 80 or a medium
 * churn band; `low`: neither; `unknown`: neither health nor a churn risk is known (D20).
 */
export function riskOf({ healthHundredths, churnBand }: PortfolioRow): Risk {
  const health = healthHundredths ?? Number.POSITIVE_INFINITY;
  if (health < AT_RISK_BELOW || churnBand === 'high') return 'high';
  if (health < HEALTHY_FROM || churnBand === 'medium') return 'medium';
  return healthHundredths === null && churnBand !== 'low' ? UNKNOWN : 'low';
}

/** The name of a class as it is told: blank and unknown ones are `unknown`. */
export function classOf(name: string | null): string {
  const trimmed = (name ?? '').trim();
  return trimmed === '' ? UNKNOWN : trimmed;
}

/** Order of texts by their code units: the same on every machine. */
export function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Order of names: first those of `known` as they stand there, then all others by text, `unknown` last. */
export function byPlace(known: readonly string[]): (one: string, other: string) => number {
  const placeOf = (name: string) => {
    if (name === UNKNOWN) return known.length + 1;
    const place = known.indexOf(name);
    return place === -1 ? known.length : place;
  };
  return (one, other) => placeOf(one) - placeOf(other) || byText(one, other);
}
