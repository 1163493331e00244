import {
  partitionOf,
  type QuarantineReason,
  type QuarantineRecord,
  type RedriveRecord,
} from '@bellwether/events';
import type { InputRecord, Log } from '@bellwether/stream';

/** Which entries are wanted; all of them without any. */
export interface QuarantineFilter {
  readonly tenant?: string;
  readonly reason?: QuarantineReason;
  /** Quarantined then or later, epoch ms. */
  readonly sinceMs?: number;
  readonly quarantineId?: string;
}

type ReadLog = Pick<Log, 'partitions' | 'read' | 'startOffset' | 'endOffset'>;
interface Place {
  readonly topic: string;
  readonly partition: number;
}

const PIECE = 500;
/** At the end of a partition there may be nothing but marks of the log itself, so a read there may bring nothing. */
const WAIT_MS = 3_000;

/** Entries that match, those of one partition in the order in which they came. */
export async function* quarantinedInOrder(
  log: ReadLog,
  filter: QuarantineFilter = {},
): AsyncGenerator<QuarantineRecord> {
  for (const place of placesOf(log, filter)) {
    const start = await log.startOffset(place.topic, place.partition);
    const end = await log.endOffset(place.topic, place.partition);
    for await (const record of recordsBetween(log, place, { start, end })) {
      if (matches(record, filter)) yield record.value as QuarantineRecord;
    }
  }
}

/** The newest entries that match, newest first; reads back only as far as it must. */
export async function newestQuarantined(
  log: ReadLog,
  filter: QuarantineFilter,
  limit: number,
): Promise<readonly QuarantineRecord[]> {
  const found = await Promise.all(
    placesOf(log, filter).map((place) => newestOf(log, place, { filter, limit })),
  );
  return found
    .flat()
    .sort((a, b) => b.timestampMs - a.timestampMs)
    .slice(0, limit)
    .map(({ value }) => value as QuarantineRecord);
}

/** When entries were given again last, by their id (epoch ms). */
export async function redrivenTimes(log: ReadLog): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  const topic = 'ingest-redrives';
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    const start = await log.startOffset(topic, partition);
    const end = await log.endOffset(topic, partition);
    for await (const { value } of recordsBetween(log, { topic, partition }, { start, end })) {
      const record = value as RedriveRecord;
      if (record.kind === 'redriven') times.set(record.quarantineId, record.at);
    }
  }
  return times;
}

async function newestOf(
  log: ReadLog,
  place: Place,
  { filter, limit }: { readonly filter: QuarantineFilter; readonly limit: number },
): Promise<readonly InputRecord[]> {
  const first = await log.startOffset(place.topic, place.partition);
  let end = await log.endOffset(place.topic, place.partition);
  const found: InputRecord[] = [];
  while (end > first && found.length < limit) {
    const start = Math.max(first, end - PIECE);
    const piece: InputRecord[] = [];
    for await (const record of recordsBetween(log, place, { start, end })) piece.push(record);
    found.push(...piece.filter((record) => matches(record, filter)).reverse());
    const oldest = piece[0];
    if (oldest !== undefined && filter.sinceMs !== undefined && oldest.timestampMs < filter.sinceMs) break;
    end = start;
  }
  return found.slice(0, limit);
}

async function* recordsBetween(
  log: ReadLog,
  place: Place,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<InputRecord> {
  let offset = start;
  while (offset < end) {
    const records = await log.read({ ...place, offset }, { limit: PIECE, waitMs: WAIT_MS });
    const last = records.at(-1);
    if (last === undefined) return;
    for (const record of records) if (record.offset < end) yield record;
    offset = last.offset + 1;
  }
}

function matches({ timestampMs, value }: InputRecord, filter: QuarantineFilter): boolean {
  const { tenant, reason, quarantineId } = value as QuarantineRecord;
  return (
    (filter.tenant === undefined || filter.tenant === tenant) &&
    (filter.reason === undefined || filter.reason === reason) &&
    (filter.quarantineId === undefined || filter.quarantineId === quarantineId) &&
    (filter.sinceMs === undefined || timestampMs >= filter.sinceMs)
  );
}

/** Partitions that may hold entries of the tenant: what ingest set aside is keyed by tenant. */
function placesOf(log: ReadLog, { tenant }: QuarantineFilter): readonly Place[] {
  return ['ingest-quarantine', 'scoring-quarantine'].flatMap((topic) => {
    const partitions = log.partitions(topic);
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    return tenant === undefined || topic === 'scoring-quarantine'
      ? all
      : all.filter(({ partition }) => partition === partitionOf(tenant, partitions));
  });
}
