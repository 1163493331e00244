import type { CustomerEvent } from '@bellwether/events';
import { profileOf } from './account.ts';
import { heldBandOf, type OracleChurn, recomputeChurn } from './churn.ts';
import { acceptedEvents } from './common.ts';
import type { OracleContext } from './context.ts';
import { type OracleLifecycle, recomputeLifecycle } from './lifecycle.ts';
import { type OracleFeatures, recomputeCustomer } from './recompute-customer.ts';
import { type OracleRelationship, recomputeRelationship } from './relationship.ts';
import { type OracleCallDue, recomputeCallDue, recomputeNearRenewal } from './renewal-risks.ts';
import {
  isRevenueKnown,
  type OracleRevenue,
  predictionMissing,
  recomputeRevenue,
  velocityMissing,
} from './revenue.ts';
import { type OracleRfmScores, recomputeRfmScores, recomputeWinBack } from './rfm.ts';
import {
  recomputeAdvocacy,
  recomputeAtRisk,
  recomputeBelowTarget,
  recomputeFirstYear,
  recomputeQbrDue,
  recomputeUpsell,
} from './situations.ts';
import { type OracleTier, recomputeTier } from './tier.ts';
import { type OracleLoopOverdue, recomputeLoopOverdue } from './voice.ts';
import { recomputeWarnings } from './warnings.ts';

/** What stands of a score for the scores that are made from it; null: not known. */
export interface OracleStanding {
  readonly health: number | null;
  /** What it may be with the signals that are missing; null: not known. */
  readonly healthLow: number | null;
  readonly healthHigh: number | null;
  /** Health was made without a feed that has stopped; without a reading that it had when told before. */
  readonly isHealthSilent: boolean;
  readonly isHealthSpoilt: boolean;
  /** Health with what went missing as it last was; null: nothing did. */
  readonly heldHealth: number | null;
  readonly atRisk: boolean;
  readonly churn: number | null;
  /** The band that stands, or `ended`. */
  readonly churnBand: string | null;
  readonly isChurnSilent: boolean;
  readonly predictedMinor: number | null;
  readonly valueTier: string | null;
  readonly isStrategic: boolean;
  /** Complexity was told of ever. */
  readonly isComplexityTold: boolean;
}

/** What stood before: where silence leaves everything as it was, or what ends later than it began (hysteresis). */
export interface OracleBefore {
  readonly atRisk: boolean;
  readonly riskBand: string | null;
  readonly tier: Readonly<Record<string, string | null>> | null;
  readonly wasAdvocate: boolean;
  readonly warnings: Readonly<Record<string, string>>;
  readonly qbrDueDay: number | null;
  readonly upsell: string | null;
  readonly advocacy: boolean;
  readonly winBack: boolean;
  readonly belowTarget: boolean;
  readonly callDue: OracleCallDue | null;
  readonly loopOverdue: OracleLoopOverdue | null;
}

/** A customer of whom nothing was told yet. */
export const NOTHING_BEFORE: OracleBefore = {
  atRisk: false,
  riskBand: null,
  tier: null,
  wasAdvocate: false,
  warnings: {},
  qbrDueDay: null,
  upsell: null,
  advocacy: false,
  winBack: false,
  belowTarget: false,
  callDue: null,
  loopOverdue: null,
};

/** All scores and situations of a customer on a day. */
export interface OracleScores {
  readonly features: OracleFeatures;
  readonly rfm: OracleRfmScores | null;
  readonly churn: OracleChurn;
  /** The band that stands; or that there is none to stand. */
  readonly churnBand: string;
  readonly revenue: OracleRevenue;
  /** Otherwise none is published as the first. */
  readonly isRevenueKnown: boolean;
  readonly revenueMissing: Readonly<Record<string, string>>;
  readonly tier: OracleTier;
  readonly lifecycle: OracleLifecycle;
  readonly relationship: OracleRelationship;
  readonly atRisk: boolean;
  readonly warnings: Readonly<Record<string, string>>;
  readonly qbrDueDay: number | null;
  readonly upsell: string | null;
  readonly advocacy: boolean;
  readonly firstYear: boolean;
  readonly winBack: boolean;
  readonly belowTarget: boolean;
  readonly callDue: OracleCallDue | null;
  readonly loopOverdue: OracleLoopOverdue | null;
  /** What every standing risk is told with. */
  readonly nearRenewal: { readonly dueDay: number; readonly daysBefore: number } | null;
  /** What silent feeds leave open of lifetime value and complexity, and which inputs of the classes they spoil. */
  readonly ltvMissing: readonly string[];
  readonly isComplexitySpoilt: boolean;
  readonly tierSpoilt: readonly string[];
}

/**
 * The oracle for scores: each is recomputed from the list of events alone. What one score reads of another is taken
 * from the oracle's own, or from what `standing` says was told of that: a score is told again only from a step on, and
 * the others are made from what was told.
 */
export function recomputeScores(
  given: readonly CustomerEvent[],
  context: OracleContext,
  {
    before = NOTHING_BEFORE,
    standing,
  }: { readonly before?: OracleBefore; readonly standing?: OracleStanding } = {},
): OracleScores {
  const events = acceptedEvents(given);
  const features = recomputeCustomer(events, context);
  const isStale = (missing: Readonly<Record<string, string>>) =>
    Object.values(missing).includes('feed-stale');
  const health = standing === undefined ? features.health.value : standing.health;
  const isHealthSilent = standing?.isHealthSilent ?? isStale(features.health.missing);
  const spoiltHealth = standing?.isHealthSpoilt === true ? null : health;
  const atRisk = recomputeAtRisk(features.health.value, standing?.heldHealth ?? null, before.atRisk);
  const churn = recomputeChurn(events, context, {
    value: health,
    low: standing === undefined ? features.health.low : standing.healthLow,
    high: standing === undefined ? features.health.high : standing.healthHigh,
    isSilent: isHealthSilent,
  });
  const churnValue = standing === undefined ? churn.value : standing.churn;
  const revenue = recomputeRevenue(events, context, { health, churn: churnValue });
  const { agreements, ltv, rfm, complexity } = features;
  const ltvMinor =
    agreements.length > 0 || rfm.transactions > 0 ? ltv.contractedMinor + ltv.otherPaidMinor : null;
  const isChurnSilent = standing?.isChurnSilent ?? isStale(churn.missing);
  const isSilent = (feed: 'agreement' | 'payment' | 'customer') => context.feeds[feed]?.status === 'stale';
  const ltvMissing = [
    ...(ltv.agreements > 0 && isSilent('agreement') ? ['agreements'] : []),
    ...(ltv.paidMinor !== 0 && isSilent('payment') ? ['payments'] : []),
  ];
  const isComplexityTold = standing?.isComplexityTold ?? complexity.value !== null;
  const isComplexitySpoilt = isComplexityTold && agreements.length > 0 && isSilent('agreement');
  const isProfileRead = ['tier', 'sizeBand', 'employees'].some(
    (field) => profileOf(events, field as 'tier' | 'sizeBand' | 'employees') !== null,
  );
  const tier = recomputeTier(events, context, {
    ltvMinor,
    predictedMinor: standing === undefined ? predictedOf(revenue) : standing.predictedMinor,
    // Agreements that are over are known not to be complex; of whom none is known nothing is.
    complexityBand: agreements.every(({ status }) => status === 'void') ? null : complexity.band,
    health,
    atRisk: standing?.atRisk ?? atRisk,
    churnBand: standing === undefined ? churn.band : standing.churnBand,
    isHealthSilent,
    isChurnSilent: isHealthSilent || isChurnSilent,
    isValueSilent: ltvMissing.length > 0,
    before: before.tier,
  });
  const isStrategic = standing?.isStrategic ?? tier.labels.strategic === 'yes';
  const valueTier = standing === undefined ? (tier.labels.valueTier ?? null) : standing.valueTier;
  const isFirstYear = recomputeFirstYear(events, context, valueTier);
  return {
    features,
    rfm: recomputeRfmScores(rfm, context),
    churn,
    churnBand: churn.value === null ? churn.band : heldBandOf(before.riskBand, churn.value),
    revenue,
    isRevenueKnown: isRevenueKnown(revenue),
    revenueMissing: {
      ...Object.fromEntries(velocityMissing(context)),
      ...predictionMissing(events, context, { health, churn: churnValue, isHealthSilent, isChurnSilent }),
    },
    tier,
    lifecycle: recomputeLifecycle(events, context, {
      health,
      isHealthSilent,
      wasAdvocate: before.wasAdvocate,
    }),
    relationship: recomputeRelationship(events, context, { isStrategic, ltvMinor }),
    atRisk,
    warnings: recomputeWarnings(events, context, {
      warnings: before.warnings,
      isStrategic,
      isFirstYear,
      health: isHealthSilent ? null : health,
      heldHealth: standing?.heldHealth ?? null,
    }),
    qbrDueDay: recomputeQbrDue(events, context, { isStrategic, was: before.qbrDueDay }),
    upsell: recomputeUpsell(events, context, { health: spoiltHealth, was: before.upsell }),
    advocacy: recomputeAdvocacy(events, context, { health: spoiltHealth, was: before.advocacy }),
    firstYear: isFirstYear,
    belowTarget: recomputeBelowTarget({ health, held: standing?.heldHealth ?? null }, tier.labels, {
      was: before.belowTarget,
      modelBefore: before.tier?.engagementModel ?? null,
    }),
    callDue: recomputeCallDue(events, context, before.callDue),
    loopOverdue: recomputeLoopOverdue(events, context, before.loopOverdue),
    nearRenewal: recomputeNearRenewal(events, context),
    ltvMissing,
    isComplexitySpoilt,
    tierSpoilt: [
      ...(isHealthSilent ? ['health'] : []),
      ...(isHealthSilent || isChurnSilent ? ['churn'] : []),
      ...(isHealthSilent ? ['predicted-revenue'] : []),
      ...(ltvMissing.length > 0 ? ['lifetime-value'] : []),
      ...(isComplexitySpoilt ? ['complexity'] : []),
      ...(isProfileRead && isSilent('customer') ? ['profile'] : []),
    ],
    winBack: recomputeWinBack(rfm, context, before.winBack),
  };
}

function predictedOf(revenue: OracleRevenue): number | null {
  return isRevenueKnown(revenue) ? revenue.predictedMinor : null;
}
