import { addressOutput, outputsBeside } from './batch-outputs.ts';
import { CHECKPOINT, type Checkpoint, headId } from './checkpoint.ts';
import type { KeyedStore, Log, PendingOutput, StoredDocument } from './ports.ts';

/** A topology and the log that took the place of the one its state was built from. */
export interface AcceptanceParts {
  readonly topology: {
    readonly name: string;
    readonly input: string;
    readonly collection: string;
    readonly outputs: Readonly<Record<string, string>>;
    alongside?(state: unknown, outputs: readonly PendingOutput[]): readonly PendingOutput[];
  };
  readonly log: Log;
  readonly store: KeyedStore;
}

/**
 * Keeps the state of a topology and lets it go on at the beginning of a log that was made anew (T19). Outputs that
 * were stored but may not have been published are published: consumers that drop sequences they have are not told
 * twice. Not while the topology runs.
 * @returns how many partitions were moved to the new log
 */
export async function acceptLog({ topology, log, store }: AcceptanceParts): Promise<number> {
  const heads = `${topology.collection}-heads`;
  let moved = 0;
  for (let partition = 0; partition < log.partitions(topology.input); partition += 1) {
    const id = headId(partition, CHECKPOINT);
    const checkpoint = (await store.load(heads, [id])).get(id) as StoredDocument<Checkpoint> | undefined;
    if (!checkpoint) continue;
    const start = await log.startOffset(topology.input, partition);
    const { next, committed, tallies } = checkpoint.state;
    const session = log.openSession({ group: topology.name, topic: topology.input, partition });
    try {
      await session.takeOver();
      const documents = await store.loadOpen(topology.collection, partition, committed);
      const beside = documents.flatMap((document) => {
        const published = openOutputs([document], committed);
        return outputsBeside(topology, { state: document.state, published });
      });
      const open = openOutputs(
        [...documents, ...(await store.loadOpen(heads, partition, committed))],
        committed,
      );
      const outputs = [...beside, ...open].map((output) => addressOutput(topology, output));
      await session.publish(outputs, start);
      const state: Checkpoint = { next, committed: next, base: next - start, log: undefined, tallies };
      await store.save(heads, [{ ...checkpoint, writeVersion: checkpoint.writeVersion + 1, state }], []);
      moved += 1;
    } finally {
      await session.close();
    }
  }
  return moved;
}

/** The outputs that may not be public yet, in the order of the records that led to them. */
function openOutputs(documents: readonly StoredDocument[], committed: number): readonly PendingOutput[] {
  const open = documents.flatMap(({ pending }) => pending.filter(({ offset }) => offset >= committed));
  open.sort((one, other) => one.offset - other.offset);
  return open.flatMap(({ outputs }) => outputs);
}
