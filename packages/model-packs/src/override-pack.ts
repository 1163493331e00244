import type { Bands, ModelPack } from '@bellwether/domain';
import { type Fault, shown } from '@bellwether/events';
import { contradictions } from './pack-faults.ts';
import type { PackResult } from './read-pack.ts';
import { isPack, schemaFaults } from './schema-faults.ts';

/** What of a model is to be otherwise. */
export interface PackOverrides {
  /** Whole percent by signal; one that is not named keeps its weight. All sum to 100. */
  readonly weights?: { readonly [signal: string]: number };
  readonly bands?: Partial<Bands>;
}

/**
 * A pack with other weights or bands, as a model of its own name (`<id>-what-if`): each pillar weighs what its signals
 * do. Checked as any pack, all faults at once, but for the golden cases: those hold for the weights that they were made
 * with.
 */
export function overridePack(pack: ModelPack, { weights = {}, bands = {} }: PackOverrides): PackResult {
  const signals = pack.signals.map((model) => ({ ...model, weight: weights[model.signal] ?? model.weight }));
  const pillars = pack.pillars.map((pillar) => ({
    ...pillar,
    weight: signals
      .filter((signal) => signal.pillar === pillar.pillar)
      .reduce((sum, signal) => sum + signal.weight, 0),
  }));
  const id = `${pack.id}-what-if`;
  const overridden: unknown = { ...pack, id, pillars, signals, bands: { ...pack.bands, ...bands } };
  const faults: Fault[] = [...unknownSignals(pack, weights)];
  if (!isPack(overridden)) return { ok: false, faults: [...faults, ...schemaFaults(overridden)] };
  faults.push(...contradictions(overridden));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, pack: { ...overridden, goldenCases: [] } };
}

function unknownSignals({ signals }: ModelPack, weights: { readonly [signal: string]: number }): Fault[] {
  const known = new Set<string>(signals.map(({ signal }) => signal));
  return Object.keys(weights).flatMap((signal) => {
    if (known.has(signal)) return [];
    const expected = `one of ${[...known].join(', ')}`;
    return [{ path: `weights.${signal}`, expected, got: shown(signal) }];
  });
}
