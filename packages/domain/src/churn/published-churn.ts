import type { MissingSignal } from '@bellwether/events';
import type { LogOddsPart } from './churn-parts.ts';
import type { ChurnBand, HeldReading, RiskBand } from './score-churn.ts';

/**
 * A part that was known when churn was last published, with its reading and what it added to the log-odds. What it
 * contributed to the probability follows from these (`contributionsOf`).
 */
export type PublishedChurnPart = readonly [signal: string, raw: number, logOddsBasisPoints: number];

/** What was last published of a customer's churn: what the next change is told against. */
export interface PublishedChurn {
  readonly valueBasisPoints: number | null;
  readonly band: ChurnBand;
  /**
   * The risk tier that stands (S42): held between the thresholds of entering and leaving, and through times in which
   * nothing can be scored; null: there never was one, or the customer has ended.
   */
  readonly riskBand: RiskBand | null;
  readonly uncertain: boolean;
  readonly coverageHundredths: number;
  readonly confidenceHundredths: number;
  readonly lowBasisPoints: number | null;
  readonly highBasisPoints: number | null;
  readonly missing: readonly MissingSignal[];
  /** In the order in which they are told. */
  readonly parts: readonly PublishedChurnPart[];
  /** Signals that went missing and still speak against another band. */
  readonly lost: readonly HeldReading[];
  readonly model: { readonly id: string; readonly version: string };
}

/** The parts of a published probability, as they can be computed with. */
export function logOddsPartsOf({ parts }: PublishedChurn): LogOddsPart[] {
  return parts.map(([signal, , logOddsBasisPoints]) => ({ signal, logOddsBasisPoints }));
}
