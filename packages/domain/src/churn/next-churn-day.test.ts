import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChurnInput } from './churn-input.ts';
import { nextChurnDay } from './next-churn-day.ts';
import { scoreChurn } from './score-churn.ts';
import { AGREEMENT, anyInput, anyRetention, BUYER, TODAY, USUAL } from './test-support.ts';

describe('the day on which churn is looked at again (N3)', () => {
  const OLD = { lastActivityDay: TODAY - 100, customerSinceDay: TODAY - 4_000 };
  const settled: ChurnInput = { ...USUAL, ...OLD };

  it.each<[string, ChurnInput, number | null]>([
    ['the next step without activity', { ...settled, lastActivityDay: TODAY - 8, contract: null }, 6],
    ['a year more of tenure', { ...settled, customerSinceDay: TODAY - 1_000, contract: null }, 95],
    ['the next gap without a purchase', { ...BUYER, ...OLD }, 15],
    [
      'the first whole day of a gap that is none',
      // one and a half gaps of 14.5 days are 21.75
      { ...BUYER, ...OLD, purchases: { firstDay: TODAY - 50, lastDay: TODAY - 21, count: 3 } },
      1,
    ],
    ['a checkpoint of the decision', settled, 120],
    [
      'the end that comes within the year',
      { ...settled, contract: { ...AGREEMENT, decisionDay: null, boundUntilDay: TODAY + 370 } },
      6,
    ],
    ['never', { ...settled, contract: { ...AGREEMENT, decisionDay: null } }, null],
  ])('is %s', (_what, input, days) => {
    expect(nextChurnDay(input, TODAY)).toBe(days === null ? null : TODAY + days);
  });

  it('is never late: until then nothing differs that is published', () => {
    fc.assert(
      fc.property(anyInput, anyRetention, (input, contractual) => {
        const told = (today: number) => {
          const { confidenceHundredths, parts, ...score } = scoreChurn(input, { today, contractual });
          return { ...score, parts: parts.map(({ contributionBasisPoints }) => contributionBasisPoints) };
        };
        const next = nextChurnDay(input, TODAY) ?? TODAY + 500;
        const now = told(TODAY);
        for (let day = TODAY + 1; day < Math.min(next, TODAY + 500); day += 1) expect(told(day)).toEqual(now);
      }),
    );
  });
});
