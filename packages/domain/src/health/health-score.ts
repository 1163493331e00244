import type { MissingSignal } from '@bellwether/events';
import type { HealthBand, SignalName } from '../models/model-pack.ts';

/** One signal's part in a score. */
export interface HealthSignal {
  readonly signal: SignalName;
  readonly pillar: string;
  /** Whole percent of all signals of the model. */
  readonly weight: number;
  /** 0..100 to two decimals; null: missing. A missing signal has points where the model makes some up. */
  readonly points: number | null;
  /** The reading in the signal's own unit; null: missing. */
  readonly raw: number | null;
  /** What the reading is compared with, in the same unit (N17); null: with nothing. */
  readonly norm: number | null;
  readonly text: string;
  /** Part of the value; 0 while the signal is missing or nothing can be scored. */
  readonly contributionHundredths: number;
}

/** What is added to the weighted mean because of a fact: a bonus, or the difference to a fixed score. */
export interface Adjustment {
  readonly name: string;
  readonly kind: 'bonus' | 'override';
  /** Of a bonus: points on top; of an override: the score itself. */
  readonly pointsHundredths: number;
  readonly contributionHundredths: number;
  readonly text: string;
}

/** Health as it stands (S94, N2), all figures in hundredths: of a point 0..10000, of coverage and confidence too. */
export interface HealthScore {
  /** Null: not scorable. */
  readonly valueHundredths: number | null;
  readonly band: HealthBand;
  /** Weight of the signals present / weight of all. */
  readonly coverageHundredths: number;
  /** Coverage, with signals on older evidence counting half. */
  readonly confidenceHundredths: number;
  /** The value if every expected but missing signal had 0 points; null when not scorable. */
  readonly lowHundredths: number | null;
  /** ... and if it had 100. */
  readonly highHundredths: number | null;
  /** Low and high lie in different bands. */
  readonly uncertain: boolean;
  readonly missing: readonly MissingSignal[];
  /** All signals of the model, in its order; their contributions and the adjustments sum exactly to the value. */
  readonly signals: readonly HealthSignal[];
  readonly adjustments: readonly Adjustment[];
  readonly model: { readonly id: string; readonly version: string };
}
