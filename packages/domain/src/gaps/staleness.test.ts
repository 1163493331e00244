import type { CustomerChange, CustomerEvent, FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerCourse } from '../customer/test-course.ts';
import { contextOn, given, givenAgreement } from '../customer/test-support.ts';
import { type DataGaps, NO_GAPS } from './data-gaps.ts';
import { withMissing } from './staleness.ts';

const DAY = 20_000;
const noon = (day: number) => day * 86_400_000 + 43_200_000;
const gap = (day: number, source = 'crm') =>
  given('source.gap-detected', day, { source, data: { cause: 'gap-marker' } });
const resynced = (day: number, source = 'crm') => given('source.resynced', day, { source, data: {} });
const paid = (day: number) => given('payment.paid', day, { data: { amountMinor: 100 } });
const WHOLE: FeedStatuses = { payment: { status: 'fresh', lastDay: DAY } };
const MISSING: FeedStatuses = {
  payment: { status: 'fresh', lastDay: DAY, missingSince: noon(DAY - 2) },
};

describe('a customer of whom data may be missing (N14)', () => {
  it('says so at once in a change of its own, and again when it is complete', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    course.take(gap(DAY), contextOn(DAY));
    course.take(resynced(DAY + 1), contextOn(DAY + 1));
    const [, begun, ended] = course.changes;
    expect(begun).toMatchObject({ sequence: 2, staleSince: noon(DAY), changes: [], cause: 'new-data' });
    expect(ended).toMatchObject({ sequence: 3, changes: [] });
    expect(ended?.staleSince).toBeUndefined();
  });

  it('says so with every change in between, and its scores go on', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    course.take(gap(DAY), contextOn(DAY));
    course.take(paid(DAY + 1), contextOn(DAY + 1));
    expect(course.changes.at(-1)).toMatchObject({ staleSince: noon(DAY) });
    expect(course.changes.at(-1)?.changes.length).toBeGreaterThan(0);
  });

  it('says nothing new when a later gap joins, nor when one of two ends that is not the earliest', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    course.take(gap(DAY), contextOn(DAY));
    const told = course.changes.length;
    course.take(gap(DAY + 1, 'support'), contextOn(DAY + 1));
    course.take(resynced(DAY + 2, 'support'), contextOn(DAY + 2));
    expect(course.changes).toHaveLength(told);
    course.take(gap(DAY - 5, 'billing'), contextOn(DAY + 2));
    expect(course.changes.at(-1)).toMatchObject({ staleSince: noon(DAY - 5) });
  });

  it('is no less a customer for it: neither its first nor its last event moves', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    const { firstEventDay, lastEventAt } = course.state ?? {};
    course.take(gap(DAY + 3), contextOn(DAY + 3));
    course.take(gap(DAY - 30), contextOn(DAY + 3));
    expect(course.state).toMatchObject({ firstEventDay, lastEventAt });
  });

  it('takes a gap that is told twice once', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    const told = gap(DAY);
    course.take(told, contextOn(DAY));
    expect(course.take(told, contextOn(DAY))).toBe('duplicate');
  });
});

describe('a tenant of which data may be missing (N14)', () => {
  it('is told with the next change of each customer, not by changes of all of them', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY, { feeds: WHOLE }));
    course.begin(contextOn(DAY + 1, { feeds: MISSING, contextVersion: 2 }));
    expect(course.changes.at(-1)?.staleSince).toBeUndefined();
    course.take(paid(DAY + 1), contextOn(DAY + 1, { feeds: MISSING, contextVersion: 2 }));
    expect(course.changes.at(-1)).toMatchObject({ staleSince: noon(DAY - 2) });
  });

  it('is told to be complete by a change of each customer that has said otherwise', () => {
    const [stale, quiet] = [new CustomerCourse(), new CustomerCourse()];
    for (const course of [stale, quiet]) course.take(paid(DAY), contextOn(DAY, { feeds: WHOLE }));
    stale.take(paid(DAY + 1), contextOn(DAY + 1, { feeds: MISSING, contextVersion: 2 }));
    quiet.begin(contextOn(DAY + 1, { feeds: MISSING, contextVersion: 2 }));
    const [before, silent] = [stale.changes.length, quiet.changes.length];
    for (const course of [stale, quiet])
      course.begin(contextOn(DAY + 1, { feeds: WHOLE, contextVersion: 3 }));
    expect(stale.changes.slice(before)).toMatchObject([{ cause: 'reference-change', changes: [] }]);
    expect(stale.changes.at(-1)?.staleSince).toBeUndefined();
    expect(quiet.changes).toHaveLength(silent);
  });

  it('does not end what is missing of the customer alone', () => {
    const course = new CustomerCourse();
    course.take(paid(DAY), contextOn(DAY));
    course.take(gap(DAY), contextOn(DAY, { feeds: MISSING }));
    expect(course.changes.at(-1)).toMatchObject({ staleSince: noon(DAY - 2) });
    course.begin(contextOn(DAY, { contextVersion: 2 }));
    expect(course.changes.at(-1)).toMatchObject({ staleSince: noon(DAY) });
  });

  it('marks the feeds that its gaps concern, where they deliver anything', () => {
    const feeds: FeedStatuses = {
      ticket: { status: 'fresh', lastDay: DAY },
      payment: { status: 'stale', lastDay: DAY - 300 },
    };
    const gaps = (named: readonly ('ticket' | 'goal')[]): DataGaps => ({
      open: [{ source: 'crm', cause: 'gap-marker', since: 5, at: 9, feeds: named }],
      resyncs: [],
    });
    expect(withMissing(feeds, NO_GAPS)).toBe(feeds);
    expect(withMissing(feeds, gaps(['ticket', 'goal']))).toEqual({
      ticket: { status: 'fresh', lastDay: DAY, missingSince: 5 },
      payment: { status: 'stale', lastDay: DAY - 300 },
    });
    expect(withMissing(feeds, gaps([])).payment).toMatchObject({ missingSince: 5 });
  });
});

describe('the changes of a customer, whatever comes,', () => {
  const step = fc.oneof(
    fc.nat(8).map((back) => (day: number) => gap(day - back)),
    fc.nat(8).map((back) => (day: number) => gap(day - back, 'support')),
    fc.constant((day: number) => resynced(day)),
    fc.constant((day: number) => resynced(day, 'support')),
    fc.constant((day: number) => paid(day)),
    fc.constant((day: number) => givenAgreement('created', day, { agreementType: 'MSA', valueMinor: 5 })),
  );

  it('say exactly while something is missing that it is, and the last one since when (oracle)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(2)), { maxLength: 20 }), (steps) => {
        const course = new CustomerCourse({ isStored: true });
        const events: CustomerEvent[] = [];
        course.take(paid(DAY), contextOn(DAY));
        let day = DAY;
        for (const [make, pause] of steps) {
          day += pause;
          const event = make(day);
          events.push(event);
          course.take(event, contextOn(day));
          const last = course.changes.at(-1) as CustomerChange | undefined;
          expect(last?.staleSince ?? null).toBe(lookedUp(events));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The oracle: the earliest of all gaps that no later re-sync of their source has covered. */
function lookedUp(events: readonly CustomerEvent[]): number | null {
  const open = events.filter(
    (one) =>
      one.type === 'source.gap-detected' &&
      !events.some(
        (other) => other.type === 'source.resynced' && other.source === one.source && other.time >= one.time,
      ),
  );
  return open.length === 0 ? null : Math.min(...open.map(({ time }) => time));
}
