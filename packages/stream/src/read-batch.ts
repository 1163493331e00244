import type { InputRecord, Log, ReadOptions } from './ports.ts';
import type { Topology } from './topology.ts';

/** Where a batch begins. */
export interface BatchStart {
  readonly partition: number;
  readonly position: number;
  /** A position is this plus the offset in the log. */
  readonly base: number;
  /** Position after the last record that a document holds already: there a batch of an earlier owner ended. */
  readonly openEnd: number;
}

/** Of a topology, what says how its batches are cut. */
export type Cut<Value> = Pick<Topology<Value, never, never, never>, 'input' | 'isControl'> & {
  readonly decideHead?: unknown;
};

/**
 * The records of the next batch, at their positions. Decisions about heads look at documents, so where documents
 * already hold what an earlier owner's batch did, a batch that decides must not end before that.
 */
export async function readBatch<Value>(
  parts: { readonly log: Pick<Log, 'read'>; readonly topology: Cut<Value> },
  start: BatchStart,
  options: ReadOptions,
): Promise<readonly InputRecord<Value>[]> {
  const { topology } = parts;
  const first = await readAt(parts, start, options);
  if (!topology.decideHead) return first;
  const records = [...first];
  let last = records.at(-1);
  while (
    last &&
    last.offset + 1 < start.openEnd &&
    !records.some(({ value }) => topology.isControl?.(value))
  ) {
    const more = await readAt(parts, { ...start, position: last.offset + 1 }, options);
    if (more.length === 0) return [];
    records.push(...more);
    last = more.at(-1);
  }
  return records;
}

async function readAt<Value>(
  { log, topology }: { readonly log: Pick<Log, 'read'>; readonly topology: Cut<Value> },
  { partition, position, base }: BatchStart,
  options: ReadOptions,
): Promise<readonly InputRecord<Value>[]> {
  const records = await log.read({ topic: topology.input, partition, offset: position - base }, options);
  const positioned =
    base === 0 ? records : records.map((record) => ({ ...record, offset: record.offset + base }));
  return positioned as readonly InputRecord<Value>[];
}
