import type { Census, CensusRecord } from '@bellwether/events';
import type { Log } from '@bellwether/stream';
import type { AwaitCensus } from './write-history.ts';

const PLACE = { topic: 'portfolio-findings', partition: 0 } as const;
const LIMIT = 500;
/** So long one look at the log may wait for something new. */
const WAIT_MS = 200;

/**
 * Waits for a census of the given tenant, from the beginning of the log on: an import that is continued finds those of
 * before. It waits as long as it takes, until the signal is given.
 */
export function censusReader(
  log: Pick<Log, 'read' | 'startOffset'>,
  signal: AbortSignal | undefined,
): AwaitCensus {
  const seen = new Map<string, Census>();
  let next: number | undefined;
  return async (tenant, day) => {
    const wanted = `${tenant}|${day}`;
    while (!signal?.aborted) {
      const census = seen.get(wanted);
      if (census) return census;
      next ??= await log.startOffset(PLACE.topic, PLACE.partition);
      const records = await log.read({ ...PLACE, offset: next }, { limit: LIMIT, waitMs: WAIT_MS });
      for (const { offset, value } of records) {
        const { tenant: of, census: found } = value as CensusRecord;
        const name = `${of}|${found.day}`;
        // Told twice it would be the same; the first stands where it was put.
        if (!seen.has(name)) seen.set(name, found);
        next = offset + 1;
      }
    }
    return undefined;
  };
}
