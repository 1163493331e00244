import type { CustomerEvent } from '@bellwether/events';
import type { JsonRecord } from './message-parts.ts';

/** Where a source counts: its own numbers for one customer, or for whatever it names as `partitionkey`. */
export interface StreamPlace {
  /** Id of the document that follows the stream. */
  readonly id: string;
  readonly tenant: string;
  /** What the numbers count, of which customer's data a hole tells; null: of anybody's. */
  readonly customerId: string | null;
  /** The number of this event; null for an event that ends what was missing. */
  readonly number: number | null;
}

/** Numbers that have not come, both ends included. */
export interface MissingNumbers {
  readonly from: number;
  readonly to: number;
}

/** One stream of numbers of one source, as a document keeps it. */
export interface SequenceStream {
  readonly tenant: string;
  /** The number that is expected next. */
  readonly next: number;
  /** Event time of the newest number, epoch ms: what is lost after it was lost since then. */
  readonly lastTime: number;
  readonly missing: readonly MissingNumbers[];
  /** When the newest hole was noticed, epoch ms; only ever grows. Null: never. */
  readonly holeAt: number | null;
  /** So many holes that not all of them are kept: only a re-sync ends that. */
  readonly isLost: boolean;
}

/** Holes of one stream that are kept apart. */
export const MAX_HOLES = 32;

/** What one number did to its stream. */
export interface SequenceStep {
  /** Undefined: nothing to follow yet. */
  readonly stream: SequenceStream | undefined;
  /** A hole that opened: data may be missing from `since` up to `at`. */
  readonly hole?: MissingNumbers & { readonly since: number; readonly at: number };
  /** Everything that was missing up to then has come (epoch ms). */
  readonly filledThrough?: number;
}

/**
 * Where the sequence of an event is followed: only that of sources which say that theirs has no holes, with the
 * extension `sequencetype: Integer` of CloudEvents. Others use numbers that merely grow.
 */
export function streamPlaceOf(event: CustomerEvent, input: JsonRecord): StreamPlace | undefined {
  const { tenant, customerId, sequence } = event;
  if (event.type === 'source.resynced') return placeOf(event, event.data.source ?? event.source, customerId);
  const type = input.sequencetype;
  if (sequence === undefined || typeof type !== 'string' || type.toLowerCase() !== 'integer')
    return undefined;
  const key = typeof input.partitionkey === 'string' ? input.partitionkey : customerId;
  const place = placeOf({ tenant }, event.source, key);
  return { ...place, customerId: key === customerId ? customerId : null, number: sequence };
}

function placeOf({ tenant }: { readonly tenant: string }, source: string, key: string): StreamPlace {
  return { id: `${tenant}|${key}|${source}`, tenant, customerId: key, number: null };
}

/**
 * Takes the next number of a stream. Numbers before the first one seen are no holes, those seen before change nothing.
 * @param moment event time and time of receipt, epoch ms
 */
export function takeNumber(
  stream: SequenceStream | undefined,
  place: StreamPlace,
  moment: { readonly time: number; readonly receivedAt: number },
): SequenceStep {
  const { number, tenant } = place;
  const { time, receivedAt } = moment;
  // The source was read again: what was missing is not waited for any more.
  if (number === null) return { stream: stream && { ...stream, missing: [], isLost: false } };
  if (stream === undefined) {
    return { stream: { ...NEW_STREAM, tenant, next: number + 1, lastTime: time } };
  }
  if (number < stream.next) return fill(stream, number);
  const ahead = { ...stream, next: number + 1, lastTime: Math.max(stream.lastTime, time) };
  if (number === stream.next) return { stream: ahead };
  const hole = { from: stream.next, to: number - 1 };
  const at = Math.max(receivedAt, (stream.holeAt ?? 0) + 1);
  const missing = [...stream.missing, hole];
  const isLost = stream.isLost || missing.length > MAX_HOLES;
  return {
    stream: { ...ahead, missing: missing.slice(-MAX_HOLES), holeAt: at, isLost },
    hole: { ...hole, since: Math.min(stream.lastTime, at), at },
  };
}

const NEW_STREAM = { missing: [], holeAt: null, isLost: false } as const;

function fill(stream: SequenceStream, number: number): SequenceStep {
  const found = stream.missing.find(({ from, to }) => from <= number && number <= to);
  if (found === undefined) return { stream };
  const rest = [
    { from: found.from, to: number - 1 },
    { from: number + 1, to: found.to },
  ].filter(({ from, to }) => from <= to);
  const missing = stream.missing.flatMap((hole) => (hole === found ? rest : [hole]));
  const filled = { ...stream, missing: missing.slice(-MAX_HOLES) };
  if (missing.length > 0 || stream.isLost || stream.holeAt === null) {
    return { stream: missing.length > MAX_HOLES ? { ...filled, isLost: true } : filled };
  }
  return { stream: filled, filledThrough: stream.holeAt };
}
