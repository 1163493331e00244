import { readTopic } from '@bellwether/embedded';
import type { InputRecord, Log } from '@bellwether/stream';
import { changedLog } from '../../../packages/stream/src/testing/bank.fixture.ts';

/** What was found in a topic whose records are numbered by key. */
export interface Repeats {
  readonly count: number;
  /** Records with a number that another record had before, and another content. */
  readonly different: readonly string[];
}

/** Kinds of records whose `sequence` numbers what is told of a key; the one of an event is its source's. */
const NUMBERED: readonly unknown[] = ['change', 'current', 'score-changed'];

/**
 * The log as a reader sees it that drops what has a `sequence` not greater than the last of its key, as readers are
 * told to with idempotent delivery. It reads each partition from its beginning, in order.
 */
export function droppingRepeats(log: Log): Log {
  const places = new Map<string, Map<string, number>>();
  return changedLog(log, {
    read: async (from, options) => {
      const place = `${from.topic}/${from.partition}`;
      const last = (from.offset === 0 ? undefined : places.get(place)) ?? new Map<string, number>();
      places.set(place, last);
      for (let { offset } = from; ; ) {
        const records = await log.read({ ...from, offset }, options);
        const fresh = records.filter((record) => isNew(record, last));
        const end = records.at(-1);
        // No record at all would look like the end.
        if (fresh.length > 0 || !end) return fresh;
        offset = end.offset + 1;
      }
    },
  });
}

/** What a topic holds more than once. */
export async function repeatsOf(log: Log, topic: string): Promise<Repeats> {
  const seen = new Map<string, string>();
  const last = new Map<string, number>();
  const different: string[] = [];
  let count = 0;
  for await (const record of readTopic(log, topic)) {
    const text = JSON.stringify(record.value);
    const name = `${seriesOf(record)} #${sequenceOf(record)}`;
    if (isNew(record, last)) {
      seen.set(name, text);
      continue;
    }
    count += 1;
    if (seen.get(name) !== text) different.push(name);
  }
  return { count, different };
}

function isNew(record: InputRecord, last: Map<string, number>): boolean {
  const sequence = sequenceOf(record);
  if (sequence === undefined) return true;
  const series = seriesOf(record);
  if (sequence <= (last.get(series) ?? 0)) return false;
  last.set(series, sequence);
  return true;
}

function sequenceOf({ value }: InputRecord): number | undefined {
  const { kind, sequence, revision } = (value ?? {}) as Record<'kind' | 'sequence' | 'revision', unknown>;
  if (kind === 'alert' && typeof revision === 'number') return revision;
  return NUMBERED.includes(kind) && typeof sequence === 'number' ? sequence : undefined;
}

/** What is numbered: the records of a customer, or the transitions of one alert. */
function seriesOf({ key, value }: InputRecord): string {
  const { kind, alertId } = (value ?? {}) as Record<'kind' | 'alertId', unknown>;
  return kind === 'alert' ? `${key} ${String(alertId)}` : key;
}
