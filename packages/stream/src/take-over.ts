import { murmur2 } from '@bellwether/events';
import { CHECKPOINT, type Checkpoint, headId, INITIAL_CHECKPOINT, type LogMark } from './checkpoint.ts';
import { StreamError } from './errors.ts';
import type { InputRecord, KeyedStore, Log, OutputSession, StoredDocument } from './ports.ts';

/** A record that the log holds must come within this time; a slow log must not look like another one. */
const FOUND_WITHIN_MS = 30_000;

/** What is taken over: one input partition of one topology. */
export interface Claim {
  readonly group: string;
  readonly input: string;
  /** Then the last record applied may be gone, so that only where the log ends is compared. */
  readonly isInputCompacted: boolean;
  readonly partition: number;
  readonly collection: string;
  readonly log: Log;
  readonly store: KeyedStore;
}

/** A partition that is one's own until somebody else takes it over. */
export interface Ownership {
  readonly session: OutputSession;
  /** Positions below are public. */
  readonly committed: number;
  /** Where the next batch starts: not after `committed`, and before it where the store lost what it had. */
  readonly position: number;
  readonly checkpoint: StoredDocument<Checkpoint> | undefined;
  /** Position after the last record that a document holds already: there a batch of an earlier owner ended. */
  readonly openEnd: number;
}

/**
 * Fences the owner before, only then reads how far it came, compares store and log, and finds what the open range has
 * already produced.
 * @throws StreamError `log-mismatch` when the log is not the one that the store was built from, or no longer holds what
 * the store needs
 */
export async function takeOver(claim: Claim): Promise<Ownership> {
  const { log, store, group, input, partition, collection } = claim;
  const session = log.openSession({ group, topic: input, partition });
  try {
    const offset = await session.takeOver();
    const checkpoint = await loadCheckpoint(claim);
    const state = checkpoint?.state ?? INITIAL_CHECKPOINT;
    await compareWithLog(claim, state);
    const start = await log.startOffset(input, partition);
    const committed = offset === undefined ? state.committed : state.base + offset;
    // Without offset and checkpoint nothing was ever read: whatever is kept is the beginning.
    const isNew = offset === undefined && checkpoint === undefined;
    const position = isNew ? start : Math.min(state.next, committed);
    if (position < state.base + start) throw noLongerHeld(claim, position - state.base, start);
    let openEnd = position;
    for (const { appliedOffset } of await store.loadOpen(collection, partition, position)) {
      openEnd = Math.max(openEnd, appliedOffset + 1);
    }
    return { session, committed, position, checkpoint, openEnd };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** What the log is recognised by at the next take-over. */
export function markOf(log: Log, record: InputRecord, base: number): LogMark {
  return {
    id: log.id,
    partitions: log.partitions(record.topic),
    offset: record.offset - base,
    timestampMs: record.timestampMs,
    keyHash: murmur2(record.key),
  };
}

async function loadCheckpoint(claim: Claim): Promise<StoredDocument<Checkpoint> | undefined> {
  const id = headId(claim.partition, CHECKPOINT);
  const loaded = await claim.store.load(`${claim.collection}-heads`, [id]);
  return loaded.get(id) as StoredDocument<Checkpoint> | undefined;
}

async function compareWithLog(claim: Claim, checkpoint: Checkpoint): Promise<void> {
  const { log, input, partition } = claim;
  const { log: mark } = checkpoint;
  if (!mark) return;
  const name = `${input}/${partition}`;
  if (mark.id !== log.id) {
    throw mismatch(claim, `was built from ${name} of the log ${mark.id}, but this log is ${log.id}`);
  }
  const partitions = log.partitions(input);
  if (mark.partitions !== partitions) {
    throw mismatch(
      claim,
      `was built from ${input} with ${mark.partitions} partitions, but it has ${partitions} now, so keys have moved`,
    );
  }
  const end = await log.endOffset(input, partition);
  if (end <= mark.offset) {
    throw mismatch(
      claim,
      `has applied ${mark.offset + 1} records of ${name}, but the log ends at ${end}: ` +
        'it was made anew or has lost its end',
    );
  }
  if (claim.isInputCompacted || mark.offset < (await log.startOffset(input, partition))) return;
  const [found] = await log.read(
    { topic: input, partition, offset: mark.offset },
    { limit: 1, waitMs: FOUND_WITHIN_MS },
  );
  const same =
    found?.offset === mark.offset &&
    found.timestampMs === mark.timestampMs &&
    murmur2(found.key) === mark.keyHash;
  if (!same)
    throw mismatch(claim, `finds another record at offset ${mark.offset} of ${name}: it was made anew`);
}

function mismatch({ group, input }: Claim, what: string): StreamError {
  return new StreamError(
    'log-mismatch',
    `The state of ${group} ${what}. Bring the right log back, remove the state to build it again from this log, or ` +
      `keep the state and go on at this log's beginning with \`bellwether accept-log ${input}\`.`,
  );
}

function noLongerHeld({ group, input, partition }: Claim, offset: number, start: number): StreamError {
  return new StreamError(
    'log-mismatch',
    `The state of ${group} needs ${input}/${partition} from offset ${offset}, but the log keeps it only from ${start}: ` +
      'bring back a newer copy of the state, or the older part of the log.',
  );
}
