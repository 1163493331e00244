import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_VALUE_AT_RISK, type RiskRow, withRisk } from './value-at-risk.ts';

describe('value at risk (S42, S62)', () => {
  it('is the whole value of each customer, by churn band and of those flagged at risk', () => {
    const rows: readonly RiskRow[] = [
      { valueMinor: 500, riskBand: 'medium', isAtRisk: true },
      { valueMinor: 70, riskBand: 'medium', isAtRisk: false },
      { valueMinor: 3, riskBand: null, isAtRisk: true },
    ];
    expect(rows.reduce(withRisk, NO_VALUE_AT_RISK)).toEqual({
      byBand: {
        low: { customers: 0, value: 0n },
        medium: { customers: 2, value: 570n },
        high: { customers: 0, value: 0n },
        unknown: { customers: 1, value: 3n },
      },
      atRisk: { customers: 2, value: 503n },
    });
  });

  it('leaves the high band what the four engagement models have beyond the others (D12)', () => {
    const band = (riskBand: 'low' | 'medium' | 'high', dollars: number): RiskRow => ({
      valueMinor: 100 * dollars,
      riskBand,
      isAtRisk: false,
    });
    const models = [471_744, 331_284, 60_768, 12_480].reduce((sum, dollars) => sum + dollars, 0);
    const rows = [band('medium', 785_568), band('low', 80_340), band('high', 10_368)];
    const { byBand } = rows.reduce(withRisk, NO_VALUE_AT_RISK);
    expect(byBand.low.value + byBand.medium.value + byBand.high.value).toBe(BigInt(100 * models));
  });

  it('does not depend on the order of the customers, and counts each in one band', () => {
    const row = fc.record({
      valueMinor: fc.maxSafeInteger(),
      riskBand: fc.constantFrom('low', 'medium', 'high', null),
      isAtRisk: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const sums = rows.reduce(withRisk, NO_VALUE_AT_RISK);
        expect(rows.toReversed().reduce(withRisk, NO_VALUE_AT_RISK)).toEqual(sums);
        const bands = Object.values(sums.byBand);
        expect(bands.reduce((sum, { customers }) => sum + customers, 0)).toBe(rows.length);
        const all = rows.reduce((sum, { valueMinor }) => sum + BigInt(valueMinor), 0n);
        expect(bands.reduce((sum, { value }) => sum + value, 0n)).toBe(all);
      }),
    );
  });
});
