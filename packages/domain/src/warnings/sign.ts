import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import type { SignalState } from '../signals/state.ts';
import type { NearRenewal } from './renewal-anchor.ts';
import type { ReviewList } from './reviews.ts';

/** The early warning signs (S101) and the tighter one of the first year (S84), each with a detector of its own. */
export const DETECTORS = [
  'usage-decline',
  'ticket-escalations',
  'quarterly-review',
  'executive-turnover',
  'first-year-health',
] as const;
export type Detector = (typeof DETECTORS)[number];

/** A fact behind a sign: what it is about and the epoch day it happened on. */
export interface Evidence {
  /** `ticket`, `contact`, `review` or `use`. */
  readonly about: string;
  /** Id of what it is about; null where there is none. */
  readonly id: string | null;
  readonly day: number;
}

/** At most so many facts are told of one sign, newest first. */
export const MOST_EVIDENCE = 10;

/** A sign that is there: one entry of `riskFactors` (S97, S101). The text names days, it is read on others too. */
export interface RiskFactor {
  readonly detector: Detector;
  readonly code: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
  /** Reading before and after, in the detector's own unit; null where it has none. */
  readonly before: number | null;
  readonly after: number | null;
  /** The decision that it was told with, and that makes it graver (N18); absent: none is near. */
  readonly renewal?: NearRenewal;
}

/**
 * What a detector sees: a sign, none (and why not any more), or nothing at all: silence of a feed is not absence of
 * what it tells, so `unknown` neither raises nor clears (D20).
 */
export type Sign =
  | { readonly state: 'present'; readonly factor: RiskFactor }
  | { readonly state: 'absent'; readonly code: string; readonly text: string }
  | { readonly state: 'unknown'; readonly why: MissingSignal['why'] };

/** What the four early signs are read from. */
export interface SignInput {
  readonly signals: SignalState;
  readonly reviews: ReviewList;
  /** Strategic accounts are due a review each quarter (S20). */
  readonly isStrategic: boolean;
  /** First day of the relation; null: not known. */
  readonly sinceDay: number | null;
  readonly feeds: FeedStatuses;
  readonly today: number;
}

/** What all detectors look at, and what makes a sign graver. */
export interface WarningInput extends SignInput {
  /** The decision that is near (N18), looked up where a sign stands alone; null: none is. */
  readonly nearRenewal: () => NearRenewal | null;
  /** Health of a Platinum or Gold customer in its first year (S84); null: it is no such customer. */
  readonly firstYear: FirstYearHealth | null;
}

/** What the tighter threshold of the first year is held against (S84). */
export interface FirstYearHealth {
  /** First epoch day after the first year. */
  readonly overDay: number;
  /** As published, and with signals that went missing at their last points; hundredths, null: not scorable. */
  readonly healthHundredths: number | null;
  readonly heldHundredths: number | null;
  /** Health had to do without a feed that has fallen silent. */
  readonly isSpoilt: boolean;
  /** Where an at-risk situation begins and ends in the model that health was made with, points. */
  readonly atRiskBelowPoints: number;
  readonly atRiskClearedFromPoints: number;
}

/** What a situation is told with, so that situations can be ranked. */
export interface Worth {
  readonly valueMinor: number;
  readonly currency: string;
}

/** Whether a sign was told to be present. */
export interface Held {
  readonly isRaised: boolean;
}

/** Newest facts first, at most MOST_EVIDENCE of them; of one day in the order of their ids. */
export function newestEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  const idOf = ({ id }: Evidence) => id ?? '';
  return evidence.toSorted((a, b) => b.day - a.day || (idOf(a) < idOf(b) ? -1 : 1)).slice(0, MOST_EVIDENCE);
}
