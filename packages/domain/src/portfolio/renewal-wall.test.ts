import { formatDay, parseDate } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CO_TERMINUS_DAYS, coTerminusOf } from './co-terminus.ts';
import { addMonths, quarterOf } from './months.ts';
import { type DueDates, renewalWall } from './renewal-wall.ts';
import { anyRows, givenRenewal, givenRow } from './test-support.ts';

const day = (date: string) => parseDate(date) ?? Number.NaN;
const TODAY = day('2024-10-15');

describe('the renewal wall (S22, N9)', () => {
  const rows = [
    givenRow({
      customerId: 'acme',
      healthHundredths: 4_999,
      renewals: [
        givenRenewal('A', {
          valueMinor: 100,
          endDay: day('2024-12-31'),
          noticeDay: day('2024-11-01'),
          autoRenew: true,
        }),
        givenRenewal('B', { valueMinor: 30, endDay: day('2024-12-01'), noticeDay: day('2024-10-14') }),
        givenRenewal('C', { endDay: day('2024-12-15') }),
      ],
    }),
    givenRow({
      customerId: 'beta',
      healthHundredths: 5_000,
      renewals: [
        givenRenewal('D', { valueMinor: 7, endDay: day('2024-10-15'), autoRenew: false }),
        givenRenewal('E', { valueMinor: 9, endDay: day('2025-01-01') }),
        givenRenewal('F', { valueMinor: 1 }),
      ],
    }),
  ];

  it('adds up by month of the end: what renews by itself, what does not, and what is at risk', () => {
    const { byEnd } = renewalWall(rows, { today: TODAY, months: 3 });
    expect(byEnd.months).toMatchObject([
      { month: '2024-10', agreements: 1, valueMinor: 7, autoRenewMinor: 0, toRenewMinor: 7, atRiskMinor: 0 },
      { month: '2024-11', agreements: 0, customers: 0, valueMinor: 0 },
      {
        month: '2024-12',
        agreements: 3,
        customers: 1,
        valueMinor: 130,
        autoRenewMinor: 100,
        toRenewMinor: 30,
        atRiskAgreements: 3,
        atRiskMinor: 130,
        unvalued: 1,
      },
    ]);
    expect(byEnd).toMatchObject({
      later: { valueMinor: 9 },
      passed: { agreements: 0 },
      undated: { valueMinor: 1 },
    });
  });

  it('adds up by month of the notice deadline, with those passed and those without one', () => {
    const { byNotice } = renewalWall(rows, { today: TODAY, months: 2 });
    expect(byNotice.months.map(({ month, valueMinor }) => [month, valueMinor])).toEqual([
      ['2024-10', 0],
      ['2024-11', 100],
    ]);
    expect(byNotice).toMatchObject({
      passed: { valueMinor: 30 },
      undated: { agreements: 4, valueMinor: 17 },
    });
  });

  it('does not take unknown amounts for nothing (D20)', () => {
    const unknown = [givenRow({ renewals: [givenRenewal('A', { endDay: TODAY })] })];
    expect(renewalWall(unknown, { today: TODAY, months: 1 }).byEnd.months).toMatchObject([
      { agreements: 1, valueMinor: null, toRenewMinor: null, autoRenewMinor: 0, unvalued: 1 },
    ]);
  });

  it.each([0, 61, 2.5])('has no %d months', (months) => {
    expect(() => renewalWall([], { today: TODAY, months })).toThrow(RangeError);
  });

  it('has every agreement in one place, by the month written on its day, in any order of the rows', () => {
    const today = 20_000;
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 15 }), ({ rows: some, mixed }, months) => {
        const wall = renewalWall(some, { today, months });
        expect(renewalWall(mixed, { today, months })).toEqual(wall);
        const all = some.flatMap(({ renewals }) => renewals);
        const check = (
          { months: told, later, passed, undated }: DueDates,
          days: readonly (number | null)[],
        ) => {
          const future = days.filter((one) => one !== null).filter((one) => one >= today);
          for (const { month, agreements } of told) {
            expect(agreements).toBe(future.filter((one) => formatDay(one).startsWith(month)).length);
          }
          expect(undated.agreements).toBe(days.filter((one) => one === null).length);
          const placed = told.reduce((sum, { agreements }) => sum + agreements, 0);
          expect(placed + later.agreements + passed.agreements + undated.agreements).toBe(all.length);
        };
        check(
          wall.byEnd,
          all.map(({ endDay }) => endDay),
        );
        check(
          wall.byNotice,
          all.map(({ noticeDay }) => noticeDay),
        );
      }),
    );
  });
});

describe('agreements that end together (N8)', () => {
  it('lie within 30 days of the first of them', () => {
    const renewals = [
      givenRenewal('A', { valueMinor: 5, endDay: TODAY + 10, noticeDay: TODAY - 1 }),
      givenRenewal('B', { valueMinor: 6, endDay: TODAY + 40, noticeDay: TODAY + 9 }),
      givenRenewal('C', { valueMinor: 7, endDay: TODAY + 41 }),
      givenRenewal('D', { endDay: TODAY - 1 }),
      givenRenewal('E'),
    ];
    expect(coTerminusOf([givenRow({ renewals })], TODAY)).toEqual([
      {
        customerId: 'acme',
        agreementIds: ['A', 'B'],
        firstEndDay: TODAY + 10,
        lastEndDay: TODAY + 40,
        nextNoticeDay: TODAY + 9,
        valueMinor: 11,
      },
    ]);
  });

  it('are of one customer', () => {
    const endDay = TODAY + 5;
    const rows = ['a', 'b'].map((customerId) =>
      givenRow({ customerId, renewals: [givenRenewal('A', { endDay })] }),
    );
    expect(coTerminusOf(rows, TODAY)).toEqual([]);
  });

  it('are in one cluster at most, none could be longer, and none is left out', () => {
    const today = 20_000;
    fc.assert(
      fc.property(anyRows, ({ rows, mixed }) => {
        const clusters = coTerminusOf(rows, today);
        expect(coTerminusOf(mixed, today)).toEqual(clusters);
        for (const { customerId, renewals } of rows) {
          const own = clusters.filter((cluster) => cluster.customerId === customerId);
          const inCluster = own.flatMap(({ agreementIds }) => agreementIds);
          expect(new Set(inCluster).size).toBe(inCluster.length);
          const ends = renewals.flatMap(({ agreementId, endDay }) =>
            endDay === null || endDay < today ? [] : [{ agreementId, endDay }],
          );
          for (const { firstEndDay, lastEndDay, agreementIds } of own) {
            expect(lastEndDay - firstEndDay).toBeLessThanOrEqual(CO_TERMINUS_DAYS);
            const within = ends.filter(
              ({ endDay }) => endDay >= firstEndDay && endDay <= firstEndDay + CO_TERMINUS_DAYS,
            );
            expect(agreementIds.toSorted()).toEqual(within.map(({ agreementId }) => agreementId).sort());
          }
          // Whoever stands alone has nobody after it that no cluster has.
          const alone = ends
            .filter(({ agreementId }) => !inCluster.includes(agreementId))
            .map(({ endDay }) => endDay);
          alone.sort((a, b) => a - b);
          for (const [index, endDay] of alone.entries()) {
            expect((alone[index + 1] ?? Number.POSITIVE_INFINITY) - endDay).toBeGreaterThan(CO_TERMINUS_DAYS);
          }
        }
      }),
    );
  });
});

describe('months', () => {
  it('go on over the turn of the year, and back', () => {
    expect([1, -13, 0].map((count) => addMonths('2024-11', count))).toEqual([
      '2024-12',
      '2023-10',
      '2024-11',
    ]);
    expect(addMonths('2024-01', -1)).toBe('2023-12');
  });

  it('belong to quarters', () => {
    expect(['2024-01', '2024-03', '2024-04', '2024-12'].map(quarterOf)).toEqual([
      '2024-Q1',
      '2024-Q1',
      '2024-Q2',
      '2024-Q4',
    ]);
  });
});
