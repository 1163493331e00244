import { type AsKnown, Retrospect, type RetrospectRecord, recordsAsKnown } from '@bellwether/domain';
import type { CustomerEventsRecord } from '@bellwether/events';
import { customerStreams } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScoredCustomer } from './support/scored-customer.ts';

/** A moment after which scoring stood still: everything told so far, and nothing of what came later, is in it. */
interface Moment extends AsKnown {
  readonly state: string;
  readonly changes: number;
}

/** Follows a stream through the real topology of scoring, and notes each moment that a question can name. */
function publishedMoments(records: readonly RetrospectRecord[]) {
  const customer = new ScoredCustomer();
  const passed: Moment[] = [];
  const owns = records.map(
    ((dayStartsAt) => (record: RetrospectRecord) => {
      if (record.kind === 'day') dayStartsAt = Math.max(dayStartsAt, record.startsAt);
      return record.kind === 'event' ? Math.max(record.time, dayStartsAt) : dayStartsAt;
    })(0),
  );
  let [asOf, knownAt] = [0, 0];
  for (const [index, record] of records.entries()) {
    customer.take(record);
    asOf = Math.max(asOf, owns[index] ?? 0);
    knownAt = Math.max(knownAt, record.receivedAt);
    passed.push({ asOf, knownAt, state: JSON.stringify(customer.state), changes: customer.changes.length });
  }
  // Of records that were received at one moment, only the last one leaves something that a question can name.
  const moments = passed.filter(({ asOf: end, knownAt: seen }, index) =>
    records.slice(index + 1).every((record, ahead) => {
      const own = record.kind === 'event' ? record.time : (owns[index + 1 + ahead] ?? 0);
      return record.receivedAt > seen || own > end;
    }),
  );
  return { moments, changes: customer.changes };
}

function lookBack(records: readonly RetrospectRecord[], at: AsKnown): Retrospect {
  const retrospect = new Retrospect();
  for (const record of recordsAsKnown(records, at).records) retrospect.take(record);
  return retrospect;
}

const isOfCustomer = (record: CustomerEventsRecord): record is RetrospectRecord => record.kind !== 'minute';
const RUNS = Number(process.env.BELLWETHER_RUNS ?? 25);

describe('a customer as it was at an instant, as known at that instant (N4)', () => {
  it(`is what scoring had published, byte for byte, in ${RUNS} streams with late and repeated events`, () => {
    let [compared, told] = [0, 0];
    fc.assert(
      fc.property(customerStreams({ maxLength: 40 }), (stream) => {
        const records = stream.filter(isOfCustomer);
        const { moments, changes } = publishedMoments(records);
        for (const { asOf, knownAt, state, changes: published } of moments) {
          const past = lookBack(records, { asOf, knownAt });
          expect(JSON.stringify(past.state)).toBe(state);
          expect(JSON.stringify(past.changes)).toBe(JSON.stringify(changes.slice(0, published)));
          compared += 1;
        }
        told += changes.length;
      }),
      { numRuns: RUNS },
    );
    console.log(
      `seed ${process.env.BELLWETHER_SEED}: ${compared} moments compared, ${told} changes published`,
    );
    expect(compared).toBeGreaterThan(RUNS * 5);
  }, 60_000);

  it('is the same as known ever after, at the end of each day, when nothing came late', () => {
    let compared = 0;
    fc.assert(
      fc.property(customerStreams({ maxLength: 40 }), (stream) => {
        const records = stream.filter(isOfCustomer).filter(isOnItsDay());
        const scored = new ScoredCustomer();
        let today = Number.NEGATIVE_INFINITY;
        for (const record of records) {
          if (record.kind === 'day' && record.startsAt > today) {
            const past = lookBack(records, { asOf: record.startsAt - 1, knownAt: Number.POSITIVE_INFINITY });
            expect(JSON.stringify(past.state)).toBe(JSON.stringify(scored.state));
            today = record.startsAt;
            compared += 1;
          }
          scored.take(record);
        }
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS);
  }, 60_000);
});

/** Keeps events that came on their own day, and everything else. */
function isOnItsDay() {
  let today: number | null = null;
  return (record: RetrospectRecord): boolean => {
    if (record.kind === 'day') today = Math.max(record.day, today ?? record.day);
    return record.kind !== 'event' || (today !== null && record.day === today);
  };
}
