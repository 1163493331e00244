import type { Feed } from '@bellwether/events';

export const SIGNAL_NAMES = [
  'login-frequency',
  'feature-adoption',
  'usage-trend',
  'seat-use',
  'days-since-last-activity',
  'total-activities',
  'ticket-load',
  'ticket-count',
  'response-time',
  'resolution-time',
  'csat',
  'escalations',
  'goals-met',
  'value-realised',
  'executive-sponsor',
  'active-agreements',
  'agreement-tenure',
  'agreement-end',
  'contacts-with-email',
  'won-amount',
  'annual-revenue',
  'days-since-last-task',
] as const;
/** A reading of a customer that a model may weigh (S64-S66, S91-S93); `SIGNALS` says what each one is. */
export type SignalName = (typeof SIGNAL_NAMES)[number];

export const HEALTH_BANDS = ['healthy', 'needs-attention', 'at-risk', 'not-scorable'] as const;
export type HealthBand = (typeof HEALTH_BANDS)[number];

/** A point of a scale: from or at this reading a signal has so many points (0..100); it may have a name. */
export type ScalePoint = readonly [reading: number, points: number, name?: string];

/** Points of a piecewise linear curve by ascending reading; before the first and after the last it stays level. */
export type Curve = readonly ScalePoint[];

/** Levels by ascending reading: each holds from its reading on, the first one below it too. */
export type Steps = readonly ScalePoint[];

/** A part of a score that people know by name (S61, S94): its signals are weighed as much as it. */
export interface PillarModel {
  readonly pillar: string;
  readonly title: string;
  /** Whole percent; the weights of a pack sum to 100, and so do those of its signals, pillar by pillar. */
  readonly weight: number;
}

/**
 * Compares a reading with what is usual for this very customer (N17): the median of the same reading over the latest
 * `periods` whole periods as long as the signal's window. Where fewer than `minimumPeriods` lie after the customer's
 * first use, or less than `minimumUsual` is usual, the signal's own curve or steps give the points.
 */
export interface OwnBaseline {
  readonly kind: 'own-baseline';
  readonly periods: number;
  readonly minimumPeriods: number;
  /** In the unit of the reading. */
  readonly minimumUsual: number;
  /** Points by the reading in percent of the usual one. */
  readonly curve: Curve;
}

/** Compares a reading with the median of the customer's segment (N17), as the tenant's breakpoints have it. */
export interface SegmentMedian {
  readonly kind: 'segment';
  /** Points by the reading in percent of the median. */
  readonly curve: Curve;
}

/** How a model weighs one signal. */
export interface SignalModel {
  readonly signal: SignalName;
  readonly pillar: string;
  /** Whole percent; the weights of a pack sum to 100. */
  readonly weight: number;
  readonly feed: Feed;
  /** How many days back the signal looks, today included; null: at facts of any age. */
  readonly windowDays: number | null;
  /** Evidence at most this many days old counts in full in the confidence, older evidence half. */
  readonly freshDays: number;
  /** Points by reading; a signal has a curve or steps, and neither only where it is always compared. */
  readonly curve?: Curve;
  readonly steps?: Steps;
  readonly relativeTo?: OwnBaseline | SegmentMedian;
  /**
   * Points that the model gives to a missing signal instead of leaving it out, and why. It makes up an answer, so a
   * pack has to say so in words; coverage and confidence still count the signal as missing.
   */
  readonly whenMissing?: { readonly points: number; readonly because: string };
  /** Without this signal nothing is scored. */
  readonly required?: boolean;
}

/** Facts about a customer that a pack may ask for besides its signals. */
export const FACT_NAMES = ['status', 'reference'] as const;
/** `status`: what the CRM calls the state of the customer; `reference`: speaks for the product to others. */
export type FactName = (typeof FACT_NAMES)[number];
/** What is known of these facts; null: never told. */
export interface ModelFacts {
  readonly status: string | null;
  readonly reference: boolean | null;
}

/** True where the fact is known and is one of the values named. */
export interface Condition {
  readonly fact: FactName;
  readonly is: readonly (string | boolean)[];
}

/** Points on top of the weighted mean; the score ends at 100. */
export interface Bonus {
  readonly name: string;
  readonly when: Condition;
  readonly points: number;
}

/** A score that a fact decides, whatever the signals say; of several the first that applies counts. */
export interface Override {
  readonly name: string;
  readonly when: Condition;
  readonly points: number;
  readonly band: Exclude<HealthBand, 'not-scorable'>;
}

/** Borders of the bands and of being at risk, in points. */
export interface Bands {
  readonly healthyFromPoints: number;
  readonly needsAttentionFromPoints: number;
  /** A customer becomes at risk below this ... */
  readonly atRiskBelowPoints: number;
  /** ... and stops being so from this on, so that a score on the edge does not flicker. */
  readonly atRiskClearedFromPoints: number;
}

/** A customer made up for a test of the model: what its signals read, and what must come of it to the hundredth. */
export interface GoldenCase {
  readonly name: string;
  /** By signal; one that is not named is missing. With a `norm`: what the reading is compared with. */
  readonly readings: {
    readonly [signal: string]: number | { readonly reading: number; readonly norm: number };
  };
  readonly facts?: { readonly status?: string; readonly reference?: boolean };
  /** Null: not scorable. */
  readonly value: number | null;
  readonly band: HealthBand;
  readonly coveragePercent: number;
  /** Points that each signal, bonus and override adds to the value; what adds nothing may be left out. */
  readonly contributions: { readonly [part: string]: number };
}

/** A scoring model as data (S94, N21): what a pack file holds, field by field. */
export interface ModelPack {
  /** Version of this form. */
  readonly format: 1;
  readonly id: string;
  /** Of the model, as semantic versioning has it. */
  readonly version: string;
  readonly title: string;
  /** Where the model comes from. */
  readonly source: string;
  /** What whoever reads its scores has to know. */
  readonly notes?: string;
  readonly pillars: readonly PillarModel[];
  readonly signals: readonly SignalModel[];
  readonly bonuses?: readonly Bonus[];
  readonly overrides?: readonly Override[];
  readonly bands: Bands;
  /** Least share of the weight that must be present for a score. */
  readonly minimumCoveragePercent: number;
  /** Least difference from the published value that is published while nothing else differs. */
  readonly publishFromPoints: number;
  readonly goldenCases: readonly GoldenCase[];
}

/** Points as they are carried: whole hundredths. */
export function toHundredths(points: number): number {
  return Math.round(points * 100);
}
