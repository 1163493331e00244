import type { MissingSignal } from '@bellwether/events';
import { CHURN_FEATURES, extentOf, standardise } from './churn-features.ts';
import { type ChurnInput, isMissing } from './churn-input.ts';
import {
  CHURN_DEFAULT,
  type ChurnModel,
  type ChurnTerm,
  logOddsOfReading,
  MINIMUM_CHURN_COVERAGE_HUNDREDTHS,
} from './churn-model.ts';
import { type Assessed, type ChurnPart, partsOf } from './churn-parts.ts';
import {
  type ChurnTerms,
  type ContractualRetention,
  churnTermsOf,
  shareOfSignal,
  underTerms,
} from './churn-terms.ts';
import { probabilityOf } from './logistic.ts';

/** `not-scorable`: too little is known; `ended`: nothing is left to end. */
export type ChurnBand = RiskBand | 'not-scorable' | 'ended';
/** The churn-risk tiers (S42). */
export type RiskBand = 'low' | 'medium' | 'high';

/** From these probabilities on a customer is in the band, basis points (D8; below medium is the target of S51). */
export const MEDIUM_FROM_BASIS_POINTS = 3_000;
export const HIGH_FROM_BASIS_POINTS = 6_000;

/** The probability that the customer ends within the next 365 days (S29), in basis points. */
export interface ChurnScore {
  /** 1..9999; null: not scorable, or ended already. */
  readonly valueBasisPoints: number | null;
  /** Of the value as it is, with no memory; `decideChurn` publishes one that holds on. */
  readonly band: ChurnBand;
  /** Weight of the signals present / weight of all that apply to the customer. */
  readonly coverageHundredths: number;
  /** Coverage with readings on older or thinner evidence counting less. */
  readonly confidenceHundredths: number;
  /** The probability with every expected but missing signal at its best; null without a value. */
  readonly lowBasisPoints: number | null;
  /** ... and at its worst. */
  readonly highBasisPoints: number | null;
  /** Low and high lie in different bands. */
  readonly uncertain: boolean;
  readonly missing: readonly MissingSignal[];
  /** Base, signals in the order of the model, agreements; the contributions sum exactly to the value. */
  readonly parts: readonly ChurnPart[];
  readonly model: { readonly id: string; readonly version: string };
}

/** A signal that went missing, with what it last read, in its own unit. */
export interface HeldReading {
  readonly signal: string;
  readonly raw: number;
}

/** What a probability depends on besides the customer. */
export interface ChurnContext {
  /** The tenant's present epoch day. */
  readonly today: number;
  /** Default: `CHURN_DEFAULT`. */
  readonly model?: ChurnModel;
  /** What the tenant's own renewals say; default: nothing is known of them. */
  readonly contractual?: ContractualRetention | null;
}

/** Nothing is left open. */
const NO_EXTENT = { best: 0, worst: 0 };

/** The band of a probability (D8). */
export function riskBandOf(basisPoints: number): RiskBand {
  if (basisPoints >= HIGH_FROM_BASIS_POINTS) return 'high';
  return basisPoints >= MEDIUM_FROM_BASIS_POINTS ? 'medium' : 'low';
}

/**
 * The churn probability of a customer (S29, D8, S76, N2). Signals that are missing add nothing, as a usual reading
 * does, and lower the coverage; below half of it there is no value. docs/scoring/churn.md has worked examples.
 *
 * @param held what stands in for missing signals: for a value that silence has not touched
 */
export function scoreChurn(
  input: ChurnInput,
  context: ChurnContext,
  held: readonly HeldReading[] = [],
): ChurnScore {
  const model = context.model ?? CHURN_DEFAULT;
  const { id, version } = model;
  if (input.contract?.activeCount === 0) return endedScore({ id, version });
  const { today, contractual = null } = context;
  const baseLogOdds = model.baseLogOddsBasisPoints;
  const terms = churnTermsOf(input.contract, { today, contractual, baseLogOdds });
  const assessed = model.terms.flatMap((term) => assess(term, { input, today, held, terms }));
  const weights = weigh(assessed);
  const isScorable = weights.present > 0 && weights.coverageHundredths >= MINIMUM_CHURN_COVERAGE_HUNDREDTHS;
  const logOdds = baseLogOdds + terms.retentionLogOdds + sumOf(assessed, (each) => each.logOdds);
  const valueAt = (more: number) => (isScorable ? underTerms(probabilityOf(logOdds + more), terms) : null);
  const value = valueAt(0);
  const low = valueAt(sumOf(assessed, ({ extent }) => extent.best));
  const high = valueAt(sumOf(assessed, ({ extent }) => extent.worst));
  return {
    valueBasisPoints: value,
    band: value === null ? 'not-scorable' : riskBandOf(value),
    coverageHundredths: weights.coverageHundredths,
    confidenceHundredths: weights.confidenceHundredths,
    lowBasisPoints: low,
    highBasisPoints: high,
    uncertain: low !== null && high !== null && riskBandOf(low) !== riskBandOf(high),
    missing: assessed.flatMap(missingOf),
    parts: partsOf(assessed, { baseLogOdds, value, terms, input, contractual }),
    model: { id, version },
  };
}

function endedScore(model: { readonly id: string; readonly version: string }): ChurnScore {
  return {
    valueBasisPoints: null,
    band: 'ended',
    coverageHundredths: 10_000,
    confidenceHundredths: 10_000,
    lowBasisPoints: null,
    highBasisPoints: null,
    uncertain: false,
    missing: [],
    parts: [],
    model,
  };
}

interface Assessing {
  readonly input: ChurnInput;
  readonly today: number;
  readonly held: readonly HeldReading[];
  readonly terms: ChurnTerms;
}

function assess(term: ChurnTerm, { input, today, held, terms }: Assessing): Assessed[] {
  const { signal, coefficientBasisPoints: weight } = term;
  const feature = CHURN_FEATURES[signal];
  const reading = feature.read(input, today);
  if (reading === null) return [];
  const logOddsAt = (standardised: number) =>
    shareOfSignal(signal, logOddsOfReading(term, standardised), terms);
  if (!('missing' in reading)) {
    const { raw, freshnessHundredths } = reading;
    const logOdds = logOddsAt(standardise(feature, raw));
    const extent = spoiltExtent(signal, input, (hundredths) => {
      return logOddsAt(standardise(feature, hundredths / 100)) - logOdds;
    });
    const isSpoilt = extent !== null;
    return [
      { signal, weight, raw, logOdds, freshnessHundredths, why: null, isSpoilt, extent: extent ?? NO_EXTENT },
    ];
  }
  const { missing: why } = reading;
  const blank = { signal, weight, raw: null, freshnessHundredths: 0, why, isSpoilt: false };
  const last = held.find((each) => each.signal === signal);
  if (last !== undefined)
    return [{ ...blank, logOdds: logOddsAt(standardise(feature, last.raw)), extent: NO_EXTENT }];
  const { best, worst } = extentOf(feature);
  const extent = why === 'feed-absent' ? NO_EXTENT : { best: logOddsAt(best), worst: logOddsAt(worst) };
  return [{ ...blank, logOdds: 0, extent }];
}

/** What a health that had to do without a silent feed could add, at its best and at its worst; null: it is whole. */
function spoiltExtent(
  signal: ChurnTerm['signal'],
  { health }: ChurnInput,
  moreAt: (hundredths: number) => number,
): Assessed['extent'] | null {
  if (signal !== 'health' || isMissing(health) || health.spoilt === undefined) return null;
  return { best: moreAt(health.spoilt.highHundredths), worst: moreAt(health.spoilt.lowHundredths) };
}

function missingOf({ signal, why, isSpoilt }: Assessed): readonly MissingSignal[] {
  if (isSpoilt) return [{ signal, why: 'feed-stale' }];
  return why === null ? [] : [{ signal, why }];
}

function weigh(assessed: readonly Assessed[]) {
  const total = sumOf(assessed, ({ weight }) => weight);
  const present = sumOf(assessed, ({ weight, why }) => (why === null ? weight : 0));
  const believed = sumOf(assessed, ({ weight, freshnessHundredths }) => weight * freshnessHundredths);
  return {
    present,
    coverageHundredths: total === 0 ? 0 : Math.round((10_000 * present) / total),
    confidenceHundredths: total === 0 ? 0 : Math.round(believed / total),
  };
}

function sumOf(assessed: readonly Assessed[], amountOf: (each: Assessed) => number): number {
  return assessed.reduce((sum, each) => sum + amountOf(each), 0);
}
