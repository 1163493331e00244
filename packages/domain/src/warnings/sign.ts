import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import type { SignalState } from '../signals/state.ts';
import type { ReviewList } from './reviews.ts';

/** The four early warning signs (S101), each with a detector of its own. */
export const DETECTORS = [
  'usage-decline',
  'ticket-escalations',
  'quarterly-review',
  'executive-turnover',
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
}

/**
 * What a detector sees: a sign, none (and why not any more), or nothing at all: silence of a feed is not absence of
 * what it tells, so `unknown` neither raises nor clears (D20).
 */
export type Sign =
  | { readonly state: 'present'; readonly factor: RiskFactor }
  | { readonly state: 'absent'; readonly code: string; readonly text: string }
  | { readonly state: 'unknown'; readonly why: MissingSignal['why'] };

/** What the detectors look at. */
export interface WarningInput {
  readonly signals: SignalState;
  readonly reviews: ReviewList;
  /** Strategic accounts are due a review each quarter (S20). */
  readonly isStrategic: boolean;
  /** First day of the relation; null: not known. */
  readonly sinceDay: number | null;
  readonly feeds: FeedStatuses;
  readonly today: number;
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
