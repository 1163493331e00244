import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roiOf } from './roi.ts';

/** The calculator of the framework, word for word, in whole units of the currency. */
function calculateRoi(customer: { yearlyCost: number; employees: number }) {
  const savings = customer.yearlyCost * 0.3;
  const productivityGains = customer.employees * 50 * 2080 * 0.1;
  return {
    totalROI: ((savings + productivityGains) / customer.yearlyCost) * 100,
    paybackPeriod: (customer.yearlyCost / (savings + productivityGains)) * 12,
  };
}

describe('the ROI calculator (S104, D16)', () => {
  it('gives 1,070 % and 1.12 months for a cost of 100,000 and 100 employees', () => {
    expect(roiOf({ yearlyCostMinor: 100_000_00, employees: 100 })).toEqual({
      savingsMinor: 30_000_00,
      productivityMinor: 1_040_000_00,
      ratioBasisPoints: 107_000,
      netRoiBasisPoints: 97_000,
      paybackHundredthMonths: 112,
    });
  });

  it('takes the hour and the hours of a year', () => {
    const roi = roiOf({ yearlyCostMinor: 100_000_00, employees: 10, hourMinor: 80_00, hoursPerYear: 1_500 });
    expect(roi).toMatchObject({
      productivityMinor: 120_000_00,
      ratioBasisPoints: 15_000,
      paybackHundredthMonths: 800,
    });
  });

  it('has no answer without a cost, or where cost or employees are not known, and says so', () => {
    expect(roiOf({ yearlyCostMinor: 0, employees: 100 })).toBe('cost-not-positive');
    expect(roiOf({ yearlyCostMinor: -1, employees: null })).toBe('cost-not-positive');
    expect(roiOf({ yearlyCostMinor: null, employees: 100 })).toBe('cost-unknown');
    expect(roiOf({ yearlyCostMinor: 100, employees: null })).toBe('employees-unknown');
    expect(roiOf({ yearlyCostMinor: 100, employees: 1, hourMinor: -1 })).toBe('no-benefit');
    expect(roiOf({ yearlyCostMinor: 1, employees: 100_000_000 })).toBe('too-great');
    expect(roiOf({ yearlyCostMinor: 100_00, employees: 0 })).toMatchObject({ ratioBasisPoints: 3_000 });
  });

  it('is what the framework calculates, to the hundredth', () => {
    const cost = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(cost, fc.nat(100_000), (yearlyCost, employees) => {
        const seed = calculateRoi({ yearlyCost, employees });
        const roi = roiOf({ yearlyCostMinor: 100 * yearlyCost, employees });
        if (typeof roi === 'string') throw new Error(`no answer: ${roi}`);
        expect(Math.abs(Number(roi.ratioBasisPoints) / 100 - seed.totalROI)).toBeLessThan(
          0.0051 + seed.totalROI * 1e-12,
        );
        expect(Math.abs(Number(roi.paybackHundredthMonths) / 100 - seed.paybackPeriod)).toBeLessThan(0.0051);
      }),
    );
  });
});
