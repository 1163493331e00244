import {
  epochMonthOf,
  kpiSnapshotAt,
  kpiSnapshotOf,
  type PortfolioRow,
  toldMonthsOf,
} from '@bellwether/domain';
import { type Change, type CustomerChange, type CustomerEvent, DAY_MS, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeOf,
  eventOf,
  healthOf,
  ltvOf,
  scoreOf,
  situationOf,
  TENANT,
  TODAY,
} from '../test-support/records.ts';
import { buildMonths } from './build-months.ts';
import { buildPortfolioRow } from './build-portfolio-row.ts';
import { emptyCard, foldCard } from './fold-card.ts';
import { type CustomerScores, foldChange, unscoredCustomer } from './fold-change.ts';
import { foldMonths } from './fold-months.ts';

function folded(records: readonly CustomerChange[]): CustomerScores {
  return records.reduce(
    (before, record) => foldMonths(before, foldChange(before, record), record),
    unscoredCustomer(TENANT, 'c1'),
  );
}

const on = (day: number, ...changes: readonly Change[]) => changeOf(1, changes, { day, asOf: day * DAY_MS });

const amount = fc.integer({ min: -50, max: 500 });
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null, freq: 4 });
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  amount.map((value) => ltvOf(value)),
  maybe(fc.integer({ min: 0, max: 10_000 })).map((value) => healthOf(value)),
  maybe(fc.integer({ min: 0, max: 10_000 })).map((value) => scoreOf('churn', { value, band: 'low' })),
  fc
    .record({
      mrrMinor: maybe(fc.nat(90)),
      mrrMonthStartMinor: maybe(fc.nat(90)),
      velocityMinor: maybe(amount),
    })
    .map((parts) => scoreOf('revenue', { parts })),
  fc
    .record({
      valueTier: maybe(fc.constantFrom('platinum', 'basic')),
      segment: maybe(fc.constantFrom('enterprise', 'smb')),
      engagementModel: maybe(fc.constantFrom('executive', 'automated')),
    })
    .map((labels) => scoreOf('tier', { labels })),
  fc.constant(scoreOf('complexity', { value: 5 })),
);
const anyDay = fc.integer({ min: TODAY - 1_500, max: TODAY });
const anyEvent: fc.Arbitrary<CustomerEvent> = fc.oneof(
  fc
    .tuple(fc.constantFrom('Ada', 'Bo', 'Cy'), anyDay)
    .map(([owner, day]) => eventOf('customer.profile', { owner }, { day })),
  fc
    .tuple(fc.integer({ min: 0, max: 10 }), anyDay)
    .map(([score, day]) => eventOf('feedback.nps', { score, scaleMin: 0, scaleMax: 10 }, { day })),
);
const anyCustomer = fc.record({
  changes: fc
    .array(fc.tuple(fc.array(anyChange, { maxLength: 3 }), anyDay), { maxLength: 40 })
    .map((all) => all.sort(([, one], [, other]) => one - other).map(([changes, day]) => on(day, ...changes))),
  events: fc.array(anyEvent, { maxLength: 15 }),
});

describe('what is kept of the months of a customer', () => {
  it('gives the sums that replaying all changes and events up to the end of a month gives (S47 to S54)', () => {
    fc.assert(
      fc.property(fc.array(anyCustomer, { maxLength: 5 }), (customers) => {
        const kept = customers.map(({ changes, events }, index) =>
          buildMonths({
            customerId: `c${index}`,
            card: events.reduce(foldCard, emptyCard(TENANT, 'c1')),
            scores: changes.length === 0 ? undefined : folded(changes),
          }),
        );
        const present = epochMonthOf(TODAY);
        const { from, to } = toldMonthsOf(kept, present);
        for (let month = from; month <= to; month++) {
          const snapshot = kpiSnapshotAt(kept, month);
          const rows = customers.flatMap((customer, index) =>
            replayed(customer, snapshot.month, `c${index}`),
          );
          expect(snapshot).toEqual(kpiSnapshotOf(rows, { month: snapshot.month, expansion: null }));
        }
      }),
      { numRuns: 150 },
    );
  });

  /** The customer as if the log had ended with the month; nobody if it had not begun by then. */
  function replayed(
    customer: { readonly changes: readonly CustomerChange[]; readonly events: readonly CustomerEvent[] },
    month: string,
    customerId: string,
  ): readonly PortfolioRow[] {
    const isIn = (day: number | undefined) => formatDay(day ?? 0).slice(0, 7) <= month;
    const changes = customer.changes.filter(({ day }) => isIn(day));
    if (changes.length === 0) return [];
    const events = customer.events.filter(({ day }) => isIn(day));
    const card = events.reduce(foldCard, emptyCard(TENANT, 'c1'));
    const scores = changes.reduce(foldChange, unscoredCustomer(TENANT, 'c1'));
    return [buildPortfolioRow({ customerId, card, scores, standings: [], today: TODAY })];
  }

  it('takes the month of the day by which was decided, and that of the instant in records without it', () => {
    const june = 19_875;
    expect(formatDay(june)).toBe('2024-06-01');
    // The first of June begins in Tokyo while it is May in UTC.
    const asOf = june * DAY_MS - 9 * 3_600_000;
    const told = changeOf(1, [healthOf(5_000)], { day: june, asOf });
    const { day: _day, ...before } = told;
    expect([folded([told]).months?.since, folded([before]).months?.since]).toEqual([
      epochMonthOf(june),
      epochMonthOf(june) - 1,
    ]);
  });

  it('does not grow with what happens within a month', () => {
    const months = (count: number) =>
      folded(
        Array.from({ length: count }, (_, index) => on(TODAY, healthOf(100 + index), ltvOf(100 + index))),
      ).months;
    expect(JSON.stringify(months(90))).toHaveLength(JSON.stringify(months(10)).length);
  });

  it('remembers when an upsell or cross-sell was raised, once while it stands (S54)', () => {
    const told = (day: number, type: Parameters<typeof situationOf>[0], code = 'code') =>
      on(day, situationOf(type, { code }));
    const { offers } = folded([
      told(TODAY - 9, 'opportunity.upsell.raised'),
      told(TODAY - 8, 'opportunity.upsell.raised', 'another'),
      told(TODAY - 7, 'opportunity.cross-sell.raised'),
      told(TODAY - 6, 'opportunity.upsell.withdrawn'),
      told(TODAY - 5, 'opportunity.upsell.raised'),
      told(TODAY - 4, 'opportunity.win-back.raised'),
    ]);
    expect(offers).toEqual([
      { kind: 'upsell', day: TODAY - 9 },
      { kind: 'cross-sell', day: TODAY - 7 },
      { kind: 'upsell', day: TODAY - 5 },
    ]);
  });
});
