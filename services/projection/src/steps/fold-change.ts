import { type MeasureMonths, type RaisedOffer, signalOf } from '@bellwether/domain';
import type {
  AlertRule,
  CustomerChange,
  MissingSignal,
  ScoreChange,
  ScoreName,
  ScoreValue,
  SituationChange,
} from '@bellwether/events';
import { type Contributions, foldContributions } from './fold-contributions.ts';
import { foldHealthWeeks, type HealthWeek } from './fold-health-weeks.ts';

type Parts = Readonly<Record<string, number | null>>;

/** A situation that has begun and not ended. Days are epoch days, instants epoch ms. */
export interface OpenSituation {
  readonly code: string;
  readonly text: string;
  readonly since: number;
  readonly valueMinor: number | null;
  readonly dueDay: number | null;
  readonly daysBefore: number | null;
}

/**
 * The scores of a customer as last published. What lists filter and sort by stands at the top level as a plain value:
 * money in minor units, scores in hundredths, null where not scorable.
 */
export interface CustomerScores {
  readonly kind: 'customer';
  readonly tenant: string;
  readonly customerId: string;
  readonly sequence: number;
  readonly asOf: number;
  readonly knownAt: number;
  readonly currency: string | null;
  readonly valueMinor: number;
  readonly ltvParts: Parts;
  readonly health: number | null;
  readonly healthBand: string;
  readonly healthUncertain: boolean;
  readonly healthLow: number | null;
  readonly healthHigh: number | null;
  /** Hundredths: 10000 = every signal there. */
  readonly coverage: number;
  readonly confidence: number;
  readonly missing: readonly MissingSignal[];
  readonly model: { readonly id: string; readonly version: string } | null;
  readonly healthContributions: Contributions;
  readonly healthWeeks: readonly HealthWeek[];
  readonly rfmParts: Parts;
  readonly complexity: number | null;
  readonly complexityBand: string | null;
  readonly complexityParts: Parts;
  readonly atRisk: OpenSituation | null;
  readonly crossSell: OpenSituation | null;
  /** By agreement. */
  readonly renewals: Readonly<Record<string, OpenSituation>>;
  /** Scores that lists have no columns of their own for, as last published. */
  readonly scores: { readonly [Score in OtherScore]?: FoldedScore };
  /** Everything else that has begun and not ended, by rule and cause. */
  readonly situations: Readonly<Record<string, NamedSituation>>;
  /** What KPIs read of the scores as it stood at the ends of months; null: nothing was published. */
  readonly months: MeasureMonths | null;
  /** Upsells and cross-sells that were raised, oldest first (S54). */
  readonly offers: readonly RaisedOffer[];
  /** It was merged into this customer, under whose id it is scored (N23); absent: it counts for itself. */
  readonly mergedInto?: string;
}

type OtherScore = Extract<ScoreName, 'revenue' | 'rfm' | 'churn' | 'lifecycle' | 'relationship' | 'tier'>;

/** A situation with what tells it from others of its customer. */
export interface NamedSituation extends OpenSituation {
  readonly rule: AlertRule;
  readonly cause: string;
}

/** A score as last published, without what it was before. */
export interface FoldedScore extends ScoreValue {
  readonly asOf: number;
  readonly sequence: number;
}

/** A part of a published score; null: not known, or nothing was published. */
export function partOf(score: FoldedScore | undefined, part: string): number | null {
  return score?.parts[part] ?? null;
}

/** A class that a published score tells; null: not known, or nothing was published. */
export function labelOf(score: FoldedScore | undefined, label: string): string | null {
  return score?.labels?.[label] ?? null;
}

/** A customer of whom nothing has been published. */
export function unscoredCustomer(tenant: string, customerId: string): CustomerScores {
  return {
    kind: 'customer',
    tenant,
    customerId,
    sequence: 0,
    asOf: 0,
    knownAt: 0,
    currency: null,
    valueMinor: 0,
    ltvParts: {},
    health: null,
    healthBand: 'not-scorable',
    healthUncertain: false,
    healthLow: null,
    healthHigh: null,
    coverage: 0,
    confidence: 0,
    missing: [],
    model: null,
    healthContributions: {},
    healthWeeks: [],
    rfmParts: {},
    complexity: null,
    complexityBand: null,
    complexityParts: {},
    atRisk: null,
    crossSell: null,
    renewals: {},
    scores: {},
    situations: {},
    months: null,
    offers: [],
  };
}

/** Folds one change record: all its changes, in their order. */
export function foldChange(known: CustomerScores, record: CustomerChange): CustomerScores {
  const { sequence, asOf, knownAt, mergedInto } = record;
  if (mergedInto !== undefined) {
    // All that was published of it has been taken back.
    const { tenant, customerId, months, offers } = known;
    return { ...unscoredCustomer(tenant, customerId), sequence, asOf, knownAt, months, offers, mergedInto };
  }
  const { mergedInto: _left, ...before } = known;
  let state: CustomerScores = { ...before, sequence, asOf, knownAt };
  for (const change of record.changes) {
    state = 'score' in change ? foldScore(state, change, asOf) : foldSituation(state, change, asOf);
  }
  return state;
}

function foldScore(state: CustomerScores, change: ScoreChange, asOf: number): CustomerScores {
  switch (change.score) {
    case 'ltv':
      return {
        ...state,
        valueMinor: change.value ?? 0,
        ltvParts: change.parts,
        currency: change.currency ?? state.currency,
      };
    case 'health':
      return foldHealth(state, change, asOf);
    case 'rfm':
      return { ...withScore(state, change, asOf), rfmParts: change.parts };
    case 'revenue':
    case 'churn':
    case 'lifecycle':
    case 'relationship':
    case 'tier':
      return withScore(state, change, asOf);
    case 'complexity':
      return {
        ...state,
        complexity: change.value,
        complexityBand: change.band,
        complexityParts: change.parts,
      };
    case 'concentration':
      return state;
  }
}

function withScore(state: CustomerScores, change: ScoreChange, asOf: number): CustomerScores {
  const {
    type: _type,
    score,
    previous: _previous,
    delta: _delta,
    previousBand: _band,
    reasons: _reasons,
    ...told
  } = change;
  return { ...state, scores: { ...state.scores, [score]: { ...told, asOf } } };
}

function foldHealth(state: CustomerScores, change: ScoreChange, asOf: number): CustomerScores {
  return {
    ...state,
    health: change.value,
    healthBand: change.band ?? 'not-scorable',
    healthUncertain: change.uncertain ?? false,
    healthLow: change.low ?? null,
    healthHigh: change.high ?? null,
    coverage: change.coverage ?? 0,
    confidence: change.confidence ?? 0,
    missing: change.missing ?? [],
    model: change.model ?? state.model,
    healthContributions: foldContributions(state.healthContributions, change),
    healthWeeks: foldHealthWeeks(state.healthWeeks, asOf, change.value),
  };
}

function foldSituation(state: CustomerScores, change: SituationChange, asOf: number): CustomerScores {
  switch (change.type) {
    case 'risk.at-risk.raised':
      return { ...state, atRisk: begun(change, state.atRisk?.since ?? asOf) };
    case 'risk.at-risk.cleared':
      return { ...state, atRisk: null };
    case 'opportunity.cross-sell.raised':
      return { ...state, crossSell: begun(change, asOf) };
    case 'opportunity.cross-sell.withdrawn':
      return { ...state, crossSell: null };
    case 'renewal.due':
      return { ...state, renewals: { ...state.renewals, [change.cause]: begun(change, asOf) } };
    case 'renewal.settled': {
      const { [change.cause]: _settled, ...renewals } = state.renewals;
      return { ...state, renewals };
    }
    case 'portfolio.concentration.raised':
    case 'portfolio.concentration.cleared':
    case 'data-quality.source-silent.raised':
    case 'data-quality.source-silent.cleared':
      return state;
    default:
      return foldOtherSituation(state, change, asOf);
  }
}

function foldOtherSituation(state: CustomerScores, change: SituationChange, asOf: number): CustomerScores {
  const { rule, step } = signalOf(change);
  const { cause } = change;
  const { [`${rule}:${cause}`]: known, ...situations } = state.situations;
  if (step === 'resolve') return { ...state, situations };
  // One that is told again, graver or with another day, has stood since it began.
  const standing = { ...begun(change, known?.since ?? asOf), rule, cause };
  return { ...state, situations: { ...situations, [`${rule}:${cause}`]: standing } };
}

function begun(change: SituationChange, since: number): OpenSituation {
  return {
    code: change.code,
    text: change.text,
    since,
    valueMinor: change.valueMinor,
    dueDay: change.dueDay ?? null,
    daysBefore: change.daysBefore ?? null,
  };
}
