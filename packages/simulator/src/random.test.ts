import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const DRAWS = 20_000;

function sample(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1) };
}

describe('random draws', () => {
  it('repeat for the same seed text and differ for another', () => {
    const numbers = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(numbers('7/a')).toEqual(numbers('7/a'));
    expect(numbers('7/a')).not.toEqual(numbers('7/b'));
  });

  it('fill the unit interval evenly (chi-squared over 20 cells, 99.9 % point 43.8)', () => {
    const random = new Random('uniform');
    const cells = new Array<number>(20).fill(0);
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const cell = Math.floor(random.next() * 20);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const expected = DRAWS / 20;
    expect(cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(43.8);
  });

  it('have the means and variances of their distributions', () => {
    const random = new Random('moments');
    const poisson = sample(() => random.poisson(3));
    expect(poisson.mean).toBeCloseTo(3, 1);
    expect(poisson.variance).toBeCloseTo(3, 0);
    const gamma = sample(() => random.gamma(2.2));
    expect(gamma.mean).toBeCloseTo(1, 1);
    expect(gamma.variance).toBeCloseTo(1 / 2.2, 1);
    const normal = sample(() => random.normal(5, 2));
    expect(normal.mean).toBeCloseTo(5, 1);
    expect(normal.variance).toBeCloseTo(4, 0);
    expect(sample(() => random.exponential(4)).mean).toBeCloseTo(4, 0);
    expect(sample(() => random.poisson(200)).variance / 200).toBeCloseTo(1, 1);
  });

  it('shuffle without losing anything, and pick by weight', () => {
    const random = new Random('lists');
    const list = Array.from({ length: 50 }, (_, at) => at);
    const shuffled = random.shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
    const picks = Array.from({ length: DRAWS }, () => random.weighted({ often: 3, seldom: 1, never: 0 }));
    expect(picks.filter((name) => name === 'often').length / DRAWS).toBeCloseTo(0.75, 1);
    expect(picks).not.toContain('never');
  });
});
