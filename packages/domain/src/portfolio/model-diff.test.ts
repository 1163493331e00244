import { describe, expect, it } from 'vitest';
import { alertOf, type ComparedCustomer, compareModels, crosses, differenceOf } from './model-diff.ts';

type Side = readonly [valueHundredths: number | null, atRisk?: boolean];
const bandOf = (value: number | null) =>
  value === null
    ? 'not-scorable'
    : value >= 8_000
      ? 'healthy'
      : value >= 5_000
        ? 'needs-attention'
        : 'at-risk';
const side = ([valueHundredths, atRisk = false]: Side) => ({
  valueHundredths,
  band: bandOf(valueHundredths),
  atRisk,
});
const customer = (valueMinor: number | null, live: Side, shadow: Side): ComparedCustomer => ({
  customerId: `c-${valueMinor}`,
  valueMinor,
  live: side(live),
  shadow: side(shadow),
});

/** Six customers: one the same, one better, two worse (one with an alert), one scored at last, one unflagged. */
const SIX = [
  customer(1, [9_000], [9_000]),
  customer(2, [7_000], [8_200]),
  customer(4, [8_100], [6_000]),
  customer(8, [6_000], [4_000, true]),
  customer(null, [null], [5_000]),
  customer(32, [4_900, true], [4_950, false]),
];

describe('what a model that is tried would change (N6)', () => {
  it('is who crosses which band, and what they are worth', () => {
    const diff = compareModels(SIX);
    expect(diff.crossing).toEqual({ customers: 4, valueMinor: 2 + 4 + 8 });
    expect(diff.moves).toEqual([
      { from: 'healthy', to: 'needs-attention', customers: 1, valueMinor: 4 },
      { from: 'needs-attention', to: 'healthy', customers: 1, valueMinor: 2 },
      { from: 'needs-attention', to: 'at-risk', customers: 1, valueMinor: 8 },
      { from: 'not-scorable', to: 'needs-attention', customers: 1, valueMinor: null },
    ]);
    const { better, worse, scorable, notScorable } = diff;
    expect([better, worse, scorable, notScorable].map(({ customers }) => customers)).toEqual([1, 2, 1, 0]);
  });

  it('is the alerts that would come and go, within one band too (S62)', () => {
    const { alertsGained, alertsLost } = compareModels(SIX);
    expect(alertsGained).toEqual({ customers: 1, valueMinor: 8 });
    expect(alertsLost).toEqual({ customers: 1, valueMinor: 32 });
    expect(SIX.map(alertOf)).toEqual([null, null, null, 'gained', null, 'lost']);
  });

  it('is the distribution by either model, and how far health moves', () => {
    const { bands, live, shadow, meanMoveHundredths } = compareModels(SIX);
    expect(bands.map(({ band, ...by }) => [band, by.live.customers, by.shadow.customers])).toEqual([
      ['healthy', 2, 2],
      ['needs-attention', 2, 2],
      ['at-risk', 1, 2],
      ['not-scorable', 1, 0],
    ]);
    // (90 + 70 + 81 + 60 + 49) / 5 and (90 + 82 + 60 + 40 + 50 + 49.5) / 6
    expect([live.meanHundredths, shadow.meanHundredths]).toEqual([7_000, 6_192]);
    // |0|, |12|, |-21|, |-20|, |0.5| of five: 53.5 / 5
    expect(meanMoveHundredths).toBe(1_070);
    expect(SIX.map(differenceOf)).toEqual([0, 1_200, -2_100, -2_000, null, 50]);
    expect(SIX.map(crosses)).toEqual([false, true, true, true, true, false]);
  });

  it('is nothing where there is nobody', () => {
    const diff = compareModels([]);
    expect([diff.customers, diff.moves, diff.meanMoveHundredths]).toEqual([0, [], null]);
  });
});
