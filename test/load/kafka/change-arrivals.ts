import type { Log } from '@bellwether/stream';

const TOPIC = 'customer-changes';
const WAIT_MS = 1_000;
const MOST_RECORDS = 1_000;

/** When the change that each event caused first arrived (`performance.now()`), by the event's id. */
export interface ChangeArrivals {
  readonly at: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Reads the committed records of `customer-changes` from now on, as an application would. */
export async function watchChanges(log: Log): Promise<ChangeArrivals> {
  const at = new Map<string, number>();
  const stop = new AbortController();
  const follow = async (partition: number, end: number): Promise<void> => {
    for (let offset = end; !stop.signal.aborted; ) {
      const options = { limit: MOST_RECORDS, waitMs: WAIT_MS, signal: stop.signal };
      const records = await log.read({ topic: TOPIC, partition, offset }, options);
      const nowMs = performance.now();
      for (const { value } of records) {
        const { causedBy = [] } = value as { readonly causedBy?: readonly string[] };
        for (const id of causedBy) if (!at.has(id)) at.set(id, nowMs);
      }
      offset = (records.at(-1)?.offset ?? offset - 1) + 1;
    }
  };
  const partitions = Array.from({ length: log.partitions(TOPIC) }, (_, partition) => partition);
  const ends = await Promise.all(partitions.map((partition) => log.endOffset(TOPIC, partition)));
  const following = Promise.all(partitions.map((partition) => follow(partition, ends[partition] ?? 0)));
  // A failure is told by `stop`.
  following.catch(() => undefined);
  return {
    at,
    stop: async () => {
      stop.abort();
      await following;
    },
  };
}
