import type { Tally } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import { CHECKPOINT, type Checkpoint, headId } from '../../../packages/stream/src/checkpoint.ts';
import { describeTopologies } from '../../../services/cli/src/topologies.ts';
import { BENCH_TENANT } from '../loaded-engine.ts';
import { difference, type Outcome, outcomeOf } from '../outcome.ts';
import { PARTITIONS } from './installation.ts';

type Reader = { readonly readModels: ReadModels };

/** Tells what became of the events so far. */
export type Accounts = () => Promise<Outcome>;

/** What the accounting of projection says: all four services have had a hand in it. */
export function accountsOfAll(reader: Reader): Accounts {
  return () => outcomeOf(reader);
}

/** What scoring itself has counted, where no other service runs. */
export function accountsOfScoring({ readModels }: Reader): Accounts {
  const collection = describeTopologies().find(({ name }) => name === 'scoring')?.collection;
  return async () => {
    const partitions = Array.from({ length: PARTITIONS }, async (_, partition) => {
      const id = headId(partition, CHECKPOINT);
      const checkpoint = await readModels.get<Checkpoint>(`${collection}-heads`, id);
      return checkpoint?.tallies[BENCH_TENANT];
    });
    const tallies = await Promise.all(partitions);
    const sum = (name: keyof Tally) => tallies.reduce((total, tally) => total + (tally?.[name] ?? 0), 0);
    return { scored: sum('ok'), duplicate: sum('duplicate'), quarantined: sum('quarantined') };
  };
}

/** Events that were counted. */
export function countOf({ scored, duplicate, quarantined }: Outcome): number {
  return scored + duplicate + quarantined;
}

/**
 * What became of exactly the events that were published between two accounts.
 * @throws Error when they are not all accounted for, or some were refused, which the workload gives no cause for
 */
export function expectAccounted(before: Outcome, after: Outcome, published: number): Outcome {
  const outcome = difference(after, before);
  if (countOf(outcome) !== published || outcome.quarantined > 0) {
    throw new Error(`Of ${published} published events came out: ${JSON.stringify(outcome)}.`);
  }
  return outcome;
}
