import { DAY_MS, type ScoreChange } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, healthOf, reasonOf, TODAY } from '../test-support/records.ts';
import { explainScore, lastPointAt } from './explain-score.ts';
import { traceScore } from './trace-score.ts';

/** First 60 = 40 + 20, then usage falls by 15, then nothing is known for a while, then 50 = 30 + 20. */
const COURSE = [
  changeOf(1, [healthOf(6_000, { reasons: [reasonOf('usage', 4_000), reasonOf('goals', 2_000)] })]),
  changeOf(2, [healthOf(4_500, { previous: 6_000, reasons: [reasonOf('usage', -1_500)] })], {
    cause: 'time-decay',
  }),
  changeOf(3, [healthOf(null, { previous: 4_500 })], { cause: 'reference-change' }),
  changeOf(4, [healthOf(5_000, { reasons: [reasonOf('usage', 3_000), reasonOf('goals', 2_000)] })]),
];
const sumOf = (sums: Readonly<Record<string, number>>) =>
  Object.values(sums).reduce((total, contribution) => total + contribution, 0);

describe('why a score moved (N1)', () => {
  it('is told by signal and by cause, each summing to the delta', () => {
    const { delta, contributions, causes } = explainScore(COURSE, 'health', { from: 1, to: 2 });
    expect([delta, contributions]).toEqual([-1_500, { usage: -1_500 }]);
    expect(causes).toEqual([{ cause: 'time-decay', changes: 1, contribution: -1_500 }]);
  });

  it('sums exactly over a while in which the score could not be told: 50 - 60 = (30 - 40) + (20 - 20)', () => {
    const { delta, contributions, causes, changes } = explainScore(COURSE, 'health', { from: 1, to: 4 });
    expect([delta, contributions]).toEqual([-1_000, { usage: -1_000 }]);
    expect(causes).toEqual([
      { cause: 'time-decay', changes: 1, contribution: -1_500 },
      { cause: 'reference-change', changes: 1, contribution: -4_500 },
      { cause: 'new-data', changes: 1, contribution: 5_000 },
    ]);
    expect(changes.map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
  });

  it('has no delta where one end has no value: then it sums to what came, or to minus what went', () => {
    const came = explainScore(COURSE, 'health', { from: 0, to: 1 });
    expect([came.from, came.delta, came.contributions]).toEqual([null, null, { usage: 4_000, goals: 2_000 }]);
    const went = explainScore(COURSE, 'health', { from: 2, to: 3 });
    expect([went.to?.change.value, went.delta, sumOf(went.contributions)]).toEqual([null, null, -4_500]);
  });

  it('is nothing between two ends of which nothing was published', () => {
    const { from, to, delta, changes } = explainScore(COURSE, 'ltv', { from: 0, to: 9 });
    expect([from, to, delta, changes]).toEqual([null, null, null, []]);
  });

  const steps = fc.array(
    fc.tuple(fc.boolean(), fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 3 })),
    {
      minLength: 1,
      maxLength: 15,
    },
  );
  it('sums exactly between any two ends of any course', () => {
    fc.assert(
      fc.property(steps, fc.nat(15), fc.nat(15), (drawn, one, other) => {
        let previous: number | null = null;
        const records = drawn.map(([isKnown, parts], index) => {
          const reasons = isKnown ? parts.map((part, at) => reasonOf(`s${at}`, part)) : [];
          const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
          const value: number | null = isKnown ? (previous ?? 0) + sum : null;
          const change: ScoreChange = healthOf(value, { previous, reasons });
          previous = value;
          return changeOf(index + 1, [change]);
        });
        const span = { from: Math.min(one, other), to: Math.max(one, other) };
        const { from, to, contributions, causes } = explainScore(records, 'health', span);
        const moved = (to?.change.value ?? 0) - (from?.change.value ?? 0);
        expect(sumOf(contributions)).toBe(moved);
        expect(causes.reduce((total, { contribution }) => total + contribution, 0)).toBe(moved);
      }),
    );
  });
});

describe('what had been published for an instant', () => {
  const at = (hour: number) => TODAY * DAY_MS + hour * 3_600_000;

  it('is the last change for it or before: events of a day may come in any order', () => {
    const records = [
      changeOf(1, [healthOf(1_000)], { asOf: at(10) }),
      changeOf(2, [healthOf(2_000)], { asOf: at(9) }),
      changeOf(3, [healthOf(3_000)], { asOf: at(11) }),
    ];
    const points = traceScore(records, 'health');
    const valueAt = (hour: number) => lastPointAt(points, at(hour))?.change.value ?? null;
    expect([8, 9, 10, 11].map(valueAt)).toEqual([null, 2_000, 2_000, 3_000]);
  });
});
