import { describe, expect, it } from 'vitest';
import { fitRidgeLogistic, type RidgeProblem } from './ridge-logistic.ts';
import { chances } from './test-support.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The same least by another way: small steps against the slope, coefficients pushed back to 0. */
function descend({ rows, outcomes, prior, precision }: RidgeProblem): number[] {
  const point = [0, ...prior];
  for (let step = 0; step < 60_000; step += 1) {
    const slope = point.map((value, at) => (at === 0 ? 0 : precision * (value - (prior[at - 1] ?? 0))));
    rows.forEach((row, place) => {
      const x = row.reduce((sum, value, at) => sum + value * (point[at + 1] ?? 0), point[0] ?? 0);
      const miss = sigmoid(x) - (outcomes[place] ? 1 : 0);
      slope.forEach((_, at) => {
        slope[at] = (slope[at] ?? 0) + miss * (at === 0 ? 1 : (row[at - 1] ?? 0));
      });
    });
    point.forEach((value, at) => {
      const moved = value - (0.5 / rows.length) * (slope[at] ?? 0);
      point[at] = at === 0 ? moved : Math.max(0, moved);
    });
  }
  return point;
}

function population(
  size: number,
  truth: readonly number[],
  seed: number,
): Pick<RidgeProblem, 'rows' | 'outcomes'> {
  const chance = chances(seed);
  const rows = Array.from({ length: size }, () => truth.slice(1).map(() => 2 * chance() - 1));
  const outcomes = rows.map((row) => {
    const x = row.reduce((sum, value, at) => sum + value * (truth[at + 1] ?? 0), truth[0] ?? 0);
    return chance() < sigmoid(x);
  });
  return { rows, outcomes };
}

describe('a logistic fit that stays near what is believed', () => {
  it('is where plain gradient descent ends, with and without a coefficient held at 0', () => {
    for (const truth of [
      [-1, 1.5, 0.4, 0.8],
      [-0.5, -2, 1, 0.1],
    ]) {
      const problem = { ...population(80, truth, 7), prior: [1, 0.5, 0.7], precision: 4 };
      const { base, coefficients } = fitRidgeLogistic(problem);
      const plain = descend(problem);
      for (const [at, value] of [base, ...coefficients].entries())
        expect(value).toBeCloseTo(plain[at] ?? Number.NaN, 6);
      expect(coefficients.every((value) => value >= 0)).toBe(true);
      if ((truth[1] ?? 0) < 0) expect(coefficients[0]).toBe(0);
    }
  });

  it('fits a single reading of two values to the odds of each, when nothing is held', () => {
    // 2 of 10 and 6 of 10: log-odds ln(2/8) and ln(6/4)
    const rows = Array.from({ length: 20 }, (_, at) => [at < 10 ? 0 : 1]);
    const outcomes = rows.map((_, at) => at < 2 || (at >= 10 && at < 16));
    const { base, coefficients } = fitRidgeLogistic({ rows, outcomes, prior: [0], precision: 0 });
    expect(base).toBeCloseTo(Math.log(2 / 8), 8);
    expect(coefficients[0]).toBeCloseTo(Math.log(6 / 4) - Math.log(2 / 8), 8);
  });

  it('keeps to what is believed of a reading that nobody has', () => {
    const rows = Array.from({ length: 50 }, (_, at) => [at % 2, 0]);
    const outcomes = rows.map((_, at) => at % 5 === 0);
    expect(fitRidgeLogistic({ rows, outcomes, prior: [0.3, 0.8], precision: 4 }).coefficients[1]).toBe(0.8);
  });

  it('does not run away where a reading tells the outcomes apart without fail', () => {
    const rows = Array.from({ length: 40 }, (_, at) => [at < 20 ? -1 : 1]);
    const { coefficients } = fitRidgeLogistic({
      rows,
      outcomes: rows.map(([reading = 0]) => reading > 0),
      prior: [1],
      precision: 4,
    });
    expect(coefficients[0]).toBeGreaterThan(1);
    expect(coefficients[0]).toBeLessThan(4);
  });
});
