import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import {
  anyOpportunityEvent,
  expectSteadyUntilNextDay,
  opportunitiesAfter,
  TODAY,
} from '../value/test-support.ts';
import { closedDayOf } from './opportunities-state.ts';
import { nextOpportunityDay, opportunitySummaryOf, wonBetween } from './opportunity-summary.ts';

const TYPES = { open: 'opportunity.created', won: 'opportunity.won', lost: 'opportunity.lost' } as const;
let serial = 0;
function told(
  end: keyof typeof TYPES,
  on: number,
  facts: { kind?: 'upsell' | 'new'; amountMinor?: number } = {},
) {
  serial += 1;
  const { kind, ...amount } = facts;
  const named = kind === undefined ? {} : { opportunityKind: kind };
  return given(TYPES[end], on, { data: { opportunityId: `o${serial}`, ...named, ...amount } });
}

describe('the opportunities of a customer at a glance', () => {
  it('are the pipeline, what was won and lost, and what was won in a year by kind (S54, S66, S67)', () => {
    const list = opportunitiesAfter([
      told('open', TODAY - 30, { amountMinor: 500 }),
      told('open', TODAY - 300),
      told('won', TODAY, { kind: 'upsell', amountMinor: 70 }),
      told('won', TODAY - 364, { kind: 'new', amountMinor: 20 }),
      told('won', TODAY - 365, { kind: 'new', amountMinor: 1_000 }),
      told('lost', TODAY - 5, { kind: 'new', amountMinor: 3 }),
    ]);
    expect(opportunitySummaryOf(list, TODAY)).toEqual({
      open: { count: 2, amountMinor: 500 },
      openWithoutAmount: 1,
      won: { count: 3, amountMinor: 1_090 },
      lost: { count: 1, amountMinor: 3 },
      wonByKind365: {
        new: { count: 1, amountMinor: 20 },
        upsell: { count: 1, amountMinor: 70 },
        'cross-sell': { count: 0, amountMinor: 0 },
        renewal: { count: 0, amountMinor: 0 },
      },
      firstCreatedDay: TODAY - 300,
      lastToldDay: TODAY,
    });
    expect(opportunitySummaryOf([], TODAY)).toMatchObject({
      open: { count: 0 },
      firstCreatedDay: null,
      lastToldDay: null,
    });
  });

  it('count what was won in a range of days, both ends included', () => {
    fc.assert(
      fc.property(
        fc.array(anyOpportunityEvent, { maxLength: 12 }),
        fc.nat(800),
        fc.nat(800),
        (events, from, to) => {
          const list = opportunitiesAfter(events);
          const range = { fromDay: TODAY - from, toDay: TODAY - to };
          const won = list.filter((one) => {
            const day = closedDayOf(one);
            return one.outcome?.value === true && day !== null && day >= range.fromDay && day <= range.toDay;
          });
          expect(wonBetween(list, range)).toEqual({
            count: won.length,
            amountMinor: won.reduce((sum, { amount }) => sum + (amount?.value ?? 0), 0),
          });
        },
      ),
    );
  });

  it('move with no event on the days named only', () => {
    fc.assert(
      fc.property(fc.array(anyOpportunityEvent, { maxLength: 10 }), (events) => {
        const list = opportunitiesAfter(events);
        const span = { from: TODAY, to: TODAY + 400 };
        expectSteadyUntilNextDay(
          (today) => opportunitySummaryOf(list, today),
          (today) => nextOpportunityDay(list, today),
          span,
        );
      }),
      { numRuns: 50 },
    );
  });
});
