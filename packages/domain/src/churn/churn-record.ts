import { CHURN_SIGNALS, type ChurnSignal } from './churn-features.ts';
import type { ChurnReadings } from './churn-model.ts';
import type { ChurnOutcome } from './fit-churn.ts';

/** What warns of an end: the situations of S62 and S101, and the band high of churn (S42). */
export const CHURN_WARNINGS = ['at-risk', 'early-warning', 'high-churn'] as const;
export type ChurnWarning = (typeof CHURN_WARNINGS)[number];

/** What was read and told of a customer on its day of the year (N11). Kept small: every customer has one. */
export interface ChurnObservation {
  /** Epoch day. */
  readonly day: number;
  /** The churn probability as it was told on that day, basis points. */
  readonly toldBasisPoints: number;
  /** Readings in the order of `CHURN_SIGNALS`; null: not known, or it does not apply. */
  readonly readings: readonly (number | null)[];
  /** First day since then on which each of `CHURN_WARNINGS` stood; null: it never did. */
  readonly warned: readonly (number | null)[];
}

/** An observation whose 365 days are over. */
export interface JudgedObservation extends ChurnObservation {
  /** The day within them from which nothing stood any more; null: the customer stayed. */
  readonly endedDay: number | null;
}

/** The observations of one customer, by day. */
export interface ChurnRecord {
  /** The one whose 365 days are not over; null: there is none. */
  readonly open: ChurnObservation | null;
  /** The newest of the others. */
  readonly judged: readonly JudgedObservation[];
}

/** So many judged observations are kept of a customer: older ones say less of how customers leave now. */
export const MOST_JUDGED = 3;

/** Readings as an observation keeps them. */
export function keptReadings(readings: ChurnReadings): ChurnObservation['readings'] {
  return CHURN_SIGNALS.map((signal) => readings[signal] ?? null);
}

/** A reading of an observation; undefined: not known, or it does not apply. */
export function readingIn({ readings }: ChurnObservation, signal: ChurnSignal): number | undefined {
  return readings[CHURN_SIGNALS.indexOf(signal)] ?? undefined;
}

/** A judged observation as models are fitted to it. */
export function outcomeOf(observation: JudgedObservation): ChurnOutcome {
  const { day, endedDay } = observation;
  const readings: { [S in ChurnSignal]?: number } = {};
  for (const signal of CHURN_SIGNALS) {
    const reading = readingIn(observation, signal);
    if (reading !== undefined) readings[signal] = reading;
  }
  return { day, readings, ended: endedDay !== null };
}

/** Whether the customer had an agreement when it was observed: then its end is a day, and warnings can be early. */
export function hadAgreement(observation: ChurnObservation): boolean {
  return readingIn(observation, 'active-agreements') !== undefined;
}
