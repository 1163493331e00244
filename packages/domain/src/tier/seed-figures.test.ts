import { describe, expect, it } from 'vitest';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf } from '../quantiles/test-support.ts';
import { inputOf } from './test-support.ts';
import { type TierInput, tierOf } from './tier-of.ts';

/**
 * The figures of [1] that agree with each other (D21), from a portfolio made for them: what each of the 126 is worth
 * and how it does is invented, how many are in which model and what they are worth together is what [1] says. Its
 * shares of the portfolio (10.5 %, 0.007 %) do not agree with its counts and averages, and are no fixture.
 */
const CUSTOMERS = 5_040;

/** Whole dollars that add up to `total` and differ by one at most. */
const split = (total: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => Math.floor((total + index) / count));

const minor = (dollars: number): number => dollars * 100;
const inGoodHealth = { valueHundredths: 7_200, atRisk: false };

const MODELS: readonly { readonly dollars: readonly number[]; readonly facts: Partial<TierInput> }[] = [
  { dollars: split(471_744, 64), facts: { health: inGoodHealth } },
  { dollars: split(331_284, 53), facts: {} },
  { dollars: split(60_768, 7), facts: { health: { valueHundredths: 4_100, atRisk: true } } },
  { dollars: split(12_480, 2), facts: { complexityBand: 'high' } },
];
const ENTERPRISE = MODELS.flatMap(({ dollars, facts }) =>
  dollars.map((worth) => ({ worth, input: inputOf({ ...facts, crmTier: 'Gold', ltvMinor: minor(worth) }) })),
);

const classified = ENTERPRISE.map(({ worth, input }) => ({
  worth,
  labels: tierOf(input, null, null).labels,
}));
const sumOf = (model: string | null) =>
  classified
    .filter(({ labels }) => model === null || labels.engagementModel === model)
    .reduce((sum, { worth }) => sum + worth, 0);
const countOf = (model: string) => classified.filter(({ labels }) => labels.engagementModel === model).length;

describe('the figures of [1] that agree (D21)', () => {
  it('are 126 Enterprise customers in four models, 64, 53, 7 and 2 (S34)', () => {
    expect(classified).toHaveLength(126);
    expect(['executive', 'standard', 'retention-and-recovery', 'dedicated'].map(countOf)).toEqual([
      64, 53, 7, 2,
    ]);
  });

  it('have 64 of 126 strategic, 50.8 %, and these are those of the Executive model (S30)', () => {
    const strategic = classified.filter(({ labels }) => labels.strategic === 'yes');
    expect(strategic.every(({ labels }) => labels.engagementModel === 'executive')).toBe(true);
    expect(strategic).toHaveLength(64);
    expect(((100 * strategic.length) / classified.length).toFixed(1)).toBe('50.8');
  });

  it('have four sums that make $876,276, of which seven in recovery are worth $8,681 each', () => {
    expect(sumOf(null)).toBe(876_276);
    expect(sumOf('retention-and-recovery')).toBe(60_768);
    // 7 x 8,681 is 60,767: it is the mean, 8,681.14, that rounds to $8,681.
    expect(Math.round(sumOf('retention-and-recovery') / 7)).toBe(8_681);
  });

  it('have an average of $6,955, 5.4 times the $1,285 of all others (S25)', () => {
    const average = sumOf(null) / 126;
    expect(Math.round(average)).toBe(6_955);
    expect((average / 1_285).toFixed(1)).toBe('5.4');
  });

  it('are 2.5 % of 5,040 customers: that many are Gold or better by lifetime value alone (D4)', () => {
    // All others are worth 1 to 1,285 dollars: less than any of the 126.
    const others = Array.from({ length: CUSTOMERS - 126 }, (_, index) => minor(1 + (index % 1_285)));
    const values = [...ENTERPRISE.map(({ worth }) => minor(worth)), ...others];
    const breakpoints = breakpointsOf(
      values.map((ltvMinor) => rowOf({ ltvMinor })),
      19_844,
    );
    const segments = values.map(
      (ltvMinor) => tierOf(inputOf({ ltvMinor }), breakpoints, null).labels.segment,
    );
    expect(segments.slice(0, 126).every((segment) => segment === 'enterprise')).toBe(true);
    expect(segments.filter((segment) => segment === 'enterprise')).toHaveLength(126);
  });
});
