import type { ScoreChange } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, healthOf, ltvOf, reasonOf } from '../test-support/records.ts';
import { type Contributions, foldContributions } from './fold-contributions.ts';
import { contributionsOf, traceScore } from './trace-score.ts';

/** Chains of health changes whose reasons sum to the delta, or to the value where there is no previous one. */
const chains = fc
  .array(
    fc.record({
      isScorable: fc.boolean(),
      parts: fc.array(
        fc.tuple(fc.constantFrom('usage', 'support', 'goals'), fc.integer({ min: -900, max: 900 })),
        {
          maxLength: 4,
        },
      ),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((steps) => {
    let previous: number | null = null;
    return steps.map(({ isScorable, parts }): ScoreChange => {
      const reasons = isScorable ? parts.map(([signal, contribution]) => reasonOf(signal, contribution)) : [];
      const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
      const value = isScorable ? (previous ?? 0) + sum : null;
      const change = healthOf(value, { previous, reasons });
      previous = value;
      return change;
    });
  });

const sumOf = (contributions: Readonly<Record<string, number>>) =>
  Object.values(contributions).reduce((total, contribution) => total + contribution, 0);

describe('contributions to the present value', () => {
  it('sum exactly to it after any history (N1)', () => {
    fc.assert(
      fc.property(chains, (changes) => {
        let contributions: Contributions = {};
        for (const change of changes) contributions = foldContributions(contributions, change);
        const sum = Object.values(contributions).reduce((total, { contribution }) => total + contribution, 0);
        expect(sum).toBe(changes.at(-1)?.value ?? 0);
      }),
    );
  });
});

describe('the points of a score', () => {
  it('carry contributions that sum exactly to each value, wherever the trace begins', () => {
    fc.assert(
      fc.property(chains, fc.nat({ max: 5 }), (changes, skipped) => {
        const records = changes.map((change, index) => changeOf(index + 1, [change]));
        const points = traceScore(records.slice(skipped), 'health');
        const contributions = contributionsOf(points);
        for (const [index, { change }] of points.entries()) {
          expect(sumOf(contributions[index] ?? {})).toBe(change.value ?? 0);
        }
      }),
    );
  });

  it('are those of one score, by sequence', () => {
    const records = [
      changeOf(2, [healthOf(200)]),
      changeOf(1, [ltvOf(5), healthOf(100)]),
      changeOf(3, [ltvOf(6)]),
    ];
    expect(traceScore(records, 'health').map(({ sequence, change }) => [sequence, change.value])).toEqual([
      [1, 100],
      [2, 200],
    ]);
  });
});
