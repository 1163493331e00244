import { beforeAll, describe, expect, it } from 'vitest';
import { expectedPurchases, probabilityAlive } from '../../packages/domain/src/predictive/bg-nbd.ts';
import { type BgNbdFit, fitBgNbd } from '../../packages/domain/src/predictive/fit-bg-nbd.ts';
import {
  conditionalMeanSpend,
  fitGammaGamma,
  type GammaGammaFit,
  populationMeanSpend,
} from '../../packages/domain/src/predictive/gamma-gamma.ts';
import { readSpend, readSummary } from './support/cdnow.ts';

describe('the CDNOW sample by its published summary (N10)', () => {
  describe('BG/NBD (Fader, Hardie and Lee 2005)', () => {
    let fit: BgNbdFit;
    beforeAll(() => {
      const result = fitBgNbd(
        readSummary().map(({ frequency, recencyWeeks, ageWeeks }) => ({
          frequency,
          recencyDays: Math.round(recencyWeeks * 7),
          ageDays: Math.round(ageWeeks * 7),
        })),
      );
      if (result.kind === 'refused') throw new Error(result.reason);
      fit = result.fit;
    });

    it('has the parameters of table 2: .243, 4.414, .793, 2.426, and the likelihood -9582.4', () => {
      expect(fit).toMatchObject({ customers: 2357, repeaters: 946 });
      expect(fit.r).toBeCloseTo(0.24259, 4);
      expect(fit.alpha).toBeCloseTo(4.41353, 3);
      expect(fit.a).toBeCloseTo(0.79289, 3);
      expect(fit.b).toBeCloseTo(2.42575, 3);
      expect(fit.logLikelihood).toBeCloseTo(-9582.43, 2);
    });

    it('expects 1.226 purchases in 39 weeks of the first customer (2 | 30.43 | 38.86), alive with .72661', () => {
      const first = { frequency: 2, recencyDays: 30.43 * 7, ageDays: 38.86 * 7 };
      expect(expectedPurchases(fit, first, 39 * 7)).toBeCloseTo(1.22591, 4);
      expect(probabilityAlive(fit, first)).toBeCloseTo(0.72661, 4);
    });

    it('expects of a new customer what the authors’ spreadsheet does, week by week', () => {
      const unknown = { frequency: 0, recencyDays: 0, ageDays: 0 };
      const inWeeks = (weeks: number) => expectedPurchases(fit, unknown, weeks * 7);
      const expected = [0.1429, 1, 3, 31.8571, 32].map((weeks) => Number(inWeeks(weeks).toFixed(4)));
      expect(expected).toEqual([0.0078, 0.0532, 0.1506, 1.0405, 1.0437]);
      // Printed as 1.8576: that is what 150 terms of its series add up to; all of them are 1.8580.
      expect(Math.abs(inWeeks(78) - 1.8576)).toBeLessThan(5e-4);
    });
  });

  describe('gamma-gamma (Fader, Hardie and Lee 2005; Fader and Hardie 2013)', () => {
    let fit: GammaGammaFit;
    beforeAll(() => {
      const result = fitGammaGamma(readSpend());
      if (result.kind === 'refused') throw new Error(result.reason);
      fit = result.fit;
    });

    it('has the published parameters 6.25, 3.74, 15.44 (here in cents) and a mean of 35.17', () => {
      expect(fit.repeaters).toBe(946);
      expect(fit.p).toBeCloseTo(6.2488, 2);
      expect(fit.q).toBeCloseTo(3.7446, 2);
      expect(fit.v / 100).toBeCloseTo(15.4477, 1);
      expect(Math.round(populationMeanSpend(fit))).toBe(35_17);
    });

    it('expects of the first ten customers the mean spend that the authors printed', () => {
      const expected = readSpend()
        .slice(0, 10)
        .map((pattern) => Math.round(conditionalMeanSpend(fit, pattern)));
      const printed = [24_65, 18_91, 35_17, 35_17, 35_17, 71_46, 18_91, 35_17, 27_28, 35_17];
      expected.forEach((cents, index) => {
        expect(Math.abs(cents - (printed[index] ?? 0))).toBeLessThanOrEqual(1);
      });
    });
  });
});
