import type { CustomerScores } from './fold-change.ts';

/** What was published of a customer that lists and portfolio rows have no fields for; null: not known (D20). */
export interface Measures {
  /** A strategic account (S6, S30). */
  readonly isStrategic: boolean | null;
}

const YES_OR_NO: { readonly [told: string]: boolean } = { yes: true, no: false };

/** The measures of a customer as they were published last. */
export function buildMeasures(scores: CustomerScores | undefined): Measures {
  const { tier } = scores?.scores ?? {};
  return {
    isStrategic: YES_OR_NO[tier?.labels?.strategic ?? ''] ?? null,
  };
}
