import type { MissingSignal } from '@bellwether/events';
import type { HealthBand, SignalName } from '../models/model-pack.ts';
import type { NearRenewal } from '../warnings/renewal-anchor.ts';

/** A signal as it was when health was last published. */
export interface PublishedSignal {
  readonly signal: SignalName;
  /** Null: missing, and the model makes points up for it. */
  readonly raw: number | null;
  /** What the reading was compared with; absent: with nothing. */
  readonly norm?: number;
  /** 0..100. */
  readonly points: number;
  readonly contributionHundredths: number;
}

/** A bonus or override as it was when health was last published. */
export interface PublishedAdjustment {
  readonly name: string;
  readonly contributionHundredths: number;
}

/** A signal that went missing, with the points (0..100) that it last had. */
export interface LostSignal {
  readonly signal: SignalName;
  readonly points: number;
}

/** What was last published of a customer's health: what the next change is told against. */
export interface PublishedHealth {
  readonly valueHundredths: number | null;
  readonly band: HealthBand;
  readonly uncertain: boolean;
  readonly coverageHundredths: number;
  readonly confidenceHundredths: number;
  /** The value with every expected but missing signal at its worst and at its best; null when not scorable. */
  readonly lowHundredths: number | null;
  readonly highHundredths: number | null;
  /** The customer is at risk: latched between the thresholds of entering and leaving. */
  readonly atRisk: boolean;
  readonly missing: readonly MissingSignal[];
  /** The signals that had points. */
  readonly signals: readonly PublishedSignal[];
  /** Absent where nothing but signals made the score. */
  readonly adjustments?: readonly PublishedAdjustment[];
  /** Signals that went missing and still speak against raising or clearing an at-risk situation. */
  readonly lost: readonly LostSignal[];
  /** The value with the lost signals at their last points; absent where none was lost. */
  readonly heldHundredths?: number;
  readonly model: { readonly id: string; readonly version: string };
  /** The decision that the at-risk situation was told with (N18); absent: none is near, or nothing stands. */
  readonly renewal?: NearRenewal;
}
