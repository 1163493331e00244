import { floorQuotient, roundedQuotient } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxPlotOf, MOST_OUTLIERS } from './box-plot.ts';
import { basisPointsOf, ceilQuotient, integerSquareRoot, publishable } from './exact.ts';
import { giniOf } from './gini.ts';
import { fiveNumbersOf, inOrder } from './quantiles.ts';
import { spearmanOf } from './spearman.ts';
import { meanOf, tallyOf, totalOf } from './tally.ts';

const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const named = (values: readonly number[]) => values.map((value, index) => ({ id: `c${index}`, value }));
const shuffled = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

describe('exact quotients', () => {
  it('round to the nearest whole number, halves away from zero', () => {
    expect([5n, 4n, -5n, -4n, 0n].map((number) => roundedQuotient(number, 10n))).toEqual([
      1n,
      0n,
      -1n,
      0n,
      0n,
    ]);
    expect(roundedQuotient(7n, 3n)).toBe(2n);
  });

  it('are cut and raised as they should be below zero, too', () => {
    expect([floorQuotient(-7n, 2n), ceilQuotient(-7n, 2n)]).toEqual([-4n, -3n]);
    expect([floorQuotient(7n, 2n), ceilQuotient(7n, 2n)]).toEqual([3n, 4n]);
    expect([floorQuotient(-6n, 2n), ceilQuotient(-6n, 2n)]).toEqual([-3n, -3n]);
    expect(() => floorQuotient(1n, 0n)).toThrow(RangeError);
  });

  it('have no share where there is no whole, and no number beyond 2^53', () => {
    expect(basisPointsOf(1n, 0n)).toBeNull();
    expect(basisPointsOf(2n, 3n)).toBe(6_667);
    expect(publishable(2n ** 53n)).toBeNull();
    expect(publishable(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('have roots that are cut', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (square) => {
        const root = integerSquareRoot(square);
        expect(root * root <= square && square < (root + 1n) ** 2n).toBe(true);
      }),
    );
    expect([0n, 1n, 2n, 3n, 4n].map(integerSquareRoot)).toEqual([0n, 1n, 1n, 1n, 2n]);
    expect(() => integerSquareRoot(-1n)).toThrow(RangeError);
  });
});

describe('a tally', () => {
  it('leaves out what is not known instead of taking it for zero (D20)', () => {
    const tally = tallyOf([10, null, 5], (value) => value);
    expect([tally.members, tally.known, totalOf(tally), meanOf(tally)]).toEqual([3, 2, 15, 8]);
  });

  it('of nobody is zero, of unknown members is unknown', () => {
    const none = tallyOf([], () => 1);
    const unknown = tallyOf([null, null], () => null);
    expect([totalOf(none), meanOf(none)]).toEqual([0, null]);
    expect([totalOf(unknown), meanOf(unknown)]).toEqual([null, null]);
  });

  it('is exact where sums pass 2^53: the mean is told, the sum is not', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const tally = tallyOf([huge, huge, huge - 3], (value) => value);
    expect(tally.sum).toBe(3n * BigInt(huge) - 3n);
    expect([totalOf(tally), meanOf(tally)]).toEqual([null, huge - 1]);
  });
});

describe('quartiles (S82)', () => {
  it('are those of type 7, as R, NumPy and spreadsheets have them', () => {
    expect(fiveNumbersOf([100, 200, 300, 400])).toEqual({
      minimum: 100,
      lowerQuartile: 175,
      median: 250,
      upperQuartile: 325,
      maximum: 400,
    });
    // numpy.percentile([10, 7, 4, 3, 2, 1], [25, 50, 75]) is 2.25, 3.5, 6.25
    expect(fiveNumbersOf([100, 200, 300, 400, 700, 1_000])).toMatchObject({
      lowerQuartile: 225,
      median: 350,
      upperQuartile: 625,
    });
    expect(fiveNumbersOf([7])).toMatchObject({ minimum: 7, lowerQuartile: 7, median: 7, maximum: 7 });
    expect(fiveNumbersOf([])).toBeNull();
  });

  it('lie where a ruler with three marks between each two values has them', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        // Marks in quarters of a unit; the last value has no mark after it.
        const marks = sorted.flatMap((value, index) => {
          const next = sorted[index + 1];
          return next === undefined
            ? [4 * value]
            : [0, 1, 2, 3].map((part) => (4 - part) * value + part * next);
        });
        const nearest = (quarters: number) => Math.sign(quarters) * Math.floor((Math.abs(quarters) + 2) / 4);
        const told = fiveNumbersOf(inOrder(values));
        const at = (quarter: number) => nearest(marks[quarter * (values.length - 1)] ?? Number.NaN) + 0;
        expect([told?.lowerQuartile, told?.median, told?.upperQuartile]).toEqual([at(1), at(2), at(3)]);
      }),
    );
  });
});

describe('a box plot (S82)', () => {
  it('has whiskers to the last value within 1.5 times the box, and outliers beyond', () => {
    expect(boxPlotOf(named([10, 20, 30, 40, 50, 60, 70, 200]))).toEqual({
      count: 8,
      mean: 60,
      minimum: 10,
      lowerQuartile: 28,
      median: 45,
      upperQuartile: 63,
      maximum: 200,
      lowerWhisker: 10,
      upperWhisker: 70,
      outliers: [{ id: 'c7', value: 200 }],
      outlierCount: 1,
    });
  });

  it('does not take a value at the fence for an outlier', () => {
    // Quartiles 10 and 20 reach to 35.
    const values = [0, 10, 10, 10, 15, 20, 20, 20];
    expect(boxPlotOf(named([...values, 35]))?.outlierCount).toBe(0);
    expect(boxPlotOf(named([...values, 36]))?.outliers).toEqual([{ id: 'c8', value: 36 }]);
  });

  it('names a bounded number of outliers, the farthest first, and counts all', () => {
    const box = boxPlotOf(
      named([...Array.from({ length: 1_000 }, () => 50), ...Array.from({ length: 60 }, (_, n) => n)]),
    );
    expect(box?.outlierCount).toBe(59);
    expect(box?.outliers).toHaveLength(MOST_OUTLIERS);
    expect(box?.outliers.slice(0, 2)).toEqual([
      { id: 'c1000', value: 0 },
      { id: 'c1001', value: 1 },
    ]);
  });

  it('is what its definition says, in any order of the points', () => {
    const points = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 30 }).map(named);
    const both = points.chain((list) => fc.tuple(fc.constant(list), shuffled(list)));
    fc.assert(
      fc.property(both, ([list, mixed]) => {
        const box = boxPlotOf(list);
        if (box === null) throw new Error('no box');
        expect(boxPlotOf(mixed)).toEqual(box);
        const sorted = list.map(({ value }) => value).sort((a, b) => a - b);
        const quantile = (share: number) => {
          const place = (sorted.length - 1) * share;
          const low = sorted[Math.floor(place)] ?? 0;
          return low + ((sorted[Math.ceil(place)] ?? 0) - low) * (place - Math.floor(place));
        };
        const [low, high] = [quantile(0.25), quantile(0.75)];
        const beyond = list.filter(
          ({ value }) => value < low - 1.5 * (high - low) || value > high + 1.5 * (high - low),
        );
        expect(new Set(box.outliers.map(({ id }) => id))).toEqual(new Set(beyond.map(({ id }) => id)));
        expect(box.lowerWhisker).toBeLessThanOrEqual(box.lowerQuartile);
        expect(box.upperWhisker).toBeGreaterThanOrEqual(box.upperQuartile);
      }),
    );
    expect(boxPlotOf([])).toBeNull();
  });
});

describe('the Gini coefficient (S32)', () => {
  it('is 0 where all are equal and (n - 1) / n where one has all', () => {
    expect(giniOf([7, 7, 7])).toBe(0);
    expect(giniOf([0, 0, 0, 9])).toBe(7_500);
    expect(giniOf([1, 2, 3, 4])).toBe(2_500);
  });

  it('is not known without anything to share out, and is not of negative amounts', () => {
    expect([giniOf([]), giniOf([0, 0])]).toEqual([null, null]);
    expect(() => giniOf([5, -1])).toThrow(RangeError);
  });

  it('is half the mean difference of all pairs over the mean, also where products pass 2^53', () => {
    const amount = fc.oneof(fc.nat(1_000), fc.integer({ min: 2 ** 50, max: Number.MAX_SAFE_INTEGER }));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 15 }), (amounts) => {
        let [differences, sum] = [0n, 0n];
        for (const one of amounts) {
          sum += BigInt(one);
          for (const other of amounts)
            differences += BigInt(Math.max(one, other)) - BigInt(Math.min(one, other));
        }
        fc.pre(sum > 0n);
        const all = 2n * BigInt(amounts.length) * sum;
        expect(giniOf(amounts)).toBe(Number((20_000n * differences + all) / (2n * all)));
      }),
    );
  });
});

describe('the rank correlation of Spearman (S12)', () => {
  it('has the published values, without ties and with them', () => {
    const quotient = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    const pairs = quotient.map((one, index) => [one, hours[index] ?? 0] as const);
    // -29 / 165
    expect(spearmanOf(pairs)).toEqual({ coefficient: -1_758, pairs: 10, reason: null });
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) is 0.8207826816681233
    const tied = [5, 6, 7, 8, 7].map((other, index) => [index + 1, other] as const);
    expect(spearmanOf(tied).coefficient).toBe(8_208);
  });

  it('is 1 for the same order and -1 for the opposite, whatever the distances', () => {
    const values = [1, 5, 6, 1_000_000];
    expect(spearmanOf(values.map((value) => [value, value ** 2])).coefficient).toBe(10_000);
    expect(spearmanOf(values.map((value) => [value, -value])).coefficient).toBe(-10_000);
  });

  it('says why it is not known', () => {
    expect(spearmanOf([])).toEqual({ coefficient: null, pairs: 0, reason: 'too-few' });
    expect(
      spearmanOf([
        [1, 2],
        [3, 4],
      ]),
    ).toMatchObject({ coefficient: null, reason: 'too-few' });
    expect(
      spearmanOf([
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
    ).toMatchObject({ coefficient: null, reason: 'no-variation' });
  });

  it('agrees with ranks that are counted one against all', () => {
    const few = fc.integer({ min: 0, max: 8 });
    const list = fc.array(fc.tuple(few, few), { minLength: 3, maxLength: 25 });
    const both = list.chain((pairs) => fc.tuple(fc.constant(pairs), shuffled(pairs)));
    fc.assert(
      fc.property(both, ([pairs, mixed]) => {
        const told = spearmanOf(pairs);
        expect(spearmanOf(mixed)).toEqual(told);
        const rank = (all: readonly number[], value: number) =>
          all.filter((other) => other < value).length +
          (all.filter((other) => other === value).length + 1) / 2;
        const ones = pairs.map(([one]) => one);
        const others = pairs.map(([, other]) => other);
        const x = ones.map((value) => rank(ones, value) - (pairs.length + 1) / 2);
        const y = others.map((value) => rank(others, value) - (pairs.length + 1) / 2);
        const product = (a: readonly number[], b: readonly number[]) =>
          a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
        const size = Math.sqrt(product(x, x) * product(y, y));
        if (size === 0) expect(told.reason).toBe('no-variation');
        else
          expect(Math.abs((told.coefficient ?? Number.NaN) - (10_000 * product(x, y)) / size)).toBeLessThan(
            0.500001,
          );
      }),
    );
  });
});
