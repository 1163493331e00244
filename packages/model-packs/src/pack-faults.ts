import {
  type Bands,
  type ModelPack,
  runGoldenCases,
  type ScalePoint,
  SIGNALS,
  type SignalModel,
} from '@bellwether/domain';
import { type Fault, shown } from '@bellwether/events';

/** What the form alone cannot say: sums, orders, names that must be known, golden cases that must hold. */
export function packFaults(pack: ModelPack): readonly Fault[] {
  const faults = contradictions(pack);
  return faults.length > 0 ? faults : runGoldenCases(pack);
}

/** Where parts of a pack contradict each other; its golden cases are not run. */
export function contradictions(pack: ModelPack): readonly Fault[] {
  return [
    ...weightFaults(pack),
    ...repeatedNames(pack),
    ...pack.signals.flatMap((signal, index) => signalFaults(signal, `signals[${index}]`)),
    ...bandFaults(pack.bands),
    ...conditionFaults(pack),
    ...goldenNames(pack),
  ];
}

function weightFaults({ pillars, signals }: ModelPack): Fault[] {
  const faults: Fault[] = [];
  const total = sumOf(pillars);
  if (total !== 100) faults.push({ path: 'pillars', expected: 'weights that sum to 100', got: `${total}` });
  for (const [index, { pillar, weight }] of pillars.entries()) {
    const weighed = sumOf(signals.filter((signal) => signal.pillar === pillar));
    if (weighed === weight) continue;
    const expected = `signals of ${pillar} whose weights sum to its ${weight}`;
    faults.push({ path: `pillars[${index}].weight`, expected, got: `${weighed}` });
  }
  for (const [index, { pillar }] of signals.entries()) {
    if (pillars.some((known) => known.pillar === pillar)) continue;
    const expected = `one of the pillars (${pillars.map((known) => known.pillar).join(', ')})`;
    faults.push({ path: `signals[${index}].pillar`, expected, got: shown(pillar) });
  }
  return faults;
}

function sumOf(weighed: readonly { readonly weight: number }[]): number {
  return weighed.reduce((sum, { weight }) => sum + weight, 0);
}

/** Signals, bonuses and overrides share the names of a score's parts. */
function repeatedNames({ pillars, signals, bonuses = [], overrides = [] }: ModelPack): Fault[] {
  const named = [
    pillars.map(({ pillar }, index) => [`pillars[${index}].pillar`, pillar] as const),
    [
      ...signals.map(({ signal }, index) => [`signals[${index}].signal`, signal] as const),
      ...bonuses.map(({ name }, index) => [`bonuses[${index}].name`, name] as const),
      ...overrides.map(({ name }, index) => [`overrides[${index}].name`, name] as const),
    ],
  ];
  return named.flatMap((names) => {
    const seen = new Set<string>();
    return names.flatMap(([path, name]) => {
      if (seen.has(name)) return [{ path, expected: 'a name that nothing else has', got: shown(name) }];
      seen.add(name);
      return [];
    });
  });
}

function signalFaults(model: SignalModel, path: string): Fault[] {
  const { signal, feed, windowDays, curve, steps, relativeTo } = model;
  const { feed: itsFeed, isWindowed } = SIGNALS[signal];
  const faults: Fault[] = [];
  if (feed !== itsFeed)
    faults.push({ path: `${path}.feed`, expected: `${itsFeed}, the feed of ${signal}`, got: shown(feed) });
  if (isWindowed !== (windowDays !== null)) {
    const expected = isWindowed
      ? `a number of days, for ${signal} looks back`
      : `null, for ${signal} has no window`;
    faults.push({ path: `${path}.windowDays`, expected, got: shown(windowDays) });
  }
  if (curve !== undefined && steps !== undefined) {
    faults.push({ path: `${path}.steps`, expected: 'either a curve or steps', got: 'both' });
  } else if (curve === undefined && steps === undefined && relativeTo === undefined) {
    faults.push({ path: `${path}.curve`, expected: 'a curve or steps', got: 'neither' });
  }
  const ascending = 'readings that ascend';
  faults.push(...orderFaults(curve ?? [], `${path}.curve`, ascending));
  faults.push(...orderFaults(steps ?? [], `${path}.steps`, ascending));
  faults.push(...relativeFaults(model, `${path}.relativeTo`));
  return faults;
}

function orderFaults(points: readonly ScalePoint[], path: string, expected: string): Fault[] {
  return points.flatMap(([reading], index) => {
    const before = points[index - 1]?.[0];
    return before !== undefined && reading <= before
      ? [{ path: `${path}[${index}]`, expected, got: `${reading} after ${before}` }]
      : [];
  });
}

const BASELINE_FIELDS = ['periods', 'minimumPeriods', 'minimumUsual'] as const;

function relativeFaults({ signal, relativeTo }: SignalModel, path: string): Fault[] {
  if (relativeTo === undefined) return [];
  const faults = orderFaults(relativeTo.curve, `${path}.curve`, 'readings that ascend');
  const given: { readonly [field: string]: unknown } = { ...relativeTo };
  const isBaseline = relativeTo.kind === 'own-baseline';
  for (const field of BASELINE_FIELDS) {
    if (isBaseline === (given[field] !== undefined)) continue;
    const expected = isBaseline ? 'to be present for an own-baseline' : 'no such field for a segment';
    faults.push({ path: `${path}.${field}`, expected, got: shown(given[field]) });
  }
  if (!isBaseline) return faults;
  if (!SIGNALS[signal].hasUsual) {
    const usual = Object.entries(SIGNALS).flatMap(([name, { hasUsual }]) => (hasUsual ? [name] : []));
    const expected = `own-baseline only for ${usual.join(', ')}, whose past is kept`;
    faults.push({ path: `${path}.kind`, expected, got: shown(signal) });
  }
  if (relativeTo.minimumPeriods > relativeTo.periods) {
    const expected = `at most the ${relativeTo.periods} periods`;
    faults.push({ path: `${path}.minimumPeriods`, expected, got: `${relativeTo.minimumPeriods}` });
  }
  return faults;
}

function bandFaults(bands: Bands): Fault[] {
  const { healthyFromPoints, needsAttentionFromPoints, atRiskBelowPoints, atRiskClearedFromPoints } = bands;
  const faults: Fault[] = [];
  if (healthyFromPoints <= needsAttentionFromPoints) {
    const expected = `more than needsAttentionFromPoints, ${needsAttentionFromPoints}`;
    faults.push({ path: 'bands.healthyFromPoints', expected, got: `${healthyFromPoints}` });
  }
  if (atRiskClearedFromPoints < atRiskBelowPoints) {
    const expected = `at least atRiskBelowPoints, ${atRiskBelowPoints}`;
    faults.push({ path: 'bands.atRiskClearedFromPoints', expected, got: `${atRiskClearedFromPoints}` });
  }
  return faults;
}

/** A condition is about values that its fact can have. */
function conditionFaults({ bonuses = [], overrides = [] }: ModelPack): Fault[] {
  const conditions = [
    ...bonuses.map(({ when }, index) => [`bonuses[${index}].when`, when] as const),
    ...overrides.map(({ when }, index) => [`overrides[${index}].when`, when] as const),
  ];
  return conditions.flatMap(([path, { fact, is }]) => {
    const wanted = fact === 'reference' ? 'boolean' : 'string';
    return is.flatMap((value, index) => {
      if (typeof value === wanted) return [];
      const expected = wanted === 'boolean' ? 'true or false' : 'a text';
      return [{ path: `${path}.is[${index}]`, expected, got: shown(value) }];
    });
  });
}

/** A golden case speaks of signals and parts that the pack has. */
function goldenNames({ goldenCases, signals, bonuses = [], overrides = [] }: ModelPack): Fault[] {
  const known = new Map<string, SignalModel>(signals.map((model) => [model.signal, model]));
  const parts = new Set([...known.keys(), ...[...bonuses, ...overrides].map(({ name }) => name)]);
  return goldenCases.flatMap(({ readings, contributions }, index) => {
    const path = `goldenCases[${index}]`;
    const faults: Fault[] = [];
    for (const [name, given] of Object.entries(readings)) {
      const model = known.get(name);
      if (model === undefined) {
        faults.push({
          path: `${path}.readings.${name}`,
          expected: 'a signal of this pack',
          got: shown(given),
        });
      } else if (typeof given === 'object' && model.relativeTo === undefined) {
        const expected = `a number: ${name} is compared with nothing`;
        faults.push({ path: `${path}.readings.${name}`, expected, got: shown(given) });
      }
    }
    for (const [name, points] of Object.entries(contributions)) {
      if (parts.has(name)) continue;
      const expected = 'a signal, bonus or override of this pack';
      faults.push({ path: `${path}.contributions.${name}`, expected, got: shown(points) });
    }
    return faults;
  });
}
