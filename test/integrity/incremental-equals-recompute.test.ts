import type { CustomerEventsRecord } from '@bellwether/events';
import { changeFaults, customerStreams, recomputeCustomer } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import regressions from './regressions/incremental-equals-recompute.json' with { type: 'json' };
import { expectPublished, expectPublishedHealth, expectSameFeatures } from './support/compare-features.ts';
import { keepRegression } from './support/keep-regression.ts';
import { observedFeatures, ScoredCustomer } from './support/scored-customer.ts';

const RUNS = Number(process.env.BELLWETHER_RUNS ?? 200);
const NAME = 'incremental-equals-recompute';

/** Follows a stream; after every record what scoring keeps must be what the oracle makes of all events so far. */
function follow(records: readonly CustomerEventsRecord[]): ScoredCustomer {
  const customer = new ScoredCustomer();
  for (const record of records) {
    customer.take(record);
    expectRightNow(customer);
  }
  expect(changeFaults(customer.changes)).toEqual([]);
  return customer;
}

function expectRightNow({ state, head, given, reviewedDay }: ScoredCustomer): void {
  if (state === undefined || head.day === null) return;
  const context = { today: head.day, feeds: head.feeds };
  const expected = recomputeCustomer(given, context);
  const isReviewed = reviewedDay === head.day;
  const observed = observedFeatures(state, context);
  expectSameFeatures(isReviewed ? observed : { ...observed, notices: expected.notices }, expected);
  if (!isReviewed) return;
  expectPublished(state, expected);
  if (state.contextVersion === head.contextVersion) expectPublishedHealth(state, expected);
}

/** Longer runs (`BELLWETHER_RUNS`) take as long as they take. */
const LONGEST_MS = 15_000 + RUNS * 30;

describe('the features of a customer after every record of a shuffled, repeated, late stream', () => {
  it('are those of a recompute from all events, in streams that once were not', () => {
    for (const records of regressions as unknown as CustomerEventsRecord[][]) follow(records);
  });

  it(
    `are those of a recompute from all events, in ${RUNS} streams by seed`,
    () => {
      let scored = 0;
      const property = fc.property(customerStreams({ maxLength: 60 }), (records) => {
        const { state } = follow(records);
        if (state?.published.health?.valueHundredths !== null) scored += 1;
      });
      fc.assert(property, {
        numRuns: RUNS,
        reporter: (run) => {
          if (!run.failed) return;
          const [counterexample] = run.counterexample ?? [];
          const file = keepRegression(NAME, counterexample);
          throw new Error(`${fc.defaultReportMessage(run)}\nKept in ${file}.`);
        },
      });
      // Streams that score nothing prove nothing about health.
      expect(scored).toBeGreaterThan(RUNS / 4);
    },
    LONGEST_MS,
  );
});
