import type { CustomerEvent } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_HOLES,
  type SequenceStream,
  type StreamPlace,
  streamPlaceOf,
  takeNumber,
} from './sequence-stream.ts';

const EVENT = {
  kind: 'event',
  tenant: 'acme',
  customerId: 'c1',
  id: 'e',
  source: '/crm',
  type: 'activity.login',
  time: 1_000,
  day: 0,
  receivedAt: 1_000,
  historical: false,
  sequence: 5,
  data: {},
} as const satisfies CustomerEvent;
const PLACE: StreamPlace = { id: 'acme|c1|/crm', tenant: 'acme', customerId: 'c1', number: null };

/** Follows one stream; event times and receipts grow by a second a step unless told. */
function follow(...numbers: readonly (number | null)[]) {
  let stream: SequenceStream | undefined;
  const told: string[] = [];
  numbers.forEach((number, step) => {
    const at = (step + 1) * 1_000;
    const taken = takeNumber(stream, { ...PLACE, number }, { time: at, receivedAt: at });
    stream = taken.stream;
    const { hole, filledThrough } = taken;
    if (hole) told.push(`${hole.from}-${hole.to} missing since ${hole.since / 1_000} at ${hole.at / 1_000}`);
    if (filledThrough !== undefined) told.push(`complete through ${filledThrough / 1_000}`);
  });
  return { stream, told };
}

describe('the numbers of a source', () => {
  it('are followed only where the source says that there are no holes', () => {
    expect(streamPlaceOf(EVENT, { sequencetype: 'Integer' })).toEqual({ ...PLACE, number: 5 });
    expect(streamPlaceOf(EVENT, {})).toBeUndefined();
    expect(streamPlaceOf(EVENT, { sequencetype: 'Timestamp' })).toBeUndefined();
    const { sequence: _none, ...unnumbered } = EVENT;
    expect(streamPlaceOf(unnumbered, { sequencetype: 'Integer' })).toBeUndefined();
  });

  it('count for the customer, or for what the source names as partition key', () => {
    const shared = streamPlaceOf(EVENT, { sequencetype: 'Integer', partitionkey: 'shard-3' });
    expect(shared).toEqual({ id: 'acme|shard-3|/crm', tenant: 'acme', customerId: null, number: 5 });
    expect(streamPlaceOf(EVENT, { sequencetype: 'Integer', partitionkey: 'c1' })?.customerId).toBe('c1');
  });

  it('may begin anywhere, and none is missing while each follows the one before', () => {
    expect(follow(57, 58, 59).told).toEqual([]);
  });

  it('show a hole as soon as one is left out, and its end when it came late', () => {
    expect(follow(1, 2, 5).told).toEqual(['3-4 missing since 2 at 3']);
    expect(follow(1, 2, 5, 3).told).toEqual(['3-4 missing since 2 at 3']);
    expect(follow(1, 2, 5, 4, 3).told).toEqual(['3-4 missing since 2 at 3', 'complete through 3']);
  });

  it('tell every hole, and are complete when all have come', () => {
    expect(follow(1, 3, 5, 2, 4).told).toEqual([
      '2-2 missing since 1 at 2',
      '4-4 missing since 2 at 3',
      'complete through 3',
    ]);
  });

  it('that were seen before change nothing', () => {
    const { stream } = follow(1, 2, 3);
    const again = takeNumber(stream, { ...PLACE, number: 2 }, { time: 9_000, receivedAt: 9_000 });
    expect(again).toEqual({ stream });
    expect(again.stream).toBe(stream);
  });

  it('are not waited for any more once their source was read again', () => {
    expect(follow(1, 4, null, 2, 3).told).toEqual(['2-3 missing since 1 at 2']);
    expect(follow(null, 7, 8).told).toEqual([]);
  });

  it('tell holes at times that only grow, whatever clocks do', () => {
    const early = takeNumber(undefined, { ...PLACE, number: 1 }, { time: 50, receivedAt: 100 });
    const one = takeNumber(early.stream, { ...PLACE, number: 3 }, { time: 60, receivedAt: 100 });
    const other = takeNumber(one.stream, { ...PLACE, number: 5 }, { time: 10, receivedAt: 90 });
    expect([one.hole?.at, other.hole?.at]).toEqual([100, 101]);
  });

  it('take bounded memory: with too many holes only a re-sync helps', () => {
    const odd = Array.from({ length: MAX_HOLES + 5 }, (_, index) => 2 * index + 1);
    const even = odd.slice(1).map((number) => number - 1);
    const { stream, told } = follow(...odd, ...even);
    expect(stream).toMatchObject({ isLost: true, missing: [] });
    expect(told.at(-1)).not.toContain('complete');
    expect(
      follow(...odd, null, ...even, 2 * odd.length, 2 * odd.length + 2, 2 * odd.length + 1).told.at(-1),
    ).toContain('complete');
  });

  it('say that something is missing exactly while something is, in any order of arrival', () => {
    const arrivals = fc.shuffledSubarray(
      Array.from({ length: 30 }, (_, index) => index + 1),
      { minLength: 5 },
    );
    fc.assert(
      fc.property(arrivals, (numbers) => {
        let stream: SequenceStream | undefined;
        let isOpen = false;
        const seen: number[] = [];
        for (const [step, number] of numbers.entries()) {
          const taken = takeNumber(stream, { ...PLACE, number }, { time: step, receivedAt: step });
          stream = taken.stream;
          if (taken.hole) isOpen = true;
          if (taken.filledThrough !== undefined) isOpen = false;
          seen.push(number);
          expect(isOpen, `after ${seen}`).toBe(isAnyMissing(seen));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The oracle: from the first number on, is one below the greatest missing? */
function isAnyMissing(seen: readonly number[]): boolean {
  const first = seen[0] ?? 0;
  for (let number = first; number < Math.max(...seen); number += 1) if (!seen.includes(number)) return true;
  return false;
}
