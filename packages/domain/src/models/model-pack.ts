import type { Feed } from '@bellwether/events';

export const SIGNAL_NAMES = [
  'login-frequency',
  'feature-adoption',
  'usage-trend',
  'ticket-load',
  'response-time',
  'resolution-time',
  'csat',
  'goals-met',
  'value-realised',
  'executive-sponsor',
] as const;
/** A reading of a customer that a model may weigh (S91-S93). */
export type SignalName = (typeof SIGNAL_NAMES)[number];

export type Pillar = 'usage' | 'support' | 'business';
export type HealthBand = 'healthy' | 'needs-attention' | 'at-risk' | 'not-scorable';

/** Points of a piecewise linear curve by ascending reading; before the first and after the last it stays level. */
export type Curve = readonly (readonly [raw: number, points: number])[];

/** How a model weighs one signal. */
export interface SignalModel {
  readonly signal: SignalName;
  readonly pillar: Pillar;
  /** Whole percent; the weights of a pack sum to 100. */
  readonly weight: number;
  readonly feed: Feed;
  /** How many days back the signal looks, today included; null: at facts of any age. */
  readonly windowDays: number | null;
  /** Evidence at most this many days old counts in full in the confidence, older evidence half. */
  readonly freshDays: number;
  readonly curve: Curve;
}

/** A scoring model as data (S94, N21). Scores and thresholds are in hundredths of a point, 0..10000. */
export interface ModelPack {
  readonly id: string;
  readonly version: string;
  readonly signals: readonly SignalModel[];
  /** Least share of the weight that must be present for a score, hundredths (10000 = all of it). */
  readonly minimumCoverageHundredths: number;
  readonly healthyFromHundredths: number;
  readonly needsAttentionFromHundredths: number;
  /** A customer becomes at risk below this ... */
  readonly atRiskBelowHundredths: number;
  /** ... and stops being so from this on, so that a score on the edge does not flicker. */
  readonly atRiskClearedFromHundredths: number;
  /** Least difference from the published value that is published while nothing else differs. */
  readonly publishFromHundredths: number;
}
