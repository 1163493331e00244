import { type Fault, shown } from '@bellwether/events';
import { type GoldenCase, type ModelPack, type SignalModel, toHundredths } from '../models/model-pack.ts';
import type { HealthScore } from './health-score.ts';
import type { Reading } from './reading.ts';
import { scoreReadings } from './score-readings.ts';

/**
 * Scores the golden cases of a pack (N21) and says, with a path into the pack, where something else comes of them than
 * they say; empty when all hold. A signal that a case does not name is missing, with the feed working.
 */
export function runGoldenCases(pack: ModelPack): readonly Fault[] {
  return pack.goldenCases.flatMap((golden, index) => {
    const score = scoreGoldenCase(pack, golden);
    return faultsOf(golden, score).map(({ path, ...fault }) => ({
      path: `goldenCases[${index}].${path}`,
      ...fault,
    }));
  });
}

/** What comes of one golden case. */
export function scoreGoldenCase(pack: ModelPack, { readings, facts }: GoldenCase): HealthScore {
  return scoreReadings(
    pack,
    pack.signals.map((signal) => readingOf(signal, readings[signal.signal])),
    {
      facts: { status: facts?.status ?? null, reference: facts?.reference ?? null },
      today: 0,
      currency: 'USD',
    },
  );
}

function readingOf(model: SignalModel, given: GoldenCase['readings'][string] | undefined): Reading {
  if (given === undefined) return { missing: 'no-data' };
  if (typeof given === 'object') return { raw: given.reading, norm: given.norm, evidenceDay: null };
  const isAlwaysCompared = model.curve === undefined && model.steps === undefined;
  return isAlwaysCompared ? { missing: 'no-data' } : { raw: given, evidenceDay: null };
}

function faultsOf(golden: GoldenCase, score: HealthScore): Fault[] {
  const faults: Fault[] = [];
  const check = (path: string, expected: unknown, got: unknown): void => {
    if (expected !== got)
      faults.push({ path, expected: `${shown(got)}, as the model gives`, got: shown(expected) });
  };
  const points = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);
  const stated = (value: number | null) => (value === null ? null : points(toHundredths(value)));
  check('value', stated(golden.value), points(score.valueHundredths));
  check('band', golden.band, score.band);
  check('coveragePercent', stated(golden.coveragePercent), points(score.coverageHundredths));
  const given = new Map(Object.entries(golden.contributions));
  for (const [part, hundredths] of contributionsOf(score)) {
    check(`contributions.${part}`, stated(given.get(part) ?? 0), points(hundredths));
    given.delete(part);
  }
  for (const [part, value] of given) check(`contributions.${part}`, value, 0);
  return faults;
}

function contributionsOf({ signals, adjustments }: HealthScore): readonly (readonly [string, number])[] {
  return [
    ...signals.map(({ signal, contributionHundredths }) => [signal, contributionHundredths] as const),
    ...adjustments.map(({ name, contributionHundredths }) => [name, contributionHundredths] as const),
  ];
}
