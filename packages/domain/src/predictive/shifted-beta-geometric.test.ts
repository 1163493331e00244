import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitShiftedBetaGeometric } from './fit-shifted-beta-geometric.ts';
import { countsOfCohort, renewalCountsOf, renewalDecisionsOf } from './renewal-counts.ts';
import {
  expectedRenewals,
  retentionRate,
  type ShiftedBetaGeometric,
  survival,
} from './shifted-beta-geometric.ts';
import { hypergeometric, meanOverShare } from './test-support.ts';

const parameter = fc.double({ min: 0.5, max: 20, noNaN: true });
const anyModel: fc.Arbitrary<ShiftedBetaGeometric> = fc.record({ alpha: parameter, beta: parameter });

/** Chance to live through `renewals` renewals, averaged over the chances to end at one. */
function livesThrough({ alpha, beta }: ShiftedBetaGeometric, renewals: number): number {
  return meanOverShare({ a: alpha, b: beta }, (_, staying) => staying ** renewals);
}

describe('renewals by the shifted beta-geometric model (S29, N10)', () => {
  it('lets all chances being equally likely be checked by hand', () => {
    const even = { alpha: 1, beta: 1 };
    expect([1, 2, 3].map((renewal) => retentionRate(even, renewal))).toEqual([1 / 2, 2 / 3, 3 / 4]);
    expect(survival(even, 0)).toBe(1);
    expect(survival(even, 3)).toBeCloseTo(1 / 4, 12);
    expect(expectedRenewals(even, { survived: 1, renewals: 3 })).toBeCloseTo(2 / 3 + 1 / 2 + 2 / 5, 12);
    expect(expectedRenewals(even, { survived: 1, renewals: 0 })).toBe(0);
  });

  it('is the average over customers who each end with a chance of their own', () => {
    fc.assert(
      fc.property(anyModel, fc.nat(12), (model, renewals) => {
        expect(survival(model, renewals)).toBeCloseTo(livesThrough(model, renewals), 9);
        const rate = livesThrough(model, renewals + 1) / livesThrough(model, renewals);
        expect(retentionRate(model, renewals + 1)).toBeCloseTo(rate, 8);
      }),
    );
  });

  it('discounts what lies ahead for ever as the closed form of Fader and Hardie (2010) does', () => {
    const rate = fc.double({ min: 0.05, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(anyModel, fc.nat(8), rate, (model, survived, discountRate) => {
        const { alpha, beta } = model;
        const upper = { a: 1, b: beta + survived + 1, c: alpha + beta + survived + 1 };
        const closed =
          ((beta + survived) / (alpha + beta + survived)) * hypergeometric(upper, 1 / (1 + discountRate));
        const ahead = { survived, renewals: Number.POSITIVE_INFINITY, discountRate };
        expect(expectedRenewals(model, ahead)).toBeCloseTo(closed, 9);
      }),
    );
  });

  it('refuses to add up for ever what is not discounted', () => {
    const ahead = { survived: 0, renewals: Number.POSITIVE_INFINITY };
    expect(() => expectedRenewals({ alpha: 1, beta: 1 }, ahead)).toThrow(RangeError);
  });
});

describe('counts of renewals', () => {
  it('are the same for a cohort as for its lives one by one', () => {
    const lives = [
      ...Array.from({ length: 4 }, () => ({ renewalsSurvived: 0, isOver: true })),
      ...Array.from({ length: 1 }, () => ({ renewalsSurvived: 1, isOver: true })),
      ...Array.from({ length: 5 }, () => ({ renewalsSurvived: 2, isOver: false })),
    ];
    const decisions = renewalDecisionsOf(renewalCountsOf(lives));
    expect(decisions).toEqual(renewalDecisionsOf(countsOfCohort([10, 6, 5])));
    expect(decisions).toEqual([
      { renewal: 1, kept: 6, lost: 4 },
      { renewal: 2, kept: 5, lost: 1 },
    ]);
  });

  it('say nothing of agreements that never came to a renewal', () => {
    const young = { renewalsSurvived: 0, isOver: false };
    expect(renewalDecisionsOf(renewalCountsOf([young, young]))).toEqual([]);
  });

  it('are added up over cohorts of different age', () => {
    const counts = renewalCountsOf([
      { renewalsSurvived: 3, isOver: false },
      { renewalsSurvived: 1, isOver: false },
      { renewalsSurvived: 1, isOver: true },
    ]);
    expect(counts).toEqual({ lost: [0, 0, 1], alive: [0, 1, 0, 1] });
    expect(renewalDecisionsOf(counts)).toEqual([
      { renewal: 1, kept: 3, lost: 0 },
      { renewal: 2, kept: 1, lost: 1 },
      { renewal: 3, kept: 1, lost: 0 },
    ]);
  });
});

describe('fitting renewals', () => {
  const cohort = fc
    .tuple(
      fc.integer({ min: 200, max: 900 }),
      fc.array(fc.integer({ min: 50, max: 95 }), { minLength: 2, maxLength: 7 }),
    )
    .map(([size, kept]) => {
      const survivors = [size];
      for (const percent of kept.toSorted((one, other) => one - other))
        survivors.push(Math.floor(((survivors.at(-1) ?? 0) * percent) / 100));
      return survivors;
    });

  /** Sum over customers of the logarithm of the chance to end as they did, by numeric integration. */
  function likelihood(survivors: readonly number[], { alpha, beta }: ShiftedBetaGeometric): number {
    const last = survivors.length - 1;
    return survivors.reduce((sum, count, renewals) => {
      const ended = count - (survivors[renewals + 1] ?? count);
      const endsNext = meanOverShare({ a: alpha, b: beta }, (ending, rest) => ending * rest ** renewals);
      const staying = renewals === last ? count * Math.log(livesThrough({ alpha, beta }, last)) : 0;
      return sum + (ended > 0 ? ended * Math.log(endsNext) : 0) + staying;
    }, 0);
  }

  it('finds parameters that no others near by are likelier than', () => {
    fc.assert(
      fc.property(cohort, (survivors) => {
        const result = fitShiftedBetaGeometric(countsOfCohort(survivors));
        if (result.kind === 'refused') throw new Error(result.reason);
        const { alpha, beta, logLikelihood } = result.fit;
        if (Math.max(alpha, beta) > 300) return; // Beyond what the numeric integration can follow.
        const best = likelihood(survivors, { alpha, beta });
        expect(logLikelihood).toBeCloseTo(best, 1);
        for (const [up, right] of [
          [1.03, 1],
          [1 / 1.03, 1],
          [1, 1.03],
          [1, 1 / 1.03],
        ] as const) {
          expect(likelihood(survivors, { alpha: alpha * up, beta: beta * right })).toBeLessThan(best + 1e-6);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes agreements that hardly differ for alike: retention is level', () => {
    const result = fitShiftedBetaGeometric(countsOfCohort([1000, 800, 640, 512, 410]));
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(retentionRate(result.fit, 1)).toBeCloseTo(0.8, 2);
    expect(retentionRate(result.fit, 5)).toBeCloseTo(0.8, 2);
  });

  it.each([
    ['too-few-renewals', [16, 12, 9]],
    ['too-few-losses', [30, 29, 28]],
    ['too-few-kept', [60, 4, 0]],
    ['one-renewal-only', [60, 40]],
  ])('refuses with %s', (reason, survivors) => {
    expect(fitShiftedBetaGeometric(countsOfCohort(survivors))).toEqual({ kind: 'refused', reason });
  });
});
