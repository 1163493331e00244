import { describe, expect, it } from 'vitest';
import { fitShiftedBetaGeometric } from '../../packages/domain/src/predictive/fit-shifted-beta-geometric.ts';
import { countsOfCohort } from '../../packages/domain/src/predictive/renewal-counts.ts';
import { survival } from '../../packages/domain/src/predictive/shifted-beta-geometric.ts';

/** Survivors of 1,000 customers over twelve years (Fader and Hardie 2007, table 1). */
const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394];
const REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173];

function fitted(survivors: readonly number[]) {
  const result = fitShiftedBetaGeometric(countsOfCohort(survivors));
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.fit;
}

describe('the shifted beta-geometric model of Fader and Hardie (2007), fitted on seven years (S29, N10)', () => {
  it.each([
    ['High-End', HIGH_END, { alpha: 0.66809, beta: 3.8061, logLikelihood: -1611.16 }],
    ['Regular', REGULAR, { alpha: 0.70408, beta: 1.18204, logLikelihood: -1680.27 }],
  ])('%s: the parameters and the likelihood that were published', (_, survivors, published) => {
    const fit = fitted(survivors.slice(0, 8));
    // Printed as .668, 3.806 and .704, 1.182; recomputed to five digits.
    expect(fit.alpha).toBeCloseTo(published.alpha, 4);
    expect(fit.beta).toBeCloseTo(published.beta, 4);
    expect(fit.logLikelihood).toBeCloseTo(published.logLikelihood, 2);
  });

  it.each([
    ['High-End', HIGH_END],
    ['Regular', REGULAR],
  ])('%s: five more years are foretold to within two in a hundred', (_, survivors) => {
    const fit = fitted(survivors.slice(0, 8));
    for (const year of [8, 9, 10, 11, 12]) {
      expect(Math.abs(survival(fit, year) - (survivors[year] ?? 0) / 1000)).toBeLessThan(0.02);
    }
  });
});
