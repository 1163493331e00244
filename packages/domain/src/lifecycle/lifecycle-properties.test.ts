import type { CustomerEvent, FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Customer, customerOf, feedsOf, TODAY } from '../relationship/test-support/customer.ts';
import { anyFeeds, anyHappening } from '../relationship/test-support/happenings.ts';
import { decideLifecycle, lifecycleOf, nextLifecycleDay } from './decide-lifecycle.ts';
import { recomputeJourney, recomputeValueStage } from './test-support/recompute.ts';

const recent = fc.integer({ min: TODAY - 380, max: TODAY });
const happenings = fc.array(anyHappening(recent), { maxLength: 25 });
const anyHealth = fc.option(fc.integer({ min: 7_000, max: 9_500 }));

const read = (
  customer: Customer,
  health: number | null,
  moment: { today?: number; feeds?: FeedStatuses } = {},
) => {
  const { today = TODAY, feeds = feedsOf() } = moment;
  const healthNow = { valueHundredths: health, missing: [] };
  return lifecycleOf(customer, { today, feeds, health: healthNow, published: null });
};

describe('the lifecycle', () => {
  it('is the same in any order of arrival (N5)', () => {
    const inAnyOrder = fc
      .array(anyHappening(recent), { minLength: 2, maxLength: 30 })
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      );
    fc.assert(
      fc.property(inAnyOrder, anyHealth, ([events, shuffled], health) => {
        expect(read(customerOf(shuffled), health)).toEqual(read(customerOf(events), health));
      }),
    );
  });

  it('is what the events say when computed anew', () => {
    fc.assert(
      fc.property(happenings, anyHealth, anyFeeds, (events, health, feeds) => {
        const { journey, valueStage } = read(customerOf(events), health, { feeds });
        const situation = { events, feeds, today: TODAY };
        expect(valueStage.stage).toBe(recomputeValueStage(situation));
        const oracle = recomputeJourney(situation, health);
        expect(journey.stage).toBe(oracle.stage);
        expect(journey.refused.map(({ eventId }) => eventId)).toEqual(oracle.refused);
      }),
      { numRuns: 300 },
    );
  });

  it('stays as it is until the day on which it is looked at again (N3)', () => {
    const withAhead = fc.array(anyHappening(fc.integer({ min: TODAY - 380, max: TODAY + 2 })), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(
        withAhead,
        anyHealth,
        fc.oneof(fc.constant(feedsOf()), anyFeeds),
        (events, health, feeds) => {
          const customer = customerOf(events);
          const on = (today: number) => JSON.stringify(read(customer, health, { today, feeds }));
          let reading = on(TODAY);
          let next = nextLifecycleDay(customer, { today: TODAY, feeds });
          for (let today = TODAY + 1; today < TODAY + 700; today += 1) {
            if (today === next) {
              reading = on(today);
              next = nextLifecycleDay(customer, { today, feeds });
              expect(next ?? today + 1).toBeGreaterThan(today);
            } else {
              expect(on(today)).toBe(reading);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('never moves but along the graph, whatever is told: else it says that it was corrected', () => {
    fc.assert(
      fc.property(happenings, happenings, (before, after) => {
        const first = decideLifecycle(null, read(customerOf(before), 9_000));
        const events: readonly CustomerEvent[] = [...before, ...after];
        const { change } = decideLifecycle(first.published, read(customerOf(events), 9_000));
        for (const { signal, contribution, text } of change?.reasons ?? []) {
          expect(contribution).toBe(0);
          if (signal !== 'journeyStage' || first.published?.labels.journeyStage === null) continue;
          expect(text).toMatch(/, from |corrected/);
        }
      }),
    );
  });
});
