import { customerKey, type ScoreName } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import type { History } from '../api/schemas.ts';
import { ENTRIES } from '../collections.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import { contributionsOf, type ScorePoint } from '../steps/trace-score.ts';
import { instant } from './present-alert.ts';
import { allEntries } from './read-entries.ts';

/** Change records that a history looks through; older ones are left out. */
const MOST_CHANGES = 10_000;

/** The published changes of a customer. */
export interface PublishedChanges {
  /** Newest first. */
  readonly entries: readonly ChangeEntry[];
  /** Those that reach back to the beginning; false where there are too many. */
  readonly isWhole: boolean;
}

/** Reads what was published of a customer, at most the newest `MOST_CHANGES` records. */
export async function readChanges(
  readModels: ReadModels,
  customer: { readonly tenant: string; readonly customerId: string },
): Promise<PublishedChanges> {
  const group = customerKey(customer.tenant, customer.customerId);
  const from = { collection: ENTRIES.changes, group };
  const rows = await allEntries<ChangeEntry>(readModels, from, MOST_CHANGES + 1);
  const entries = rows.slice(0, MOST_CHANGES).map(({ value }) => value);
  return { entries, isWhole: rows.length <= MOST_CHANGES };
}

/** Units of the scores. */
export const UNITS: Readonly<Record<ScoreName, string>> = {
  ltv: 'minor',
  revenue: 'minor',
  rfm: 'hundredths',
  health: 'hundredths',
  churn: 'basis-points',
  lifecycle: 'count',
  relationship: 'hundredths',
  tier: 'count',
  complexity: 'hundredths',
  concentration: 'count',
};

/** A score over a span of time with what each signal contributed to every point (N1, N4). */
export function presentHistory(
  score: ScoreName,
  points: readonly ScorePoint[],
  span: { readonly from: number; readonly to: number },
): History {
  const sums = contributionsOf(points);
  return {
    score,
    unit: points.at(-1)?.change.unit ?? UNITS[score],
    points: points.flatMap(({ at, knownAt, sequence, cause, causedBy, change }, index) => {
      if (at < span.from || at > span.to) return [];
      const told = { at: instant(at), knownAt: instant(knownAt), sequence };
      const { value, band } = change;
      return { ...told, value, band, cause, causedBy: [...causedBy], contributions: { ...sums[index] } };
    }),
  };
}
