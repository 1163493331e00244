import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyAccountsOf } from './key-accounts.ts';
import { riskOf } from './portfolio-row.ts';
import { anyRows, givenRow, givenRows, worth } from './test-support.ts';
import { quadrantsOf, valueComplexityOf } from './value-complexity.ts';
import { quarterOfValue, valueQuartersOf } from './value-quarters.ts';
import { valueRiskOf } from './value-risk.ts';

describe('quarters by value (D14)', () => {
  const quartersOf = (...values: readonly (number | null)[]) => {
    const quarters = valueQuartersOf(worth(...values));
    return quarters === null ? null : values.map((value) => quarterOfValue(value ?? 0, quarters));
  };

  it('hold a quarter of the customers each; equal values are in one, the higher', () => {
    expect(quartersOf(10, 20, 30, 40, 50, 60, 70, 80)).toEqual([4, 4, 3, 3, 2, 2, 1, 1]);
    expect(quartersOf(10, 70, 70, 70, 80, 80, 10, 10)).toEqual([3, 2, 2, 2, 1, 1, 3, 3]);
    expect(quartersOf(5, 5, 5, 5)).toEqual([1, 1, 1, 1]);
  });

  it('are none of fewer than four known values, and have those worth nothing in the lowest', () => {
    expect(quartersOf(1, 2, 3, null)).toBeNull();
    expect(quartersOf(0, 0, 0, -5, 9)).toEqual([4, 4, 4, 4, 1]);
  });

  it('have one in the upper quarter when fewer than a quarter of all are worth more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 4, maxLength: 30 }), (values) => {
        const told = quartersOf(...values);
        const isAmong = (value: number, quarters: number) =>
          4 * values.filter((other) => other > value).length < quarters * values.length;
        expect(told).toEqual(
          values.map((value) => [1, 2, 3].find((quarters) => isAmong(value, quarters)) ?? 4),
        );
      }),
    );
  });
});

describe('value and complexity (S7, S12)', () => {
  const rows = givenRows(
    { valueMinor: 80, complexityHundredths: 3_400 },
    { valueMinor: 70, complexityHundredths: 3_399 },
    { valueMinor: 60, complexityHundredths: 9_000 },
    { valueMinor: 50, complexityHundredths: 0 },
    { valueMinor: 40, complexityHundredths: 0 },
    { valueMinor: 30, complexityHundredths: 0 },
    { valueMinor: 20, complexityHundredths: 0 },
    { valueMinor: 10, complexityHundredths: 0 },
    { valueMinor: 90 },
    { complexityHundredths: 9_000 },
  );

  it('have four quadrants by the upper quarter of value and more than low complexity', () => {
    const { valuableFromMinor, complexFromHundredths, quadrants, unknown } = valueComplexityOf(rows);
    expect({ valuableFromMinor, complexFromHundredths, unknown }).toEqual({
      valuableFromMinor: 70,
      complexFromHundredths: 3_400,
      unknown: 2,
    });
    expect(quadrants).toEqual([
      { quadrant: 'valuable-complex', customers: 1, valueMinor: 80 },
      { quadrant: 'valuable-simple', customers: 1, valueMinor: 70 },
      { quadrant: 'lesser-complex', customers: 1, valueMinor: 60 },
      { quadrant: 'lesser-simple', customers: 5, valueMinor: 150 },
    ]);
    expect(quadrantsOf(rows)?.placed[2]).toMatchObject({
      row: { customerId: 'c2' },
      quadrant: 'lesser-complex',
    });
  });

  it('tell how far complex relationships are the valuable ones', () => {
    expect(valueComplexityOf(rows)).toMatchObject({
      correlation: { pairs: 8, reason: null },
      strength: 'strong',
    });
    const against = givenRows(
      ...[1, 2, 3].map((step) => ({ valueMinor: step, complexityHundredths: 9 - step })),
    );
    expect(valueComplexityOf(against)).toMatchObject({
      correlation: { coefficient: -10_000 },
      strength: 'strong',
    });
    const loose = [30, 50, 20, 40, 10].map((value, index) => ({
      valueMinor: value,
      complexityHundredths: index,
    }));
    expect(valueComplexityOf(givenRows(...loose))).toMatchObject({ correlation: { coefficient: -5_000 } });
  });

  it('say why there is no answer', () => {
    expect(valueComplexityOf(worth(1, 2, 3))).toMatchObject({
      correlation: { coefficient: null, reason: 'too-few' },
      strength: null,
      quadrants: null,
      valuableFromMinor: null,
      unknown: 3,
    });
  });
});

describe('risk', () => {
  it.each([
    [4_999, 'low', 'high'],
    [5_000, 'high', 'high'],
    [null, 'high', 'high'],
    [7_999, 'low', 'medium'],
    [8_000, 'medium', 'medium'],
    [8_000, null, 'low'],
    [null, 'low', 'low'],
    [null, null, 'unknown'],
  ] as const)('of health %s and churn %s is %s', (healthHundredths, churnBand, risk) => {
    expect(riskOf(givenRow({ healthHundredths, churnBand }))).toBe(risk);
  });
});

describe('value against risk (S117, S57)', () => {
  it('names the greatest customers at high risk and their share', () => {
    const rows = givenRows(
      { valueMinor: 50, healthHundredths: 9_000 },
      { valueMinor: 30, healthHundredths: 1_000, owner: 'Ada' },
      { valueMinor: 15, churnBand: 'high' },
      { valueMinor: 5, healthHundredths: 6_000 },
      { valueMinor: -5, healthHundredths: 100 },
    );
    const { cells, endangered, endangeredBasisPoints } = valueRiskOf(rows);
    expect(endangered).toEqual([
      {
        customerId: 'c1',
        valueMinor: 30,
        shareBasisPoints: 3_000,
        healthHundredths: 1_000,
        churnBasisPoints: null,
        owner: 'Ada',
      },
      expect.objectContaining({ customerId: 'c2', shareBasisPoints: 1_500 }),
    ]);
    expect(endangeredBasisPoints).toBe(4_500);
    expect(cells.find(({ quarter, risk }) => quarter === 1 && risk === 'high')).toEqual({
      quarter: 1,
      risk: 'high',
      customers: 1,
      valueMinor: 30,
      valueBasisPoints: 3_000,
    });
  });

  it('holds every customer in one cell, in any order', () => {
    fc.assert(
      fc.property(anyRows, ({ rows, mixed }) => {
        const told = valueRiskOf(rows);
        expect(valueRiskOf(mixed)).toEqual(told);
        expect(told.cells).toHaveLength(20);
        expect(told.cells.reduce((sum, { customers }) => sum + customers, 0)).toBe(rows.length);
        const high = rows.filter(
          (row) => row.churnBand === 'high' || (row.healthHundredths ?? 5_000) < 5_000,
        );
        const inHigh = told.cells.filter(({ risk }) => risk === 'high');
        expect(inHigh.reduce((sum, { customers }) => sum + customers, 0)).toBe(high.length);
        expect(valueComplexityOf(mixed)).toEqual(valueComplexityOf(rows));
      }),
    );
  });
});

describe('key accounts (S14, S17)', () => {
  it('tell what speaks for managing the greatest apart', () => {
    const rows = givenRows(
      { valueMinor: 900, owner: 'Ada' },
      ...Array.from({ length: 11 }, () => ({ valueMinor: 50, healthHundredths: 1_000 })),
    );
    expect(keyAccountsOf(rows, 10)).toMatchObject({
      accounts: [
        { rank: 1, customerId: 'c0', owner: 'Ada', risk: 'unknown' },
        ...Array(9).fill({ risk: 'high' }),
      ],
      customersBasisPoints: 8_333,
      valueBasisPoints: 9_310,
      withoutOwner: 9,
      atHighRisk: 9,
      valueAtHighRiskMinor: 450,
      reasons: ['concentrated', 'without-owner', 'at-risk'],
    });
  });

  it('find nothing that speaks for it where value is spread, owned and healthy', () => {
    const facts = { valueMinor: 10, owner: 'Ada', healthHundredths: 9_000 };
    expect(keyAccountsOf(givenRows(...Array.from({ length: 100 }, () => facts)), 20).reasons).toEqual([]);
    expect(keyAccountsOf([], 10)).toMatchObject({ accounts: [], valueBasisPoints: 0, reasons: [] });
  });

  it.each([9, 21, 10.5])('are not %d', (count) => {
    expect(() => keyAccountsOf([], count)).toThrow(RangeError);
  });
});
