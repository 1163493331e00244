import type { Batch } from './batch.ts';
import { StreamError } from './errors.ts';
import type { InputRecord, KeyedStore, PendingOutput } from './ports.ts';
import type { HeadReader, Topology } from './topology.ts';

/** What deciding about heads needs besides the batch. */
export interface DecisionParts {
  readonly partition: number;
  readonly records: readonly InputRecord[];
  /** Outputs of records below are public. */
  readonly committed: number;
  readonly store: KeyedStore;
}

/**
 * The outputs of the heads of a batch: what was stored with them for this range, and what is decided now that the
 * documents of the batch are saved. New ones are kept with the head before they are published.
 */
export async function decideHeads<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  { records, committed, store, partition }: DecisionParts,
): Promise<readonly PendingOutput[]> {
  if (!topology.decideHead) return [];
  const outputs: PendingOutput[] = [];
  const reader: HeadReader = {
    top: async (...query) => {
      const found = await store.top(...query);
      // A late write of an earlier owner: its documents are further than the heads that are decided about.
      const ahead = await store.loadOpen(topology.collection, partition, batch.next);
      if (ahead.length > 0)
        throw new StreamError('fenced', `${topology.name}/${partition}: documents run ahead`);
      return found;
    },
  };
  const offsets = new Set(records.map((record) => record.offset));
  for (const [key, head] of batch.heads) {
    for (const entry of head.pending) {
      if (entry.offset >= committed && offsets.has(entry.offset)) outputs.push(...entry.outputs);
    }
    if (!head.dirty || head.state === undefined) continue;
    const decided = await topology.decideHead(head.state, key, reader);
    head.state = decided.head;
    if (decided.outputs.length === 0) continue;
    // Kept under the last record that changed this head: a replay cut into other batches loads the head with it.
    head.pending.push({ offset: head.appliedOffset, outcome: 'ok', outputs: decided.outputs });
    if (head.appliedOffset >= committed) outputs.push(...decided.outputs);
  }
  return outputs;
}
