import { describe, expect, it } from 'vitest';
import { CS_FRAMEWORK } from './cs-framework.ts';
import { pointsHundredthsOf } from './curve.ts';
import { type Pillar, SIGNAL_NAMES } from './model-pack.ts';

const weightOf = (pillar: Pillar) =>
  CS_FRAMEWORK.signals
    .filter((signal) => signal.pillar === pillar)
    .reduce((sum, { weight }) => sum + weight, 0);

describe('the customer-success framework (S94)', () => {
  it('weighs usage 0.4, support 0.3 and business value 0.3', () => {
    expect([weightOf('usage'), weightOf('support'), weightOf('business')]).toEqual([40, 30, 30]);
  });

  it('has ten signals, each once', () => {
    expect(CS_FRAMEWORK.signals.map(({ signal }) => signal)).toEqual(SIGNAL_NAMES);
  });

  it('has curves whose readings ascend and whose points lie in 0..100', () => {
    for (const { curve } of CS_FRAMEWORK.signals) {
      const raws = curve.map(([raw]) => raw);
      expect(raws).toEqual([...new Set(raws)].sort((a, b) => a - b));
      for (const [, points] of curve) expect(points >= 0 && points <= 100).toBe(true);
    }
  });

  it('puts use down by 20 % on the border of at risk (D15)', () => {
    const trend = CS_FRAMEWORK.signals.find(({ signal }) => signal === 'usage-trend');
    expect(pointsHundredthsOf(trend?.curve ?? [], -20)).toBe(CS_FRAMEWORK.atRiskBelowHundredths);
  });
});

describe('a curve', () => {
  const curve = [
    [0, 0],
    [4, 40],
    [10, 80],
  ] as const;

  it('is linear between its points, in whole hundredths', () => {
    expect(pointsHundredthsOf(curve, 2)).toBe(2000);
    expect(pointsHundredthsOf(curve, 5)).toBe(4667);
    expect(pointsHundredthsOf(curve, 4)).toBe(4000);
  });

  it('is level before its first and after its last point', () => {
    expect(pointsHundredthsOf(curve, -3)).toBe(0);
    expect(pointsHundredthsOf(curve, 99)).toBe(8000);
  });
});
