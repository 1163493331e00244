import type { ChurnBand } from '../churn/score-churn.ts';
import type { ComplexityBand } from '../complexity/decide-complexity.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import {
  ENGAGEMENT_MODELS,
  type EngagementModel,
  engagementOf,
  isStrategic,
  type Priority,
} from './engagement-model.ts';
import { type RevenueTier, revenueTierOf } from './revenue-tier.ts';
import { type SizeBand, sizeBandOf } from './size-band.ts';
import {
  contributionMillionthsOf,
  type Segment,
  segmentOf,
  type TierSource,
  type ValueTier,
  valueTierOf,
} from './value-tier.ts';
import type { Ground } from './verdict.ts';

/** What a silent feed can spoil. */
export type SpoiltInput =
  | 'health'
  | 'churn'
  | 'predicted-revenue'
  | 'lifetime-value'
  | 'complexity'
  | 'profile';

/** What the classes of a customer are made of; null: not known. */
export interface TierInput {
  /** Tier, size and number of employees as the profile has them. */
  readonly crmTier: string | null;
  readonly sizeBand: string | null;
  readonly employees: number | null;
  readonly ltvMinor: number | null;
  readonly predictedRevenueMinor: number | null;
  readonly complexityBand: ComplexityBand | null;
  /** Value, and the at-risk state as it is latched (S62); null: health was never looked at. */
  readonly health: { readonly valueHundredths: number | null; readonly atRisk: boolean } | null;
  readonly churnBand: ChurnBand | null;
  /** Those made without a feed that has fallen silent: nothing may follow from the silence alone (N2). */
  readonly spoilt: readonly SpoiltInput[];
}

/** The classes of a customer (S23, S30, S34, S41, S63, S68). Null: unclassified. */
export type TierLabels = {
  readonly valueTier: ValueTier | null;
  readonly tierSource: TierSource | null;
  readonly segment: Segment | null;
  readonly revenueTier: RevenueTier | null;
  readonly sizeBand: SizeBand | null;
  readonly engagementModel: EngagementModel | null;
  readonly priority: Priority | null;
  readonly strategic: 'yes' | 'no' | null;
};

/** The figures that the classes follow from. */
export interface TierFigures {
  readonly ltvMinor: number | null;
  readonly contributionMillionths: number | null;
  readonly predictedRevenueMinor: number | null;
}

/** Classes that have grounds of their own; the others follow from them. */
export type GroundedLabel = 'valueTier' | 'revenueTier' | 'sizeBand' | 'engagementModel';

/** Classes that follow from what a silent feed can spoil. */
export type HeldLabel = 'valueTier' | 'revenueTier' | 'engagementModel' | 'strategic';

/** The classes as they stand, and why. */
export interface Tier {
  readonly labels: TierLabels;
  readonly figures: TierFigures;
  /** Classes that stay as they were told last while a feed is silent. */
  readonly held: readonly HeldLabel[];
  readonly spoilt: readonly SpoiltInput[];
  readonly grounds: { readonly [L in GroundedLabel]: readonly Ground[] };
}

/**
 * All classes of a customer. What is spoilt by a silent feed counts as not known; a class that cannot be told for that
 * reason alone stays what it was as long as it is still possible (N2). Everything else depends on the present only, and
 * on breakpoints that are frozen for a day (D6, D14).
 * @param told what was published last
 */
export function tierOf(input: TierInput, breakpoints: Breakpoints | null, told: TierLabels | null): Tier {
  const { ltvMinor, spoilt } = input;
  const isSpoilt = (name: SpoiltInput) => spoilt.includes(name);
  const predictedRevenueMinor = isSpoilt('predicted-revenue') ? null : input.predictedRevenueMinor;
  const { verdict: valueTier, isHeld } = valueTierIn(input, breakpoints, told);
  const revenueTier = revenueTierOf(predictedRevenueMinor, breakpoints);
  const sizeBand = sizeBandOf(input);
  const engagement = engagementIn(input, { valueTier: valueTier.value, told });
  const heldRevenueTier = isSpoilt('predicted-revenue') ? (told?.revenueTier ?? null) : null;
  const { model, strategic } = engagement;
  return {
    labels: {
      valueTier: valueTier.value,
      tierSource: valueTier.source,
      segment: segmentOf(valueTier.value),
      revenueTier: heldRevenueTier ?? revenueTier.value,
      sizeBand: sizeBand.value,
      engagementModel: model,
      priority: model === null ? null : ENGAGEMENT_MODELS[model].priority,
      strategic,
    },
    figures: {
      ltvMinor,
      contributionMillionths: contributionMillionthsOf(ltvMinor, breakpoints),
      predictedRevenueMinor,
    },
    held: [
      ...(isHeld ? (['valueTier'] as const) : []),
      ...(heldRevenueTier === null ? [] : (['revenueTier'] as const)),
      ...engagement.held,
    ],
    spoilt,
    grounds: {
      valueTier: valueTier.grounds,
      revenueTier: revenueTier.grounds,
      sizeBand: sizeBand.grounds,
      engagementModel: engagement.grounds,
    },
  };
}

/** A tier by lifetime value rests while a feed that the value is made of is silent: only others moved. */
function valueTierIn(input: TierInput, breakpoints: Breakpoints | null, told: TierLabels | null) {
  const verdict = valueTierOf(input, breakpoints);
  const before = input.spoilt.includes('lifetime-value') ? (told?.valueTier ?? null) : null;
  const isHeld = before !== null && verdict.source !== 'crm' && told?.tierSource !== 'crm';
  return isHeld
    ? { verdict: { ...verdict, value: before, source: 'computed' as const }, isHeld }
    : { verdict, isHeld };
}

interface HeldEngagement {
  readonly model: EngagementModel | null;
  readonly strategic: TierLabels['strategic'];
  readonly grounds: readonly Ground[];
  readonly held: readonly HeldLabel[];
}

/** Model and strategic flag; what was told of them stands in for what silence leaves open. */
function engagementIn(
  input: TierInput,
  { valueTier, told }: { readonly valueTier: ValueTier | null; readonly told: TierLabels | null },
): HeldEngagement {
  const { spoilt } = input;
  const isSilent = spoilt.includes('health') || spoilt.includes('churn');
  const engagement = engagementOf({
    valueTier,
    ...healthFactsOf(input),
    churnBand: spoilt.includes('churn') ? null : input.churnBand,
    complexityBand: input.complexityBand,
  });
  const { value, possible, grounds } = engagement;
  const before = isSilent ? (told?.engagementModel ?? null) : null;
  const isModelHeld = value === null && before !== null && possible.includes(before);
  const model = isModelHeld ? before : value;
  const isStrategicNow = isStrategic({ ...engagement, value: model });
  // Where a model was told the flag came with it, and is as impossible now as the model.
  const wasOpen = isSilent && told !== null && told.engagementModel === null;
  const heldFlag = wasOpen && isStrategicNow === null ? told.strategic : null;
  const held: HeldLabel[] = isModelHeld ? ['engagementModel'] : [];
  if (heldFlag !== null) held.push('strategic');
  const flag = isStrategicNow === null ? heldFlag : isStrategicNow ? 'yes' : 'no';
  return { model, strategic: flag, grounds, held };
}

/**
 * The at-risk state is kept free of silence where it is made, so it counts also when the value is spoilt. Where there
 * is no value, one that stands still counts; that none stands says nothing.
 */
function healthFactsOf({ health, spoilt }: TierInput): {
  readonly atRisk: boolean | null;
  readonly healthHundredths: number | null;
} {
  const value = health?.valueHundredths ?? null;
  const atRisk = health?.atRisk === true || (value === null ? null : false);
  return { atRisk, healthHundredths: spoilt.includes('health') ? null : value };
}
