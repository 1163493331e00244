import { describe, expect, it } from 'vitest';
import { logistic, logOddsOf, probabilityOf, slopeBetween } from './logistic.ts';

describe('a probability and its log-odds', () => {
  it('are those of the logistic curve', () => {
    expect(probabilityOf(0)).toBe(5_000);
    expect(probabilityOf(-13_863)).toBe(2_000);
    expect(probabilityOf(10_000)).toBe(7_311);
    expect(probabilityOf(-10_000)).toBe(2_689);
    expect(logOddsOf(2_000)).toBe(-13_863);
    expect(logOddsOf(5_000)).toBe(0);
    expect(logOddsOf(7_311)).toBe(10_002);
  });

  it('are never certain', () => {
    expect([probabilityOf(-200_000), probabilityOf(200_000)]).toEqual([1, 9_999]);
    expect([logOddsOf(0), logOddsOf(10_000)]).toEqual([logOddsOf(1), logOddsOf(9_999)]);
  });

  it('lead back to where they came from', () => {
    for (let probability = 1; probability <= 9_999; probability += 1)
      expect(probabilityOf(logOddsOf(probability))).toBe(probability);
  });

  it('are rounded nowhere near an edge, so that no machine can differ', () => {
    const distanceToEdge = (value: number) => Math.abs((((value % 1) + 1) % 1) - 0.5);
    let nearest = 1;
    for (let logOdds = -100_000; logOdds <= 100_000; logOdds += 1)
      nearest = Math.min(nearest, distanceToEdge(10_000 * logistic(logOdds / 10_000)));
    for (let probability = 1; probability <= 9_999; probability += 1)
      nearest = Math.min(nearest, distanceToEdge(10_000 * Math.log(probability / (10_000 - probability))));
    expect(nearest).toBeGreaterThan(1e-9);
    expect(probabilityOf(100_000)).toBe(9_999);
  });
});

describe('the slope between two log-odds', () => {
  it('is what one turns into the other by', () => {
    expect(slopeBetween(-13_863, 0)).toBeCloseTo((5_000 - 2_000) / 13_863, 5);
    expect(slopeBetween(0, -13_863)).toBe(slopeBetween(-13_863, 0));
  });

  it('is that of the curve where both are the same', () => {
    expect(slopeBetween(0, 0)).toBe(0.25);
    expect(slopeBetween(-13_863, -13_863)).toBeCloseTo(0.16, 5);
    expect(slopeBetween(-13_863, -13_862)).toBeCloseTo(0.16, 4);
  });
});
