import { CS_FRAMEWORK } from '@bellwether/domain';
import { describe, expect, it } from 'vitest';
import { overridePack, type PackOverrides } from './override-pack.ts';

/** Takes points of weight from one signal and gives them to another. */
function moved(points: number): Record<string, number> {
  const [one, other] = CS_FRAMEWORK.signals.toSorted((a, b) => b.weight - a.weight);
  if (one === undefined || other === undefined) throw new Error('the pack has two signals');
  return { [one.signal]: one.weight - points, [other.signal]: other.weight + points };
}
function pathsOf(overrides: PackOverrides): readonly string[] {
  const result = overridePack(CS_FRAMEWORK, overrides);
  return result.ok ? [] : result.faults.map(({ path }) => path);
}

describe('a pack with other weights or bands (N6)', () => {
  it('is a model of its own, whose pillars weigh what their signals do, and that promises no golden case', () => {
    const result = overridePack(CS_FRAMEWORK, { weights: moved(1), bands: { healthyFromPoints: 90 } });
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const { id, version, bands, signals, pillars, goldenCases } = result.pack;
    expect([id, version, goldenCases]).toEqual(['cs-framework-what-if', CS_FRAMEWORK.version, []]);
    expect(bands).toEqual({ ...CS_FRAMEWORK.bands, healthyFromPoints: 90 });
    expect(signals.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    for (const { pillar, weight } of pillars) {
      const weighed = signals.filter((signal) => signal.pillar === pillar);
      expect(weight).toBe(weighed.reduce((sum, signal) => sum + signal.weight, 0));
    }
  });

  it('names what cannot be, all at once', () => {
    const [signal = ''] = CS_FRAMEWORK.signals.map((model) => model.signal);
    const paths = pathsOf({ weights: { [signal]: 1.5, moon: 3 }, bands: { healthyFromPoints: 120 } });
    expect(paths).toEqual([
      'weights.moon',
      'pillars[0].weight',
      'signals[0].weight',
      'bands.healthyFromPoints',
    ]);
  });

  it('has weights that sum to 100, and bands in their order', () => {
    const [signal = ''] = Object.keys(moved(1));
    expect(pathsOf({ weights: { [signal]: 1 } })).toEqual(['pillars']);
    expect(pathsOf({ bands: { healthyFromPoints: 10 } })).toEqual(['bands.healthyFromPoints']);
  });
});
