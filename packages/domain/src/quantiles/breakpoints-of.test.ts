import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuantileRow } from './breakpoints.ts';
import { breakpointsOf } from './breakpoints-of.ts';
import { rankOf, rankOfFewer } from './rank-of.ts';
import { rowOf, upTo } from './test-support.ts';

const DAY = 19_844;
const of = (rows: readonly QuantileRow[]) => breakpointsOf(rows, DAY);
const ltvs = (values: readonly number[]) => of(values.map((ltvMinor) => rowOf({ ltvMinor })));
const frequencies = (values: readonly number[]) => of(values.map((frequency365) => rowOf({ frequency365 })));

/** The class of a value by counting who is better, for classes that begin with the top `tops` of `outOf`. */
function classByCounting(
  better: number,
  cut: { readonly tops: readonly number[]; readonly outOf: number; readonly counted: number },
): number {
  return cut.tops.filter((top) => better * cut.outOf < top * cut.counted).length;
}

describe('breakpoints (D14)', () => {
  it('put each fifth of five customers into a class of its own, the best into the highest', () => {
    const { frequency365 } = frequencies([30, 10, 50, 20, 40]);
    expect(frequency365).toEqual({ counted: 5, edges: [20, 30, 40, 50] });
    expect([9, 10, 20, 30, 40, 50, 51].map((value) => rankOf(frequency365, value))).toEqual([
      0, 0, 1, 2, 3, 4, 4,
    ]);
  });

  it('let fewer days since the last purchase be better', () => {
    const { recencyDays } = of([1, 2, 3, 4, 5].map((ago) => rowOf({ lastPurchaseDay: DAY - 10 * ago })));
    expect(recencyDays).toEqual({ counted: 5, edges: [40, 30, 20, 10] });
    expect([-3, 10, 11, 40, 41].map((days) => rankOfFewer(recencyDays, days))).toEqual([4, 4, 3, 1, 0]);
  });

  it('lift equal values that lie across an edge into the higher class, all of them', () => {
    const { frequency365 } = frequencies([1, 2, 2, 2, 2, 2, 2, 2, 2, 9]);
    expect([1, 2, 9].map((value) => rankOf(frequency365, value))).toEqual([0, 4, 4]);
  });

  it('have no class below four customers, no fifth below five', () => {
    expect(ltvs([3, 2, 1]).ltvMinor).toEqual({ counted: 3, edges: [] });
    expect(rankOf(ltvs([3, 2, 1]).ltvMinor, 3)).toBeNull();
    expect(ltvs([4, 3, 2, 1]).ltvMinor.edges).toHaveLength(3);
    expect(rankOfFewer(of([]).recencyDays, 1)).toBeNull();
    expect(frequencies([4, 3, 2, 1]).frequency365.edges).toEqual([]);
  });

  it('are at 0.5, 2.5 and 25 % for value tiers: of 5,040 customers 126 are Gold or better (D4)', () => {
    const { ltvMinor } = ltvs(upTo(5_040));
    const sizes = [0, 0, 0, 0];
    for (const value of upTo(5_040)) {
      const rank = rankOf(ltvMinor, value) ?? 0;
      sizes[rank] = (sizes[rank] ?? 0) + 1;
    }
    expect(sizes).toEqual([3_780, 1_134, 100, 26]);
  });

  it('leave nothing in the lowest class, however many have nothing', () => {
    const { ltvMinor, ltvQuartersMinor } = ltvs([-5, 0, 0, 0, 0, 0, 0, 700]);
    expect([-5, 0, 1, 700].map((value) => rankOf(ltvMinor, value))).toEqual([0, 0, 1, 3]);
    expect([0, 1].map((value) => rankOf(ltvQuartersMinor, value))).toEqual([0, 3]);
    expect(rankOf(ltvs([0, 0, 0, 0]).ltvMinor, 0)).toBe(0);
    const predicted = of([0, 0, 0, 9].map((value) => rowOf({ predictedRevenueMinor: value })));
    expect([0, 9].map((value) => rankOf(predicted.predictedRevenueMinor, value))).toEqual([0, 3]);
  });

  it('let no consistency at all have its place among the others: it is a reading like any other', () => {
    const { consistencyHundredths } = of(
      [0, 0, 0, 50].map((value) => rowOf({ consistencyHundredths: value })),
    );
    expect(rankOf(consistencyHundredths, 0)).toBe(2);
  });

  it('count a customer only where the measure is known (D20), and sum positive values exactly (S24)', () => {
    const huge = 8_999_999_999_999_999;
    const rows = [huge, huge, -7, null].map((ltvMinor) => rowOf({ ltvMinor, frequency365: null }));
    expect(of(rows)).toMatchObject({
      day: DAY,
      customers: 4,
      portfolioMinor: '17999999999999998',
      ltvMinor: { counted: 3 },
      frequency365: { counted: 0, edges: [] },
    });
  });

  it('are plain JSON', () => {
    const breakpoints = of(upTo(9).map((n) => rowOf({ ltvMinor: n, segment: 's', signals: { csat: n } })));
    expect(JSON.parse(JSON.stringify(breakpoints))).toEqual(breakpoints);
  });
});

describe('any population', () => {
  const few = { minLength: 0, maxLength: 60 };
  const values = fc.oneof(fc.array(fc.integer({ min: -3, max: 8 }), few), fc.array(fc.maxSafeInteger(), few));

  it('gives every value, its own or not, the class found by counting who is better', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -4, max: 9 }), (population, other) => {
        const breakpoints = of(
          population.map((value) =>
            rowOf({
              ltvMinor: value,
              frequency365: value,
              consistencyHundredths: value,
              lastPurchaseDay: value,
            }),
          ),
        );
        const counted = population.length;
        for (const value of [...population, other]) {
          const above = population.filter((each) => each > value).length;
          const expected = (tops: readonly number[], outOf: number) =>
            classByCounting(above, { tops, outOf, counted });
          const nothing = value <= 0;
          const tier = counted < 4 ? null : nothing ? 0 : expected([250, 25, 5], 1_000);
          const quarter = counted < 4 ? null : nothing ? 0 : expected([75, 50, 25], 100);
          const fifth = counted < 5 ? null : expected([80, 60, 40, 20], 100);
          expect(rankOf(breakpoints.ltvMinor, value)).toBe(tier);
          expect(rankOf(breakpoints.ltvQuartersMinor, value)).toBe(quarter);
          expect(rankOf(breakpoints.frequency365, value)).toBe(nothing && fifth !== null ? 0 : fifth);
          expect(rankOf(breakpoints.consistencyHundredths, value)).toBe(
            counted < 4 ? null : expected([75, 50, 25], 100),
          );
          if (Math.abs(value) < 10) expect(rankOfFewer(breakpoints.recencyDays, DAY - value)).toBe(fifth);
        }
      }),
    );
  });

  const row = fc.record({
    lastPurchaseDay: fc.option(fc.nat(20)),
    frequency365: fc.option(fc.nat(5)),
    monetary365Minor: fc.option(fc.nat(50)),
    transactions: fc.option(fc.nat(9)),
    paidMinor: fc.option(fc.nat(50)),
    ltvMinor: fc.option(fc.integer({ min: -5, max: 50 })),
    predictedRevenueMinor: fc.option(fc.nat(50)),
    consistencyHundredths: fc.option(fc.nat(10_000)),
    segment: fc.option(fc.constantFrom('enterprise', 'smb')),
    signals: fc.dictionary(fc.constantFrom('csat', 'ticket-load'), fc.nat(100)),
  });

  it('has the same breakpoints, byte by byte, in whatever order its customers come (N5)', () => {
    const shuffled = fc
      .array(row, { maxLength: 30 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        expect(JSON.stringify(of(others))).toBe(JSON.stringify(of(rows)));
      }),
    );
  });

  it('has the medians of its segments where four or more were read (N17)', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const { medians } = of(rows);
        for (const segment of ['enterprise', 'smb']) {
          for (const signal of ['csat', 'ticket-load']) {
            const readings = rows.flatMap((each) =>
              each.segment === segment ? (each.signals[signal] ?? []) : [],
            );
            const median = medians[segment]?.[signal];
            if (readings.length < 4) {
              expect(median).toBeUndefined();
              continue;
            }
            const at = median ?? Number.NaN;
            const below = readings.filter((reading) => reading < at).length;
            const above = readings.filter((reading) => reading > at).length;
            expect(Math.max(below, above)).toBeLessThanOrEqual(readings.length / 2);
          }
        }
      }),
    );
  });

  it('has the mean of the middle two as the median of an even number, to two decimals', () => {
    const rows = [10, 86.7, 86.8, 99].map((csat) => rowOf({ segment: 'smb', signals: { csat } }));
    expect(of(rows).medians).toEqual({ smb: { csat: 86.75 } });
  });
});
