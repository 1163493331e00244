import type { Buying } from '@bellwether/domain';
import type { CustomerScores } from './fold-change.ts';

/** What was published of a customer that lists and portfolio rows have no fields for; null: not known (D20). */
export interface Measures {
  /** A strategic account (S6, S30). */
  readonly isStrategic: boolean | null;
  /** How it buys (S32); null: it never bought. */
  readonly buying: Buying | null;
}

const YES_OR_NO: { readonly [told: string]: boolean } = { yes: true, no: false };

/** The measures of a customer as they were published last. */
export function buildMeasures(scores: CustomerScores | undefined): Measures {
  const { tier } = scores?.scores ?? {};
  return {
    isStrategic: YES_OR_NO[tier?.labels?.strategic ?? ''] ?? null,
    buying: scores === undefined ? null : buyingOf(scores),
  };
}

function buyingOf({ rfmParts }: CustomerScores): Buying | null {
  const { frequency365, monetary365Minor, greatest365Minor = null, gini365BasisPoints = null } = rfmParts;
  if (frequency365 == null || monetary365Minor == null) return null;
  return {
    transactions: frequency365,
    paidMinor: monetary365Minor,
    greatestMinor: greatest365Minor,
    giniBasisPoints: gini365BasisPoints,
  };
}
