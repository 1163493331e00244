import type { CustomerEvent } from '@bellwether/events';
import type { RetrospectRecord } from './retrospect.ts';

/** The two instants of a question about the past, epoch ms (N4). */
export interface AsKnown {
  /** The instant that the answer holds for. */
  readonly asOf: number;
  /** When it was asked: only what had been received by then counts. */
  readonly knownAt: number;
}

interface Placed<Record> {
  readonly record: Record;
  /** The instant at which it is taken; grows along the log. */
  readonly at: number;
}

/**
 * The records from which a customer is scored at `asOf` as known at `knownAt`, in the order in which they are taken.
 *
 * A record counts when it had been received by `knownAt` and belongs to `asOf` or before: an event by its time, a day
 * by its beginning, a context by the day of the record behind it, the first that it can move. Records keep the order of
 * the log. Only events that reached the log when the tenant's day was past `asOf` already are taken at their own time:
 * they are the late corrections. So an answer with `knownAt` = `asOf` is what was published, and later ones differ by
 * the corrections alone.
 * @param log all records of the customer's partition that concern it, in the order of the log
 */
export function recordsAsKnown(
  log: readonly RetrospectRecord[],
  { asOf, knownAt }: AsKnown,
): { readonly records: readonly RetrospectRecord[]; readonly lateEvents: readonly string[] } {
  const inPlace: Placed<RetrospectRecord>[] = [];
  const late: Placed<CustomerEvent>[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const { record, dayStartsAt } of onTheirDays(log)) {
    const own = record.kind === 'event' ? record.time : dayStartsAt;
    if (record.receivedAt > knownAt || own > asOf) continue;
    if (record.kind === 'event' && dayStartsAt > asOf) {
      late.push({ record, at: own });
      continue;
    }
    reached = Math.max(reached, own);
    inPlace.push({ record, at: reached });
  }
  late.sort((one, other) => one.at - other.at);
  return { records: merged(inPlace, late), lateEvents: late.map(({ record }) => record.id) };
}

/** Each record with the beginning of the tenant's day on which it is taken, epoch ms. */
function onTheirDays(log: readonly RetrospectRecord[]) {
  let dayStartsAt = Number.NEGATIVE_INFINITY;
  const days = log.map((record) => {
    if (record.kind === 'day') dayStartsAt = Math.max(dayStartsAt, record.startsAt);
    return dayStartsAt;
  });
  for (let index = log.length - 2; index >= 0; index -= 1) {
    // How the feeds do is told right before the day with which it changes.
    if (log[index]?.kind === 'context') days[index] = days[index + 1] ?? dayStartsAt;
  }
  return log.map((record, index) => ({ record, dayStartsAt: days[index] ?? dayStartsAt }));
}

/** What came late stands behind everything of the same instant that was there. */
function merged(
  inPlace: readonly Placed<RetrospectRecord>[],
  late: readonly Placed<RetrospectRecord>[],
): readonly RetrospectRecord[] {
  const records: RetrospectRecord[] = [];
  let next = 0;
  for (const { record, at } of inPlace) {
    for (
      let correction = late[next];
      correction !== undefined && correction.at < at;
      correction = late[next]
    ) {
      records.push(correction.record);
      next += 1;
    }
    records.push(record);
  }
  return [...records, ...late.slice(next).map(({ record }) => record)];
}
