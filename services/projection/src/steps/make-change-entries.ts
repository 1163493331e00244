import { type CustomerChange, customerKey } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES } from '../collections.ts';
import type { CustomerScores } from './fold-change.ts';

type Parts = Readonly<Record<string, number | null>>;
/** The parts of a score before a change; empty where nothing was published before. */
export type EarlierParts = { readonly [score in 'ltv' | 'rfm']?: Parts };

/** A change record as the history keeps it: all consequences of one event. */
export type ChangeEntry = Pick<
  CustomerChange,
  'sequence' | 'asOf' | 'knownAt' | 'cause' | 'causedBy' | 'changes'
> & {
  /** Parts of the changed scores as they were; only those that are others now. */
  readonly earlier: EarlierParts;
};

/** One customer leaving one health band for another; value at that moment, minor units. */
export interface BandMove {
  readonly customerId: string;
  /** Of the change record: orders the moves of one customer. */
  readonly sequence: number;
  readonly from: string;
  readonly to: string;
  readonly valueMinor: number;
}

/**
 * What a change record adds to the history: itself, and the move between health bands if it holds one. `before` and
 * `after` are the scores of the customer on both sides of it.
 */
export function makeChangeEntries(
  record: CustomerChange,
  before: CustomerScores,
  after: CustomerScores,
): Entry[] {
  const { tenant, customerId, sequence, asOf, knownAt, cause, causedBy, changes } = record;
  const group = customerKey(tenant, customerId);
  const id = `${group}|${String(sequence).padStart(10, '0')}`;
  const earlier = earlierOf(before, after);
  const value: ChangeEntry = { sequence, asOf, knownAt, cause, causedBy, changes, earlier };
  const entries: Entry[] = [{ collection: ENTRIES.changes, id, group, order: asOf, value }];
  for (const change of changes) {
    if (change.type !== 'score.health.changed') continue;
    const { previousBand: from, band: to } = change;
    // A customer that was merged into another has left no band for a better or worse one.
    if (from === null || to === null || from === to || record.mergedInto !== undefined) continue;
    const move: BandMove = { customerId, sequence, from, to, valueMinor: after.valueMinor };
    entries.push({ collection: ENTRIES.bandMoves, id, group: tenant, order: asOf, value: move });
  }
  return entries;
}

function earlierOf(before: CustomerScores, after: CustomerScores): EarlierParts {
  return {
    ...(before.ltvParts === after.ltvParts ? {} : { ltv: movedParts(before.ltvParts, after.ltvParts) }),
    ...(before.rfmParts === after.rfmParts ? {} : { rfm: movedParts(before.rfmParts, after.rfmParts) }),
  };
}

function movedParts(before: Parts, after: Parts): Parts {
  return Object.fromEntries(Object.entries(before).filter(([name, value]) => after[name] !== value));
}
