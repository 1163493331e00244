import type { InputRecord, Log } from '@bellwether/stream';

/** A log to be tried, with names of its own for every test, so that tests on a shared server do not meet. */
export interface LogUnderTest {
  readonly log: Log;
  /** Empty topics: `single` has one partition, `keyed` and `other` have the same number, more than one. */
  readonly topics: { readonly single: string; readonly keyed: string; readonly other: string };
  /** A consumer group without committed offsets. */
  readonly group: string;
  /** Closes the log and opens it again over the same data. Called only where the data outlives it. */
  reopen(): Promise<Log>;
  close(): Promise<void>;
}
export type OpenLog = () => Promise<LogUnderTest>;

/** `durable`: data outlives the adapter, which is then held to that too. */
export interface Durability {
  readonly durable: boolean;
}

/** How long a record that was acknowledged may take to be seen. */
const VISIBLE_WITHIN_MS = 10_000;

/**
 * Reads from `offset` until `count` records have come, however many reads that takes.
 * @throws Error when they do not come
 */
export async function readCount(
  log: Log,
  from: { readonly topic: string; readonly partition: number; readonly offset?: number },
  count: number,
): Promise<InputRecord[]> {
  const records: InputRecord[] = [];
  const deadlineMs = Date.now() + VISIBLE_WITHIN_MS;
  let offset = from.offset ?? 0;
  while (records.length < count && Date.now() < deadlineMs) {
    const { topic, partition } = from;
    const more = await log.read({ topic, partition, offset }, { limit: count - records.length, waitMs: 500 });
    records.push(...more);
    offset = (more.at(-1)?.offset ?? offset - 1) + 1;
  }
  if (records.length < count)
    throw new Error(`${records.length} of ${count} records came from ${from.topic}`);
  return records;
}

/** The values of the first `count` records of a partition. */
export async function readValues(
  log: Log,
  from: { readonly topic: string; readonly partition: number; readonly offset?: number },
  count: number,
): Promise<unknown[]> {
  return (await readCount(log, from, count)).map((record) => record.value);
}
