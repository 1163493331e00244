import type { CustomerEvent } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { scoreHealth } from '../health/score-health.ts';
import { nextSignalDay } from './next-signal-day.ts';
import { initialSignals } from './state.ts';
import { allFeeds, anyFact, anyFeeds, anyIncrement, customerAfter, loginsOn, TODAY } from './test-support.ts';

describe('the next day on which health may change by itself (N3)', () => {
  it('is never for a customer of whom nothing is known', () => {
    expect(nextSignalDay(initialSignals(), TODAY)).toBeNull();
  });

  it('is the day on which the oldest use leaves the window', () => {
    const state = customerAfter(loginsOn([TODAY - 200, TODAY - 20, TODAY]));
    expect(nextSignalDay(state, TODAY)).toBe(TODAY + 10);
  });

  it('is the day on which the oldest use leaves the window that the trend compares with', () => {
    const state = customerAfter(loginsOn([TODAY - 200, TODAY - 50, TODAY - 5]));
    expect(nextSignalDay(state, TODAY)).toBe(TODAY + 10);
  });

  it('is the day after a goal was due', () => {
    const state = customerAfter([given('goal.set', TODAY, { data: { goalId: 'g', dueDate: '2024-10-10' } })]);
    expect(nextSignalDay(state, TODAY)).toBe(TODAY + 7);
  });

  it('is never late: until then, health reads the same every day', () => {
    const on = fc.integer({ min: TODAY - 399, max: TODAY + 2 });
    const happenings = fc.array(fc.oneof(anyIncrement(on), anyFact(on)), { maxLength: 4 });
    const feeds = fc.oneof(fc.constant(allFeeds('fresh')), anyFeeds);
    fc.assert(
      fc.property(fc.tuple(happenings, anyTicketLife(on), anyGoalLife(on)), feeds, (happened, known) => {
        const state = customerAfter(happened.flat());
        const readingOn = (today: number) => JSON.stringify(scoreHealth(state, { today, feeds: known }));
        let reading = readingOn(TODAY);
        let next = nextSignalDay(state, TODAY);
        for (let today = TODAY + 1; today < TODAY + 400; today += 1) {
          if (today === next) {
            reading = readingOn(today);
            next = nextSignalDay(state, today);
            expect(next ?? today + 1).toBeGreaterThan(today);
          } else {
            expect(readingOn(today)).toBe(reading);
          }
        }
      }),
    );
  });

  /** Nothing, or a ticket opened, responded to and resolved on three days. */
  function anyTicketLife(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent[]> {
    const data = { ticketId: 'life' };
    const lived = fc
      .tuple(on, on, on)
      .map(([opened, responded, resolved]) => [
        given('ticket.opened', opened, { data: { ...data, severity: 2 } }),
        given('ticket.responded', responded, { data }),
        given('ticket.resolved', resolved, { data }),
      ]);
    return fc.oneof(fc.constant([]), lived) as fc.Arbitrary<CustomerEvent[]>;
  }

  /** Nothing, or a goal set whose value is reported on another day. */
  function anyGoalLife(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent[]> {
    const lived = fc
      .tuple(on, on)
      .map(([set, realised]) => [
        given('goal.set', set, { data: { goalId: 'life', target: 10 } }),
        given('goal.value-realised', realised, { data: { goalId: 'life', actual: 4 } }),
      ]);
    return fc.oneof(fc.constant([]), lived) as fc.Arbitrary<CustomerEvent[]>;
  }
});
