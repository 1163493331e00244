import type { CustomerEventsRecord } from '@bellwether/events';
import { changeFaults, customerStreams } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import regressions from './regressions/incremental-equals-recompute.json' with { type: 'json' };
import { dayMark } from './support/day-mark.ts';
import { expectExactly, expectRightNow } from './support/expect-right-now.ts';
import { keepRegression } from './support/keep-regression.ts';
import { decidedAfresh } from './support/published-scores.ts';
import { ScoredCustomer } from './support/scored-customer.ts';

const RUNS = Number(process.env.BELLWETHER_RUNS ?? 250);
const NAME = 'incremental-equals-recompute';

/** Follows a stream; after every record what scoring keeps must be what the oracle makes of all events so far. */
function follow(records: readonly CustomerEventsRecord[]): ScoredCustomer {
  const customer = new ScoredCustomer();
  for (const record of records) {
    const before = customer.state;
    customer.take(record);
    expectRightNow(customer, before);
  }
  expect(changeFaults(customer.changes)).toEqual([]);
  return customer;
}

/** Longer runs (`BELLWETHER_RUNS`) take as long as they take. */
const LONGEST_MS = 60_000 + RUNS * 300;

/** Every score and situation, decided with nothing published before. */
function rawValuesOf({ state, head }: ScoredCustomer) {
  if (state === undefined) return undefined;
  const { nextDays: _, asOf: __, ...parts } = decidedAfresh(state, head);
  return parts;
}

describe('the features and scores of a customer after every record of a shuffled, repeated, late stream', () => {
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
        endOnFailure: true,
        reporter: (run) => {
          if (!run.failed) return;
          const [counterexample] = run.counterexample ?? [];
          const file = keepRegression(NAME, counterexample);
          throw new Error(`${fc.defaultReportMessage(run)}\nKept in ${file}.`);
        },
      });
      // Streams that score nothing prove nothing about health.
      expect(scored).toBeGreaterThan(RUNS / 8);
    },
    LONGEST_MS,
  );
});

const DAYS = 400;
const QUIET_RUNS = Math.ceil(RUNS / 3);

describe(`${DAYS} days on which nothing happens`, () => {
  it(
    `leave the same raw values, taken one by one, as one evaluation at the end, in ${QUIET_RUNS} streams by seed`,
    () => {
      const property = fc.property(customerStreams({ maxLength: 40 }), (records) => {
        const patient = new ScoredCustomer();
        for (const record of records) patient.take(record);
        const atOnce = new ScoredCustomer();
        for (const record of records) atOnce.take(record);
        const today = patient.head.day ?? 0;
        for (let day = today + 1; day <= today + DAYS; day += 1) {
          const before = patient.state;
          patient.take(dayMark(day));
          if (day % 40 === 0 || day === today + DAYS) expectRightNow(patient, before);
        }
        const before = atOnce.state;
        atOnce.take(dayMark(today + DAYS));
        expectRightNow(atOnce, before);
        for (const customer of [patient, atOnce]) expectExactly(customer);
        expect(rawValuesOf(atOnce)).toEqual(rawValuesOf(patient));
      });
      fc.assert(property, { numRuns: QUIET_RUNS });
    },
    LONGEST_MS,
  );
});
