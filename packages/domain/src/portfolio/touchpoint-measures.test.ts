import { describe, expect, it } from 'vitest';
import { type TouchpointRow, touchpointMeasuresOf } from './touchpoint-measures.ts';

const NOBODY: TouchpointRow = { journeyStage: null, valueStage: null, timeToValueDays: null, features: null };
const NOTHING = {
  customers: 0,
  startMinor: '0',
  newMinor: '0',
  expansionMinor: '0',
  contractionMinor: '0',
  churnMinor: '0',
};
const read = (rows: readonly Partial<TouchpointRow>[], recurring = NOTHING) =>
  touchpointMeasuresOf(
    rows.map((row) => ({ ...NOBODY, ...row })),
    recurring,
  );

describe('the touchpoints of the journey, and what shows their success (S90)', () => {
  it('are five with six measures, each with an owner', () => {
    expect(read([]).map(({ stage, owner, metric }) => [stage, owner, metric])).toEqual([
      ['pre-sales', 'sales', 'demo-to-trial'],
      ['onboarding', 'customer success manager', 'time-to-value'],
      ['adoption', 'success', 'feature-adoption'],
      ['retention', 'account manager', 'nrr'],
      ['retention', 'account manager', 'grr'],
      ['growth', 'sales', 'expansion-revenue'],
    ]);
  });

  it('count who is there now; whose stage is not known is nowhere', () => {
    const rows = [
      { journeyStage: 'awareness' },
      { journeyStage: 'consideration' },
      { journeyStage: 'adoption', valueStage: 'growth' },
      { journeyStage: 'advocacy', valueStage: 'retention' },
      {},
    ] as const;
    expect(read(rows).map(({ stage, customers }) => [stage, customers])).toEqual([
      ['pre-sales', 2],
      ['onboarding', 0],
      ['adoption', 0],
      ['retention', 1],
      ['retention', 1],
      ['growth', 1],
    ]);
  });

  it('are measured by those of whom the measure is known', () => {
    const rows = [
      { timeToValueDays: 10, features: 4 },
      { timeToValueDays: 20, features: 1 },
      { timeToValueDays: 60, features: 0 },
      {},
    ];
    // Start 100, 30 more, 10 less, 20 lost.
    const recurring = {
      customers: 3,
      startMinor: '100',
      newMinor: '7',
      expansionMinor: '30',
      contractionMinor: '10',
      churnMinor: '20',
    };
    const told = read(rows, recurring).map(({ metric, unit, value, known, reason }) => [
      metric,
      { unit, value, known, reason },
    ]);
    expect(Object.fromEntries(told)).toEqual({
      'demo-to-trial': { unit: 'basis-points', value: null, known: 0, reason: 'no-such-event' },
      'time-to-value': { unit: 'days', value: 20, known: 3, reason: null },
      // 4, 1 and 0 of 4 at most: (1 + 0.25 + 0) / 3.
      'feature-adoption': { unit: 'basis-points', value: 4_167, known: 3, reason: null },
      nrr: { unit: 'basis-points', value: 10_000, known: 3, reason: null },
      grr: { unit: 'basis-points', value: 7_000, known: 3, reason: null },
      'expansion-revenue': { unit: 'minor', value: 30, known: 3, reason: null },
    });
  });

  it('say why they are not known', () => {
    expect(read([{ features: 0 }]).map(({ metric, value, reason }) => [metric, value, reason])).toEqual([
      ['demo-to-trial', null, 'no-such-event'],
      ['time-to-value', null, 'no-data'],
      ['feature-adoption', null, 'no-data'],
      ['nrr', null, 'no-recurring-revenue'],
      ['grr', null, 'no-recurring-revenue'],
      ['expansion-revenue', null, 'no-recurring-revenue'],
    ]);
  });
});
