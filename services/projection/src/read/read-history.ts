import { customerKey, type ScoreName } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import type { History } from '../api/schemas.ts';
import { ENTRIES } from '../collections.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import { contributionsOf, type ScorePoint, traceScore } from '../steps/trace-score.ts';
import { instant } from './present-alert.ts';
import { allEntries } from './read-entries.ts';

/** Change records that a history looks through; older ones are left out. */
const MOST_CHANGES = 10_000;

/** The published points of a score of a customer, oldest first. */
export async function readPoints(
  readModels: ReadModels,
  customer: { readonly tenant: string; readonly customerId: string },
  score: ScoreName,
): Promise<ScorePoint[]> {
  const group = customerKey(customer.tenant, customer.customerId);
  const from = { collection: ENTRIES.changes, group };
  const rows = await allEntries<ChangeEntry>(readModels, from, MOST_CHANGES);
  return traceScore(
    rows.map(({ value }) => value),
    score,
  );
}

const UNITS: Readonly<Record<ScoreName, string>> = {
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

/** A score over time with what each signal contributed to every point (N1, N4). */
export function presentHistory(score: ScoreName, points: readonly ScorePoint[]): History {
  const contributions = contributionsOf(points);
  return {
    score,
    unit: points.at(-1)?.change.unit ?? UNITS[score],
    points: points.map(({ at, sequence, cause, change }, index) => ({
      at: instant(at),
      sequence,
      value: change.value,
      band: change.band,
      cause,
      contributions: { ...contributions[index] },
    })),
  };
}
