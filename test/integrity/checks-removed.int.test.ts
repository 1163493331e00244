import { testServers } from '@bellwether/testkit/servers';
import { describe, expect, it } from 'vitest';
import { APPEND_MUTANTS } from './checks-removed/append-mutants.ts';
import { MONGO_MUTANTS } from './checks-removed/mongo-mutants.ts';
import { playScenarios } from './checks-removed/play-scenarios.ts';
import { READING_MUTANTS } from './checks-removed/reading-mutants.ts';
import { SESSION_MUTANTS } from './checks-removed/session-mutants.ts';

const MUTANTS = { ...MONGO_MUTANTS, ...SESSION_MUTANTS, ...APPEND_MUTANTS, ...READING_MUTANTS };
const FAMILIES = Map.groupBy(Object.values(MUTANTS), ({ family }) => family);
const missing = testServers.missing !== undefined;

describe.skipIf(missing)('the adapters of Kafka and MongoDB keep what they promise', () => {
  it.concurrent.for([...FAMILIES])('to %s scenarios', { timeout: 180_000 }, async ([family, mutants]) => {
    const scenarios = [...new Set(mutants.map(({ scenario }) => scenario))];
    const result = await playScenarios({ family, scenarios, changes: [] });
    expect(result).toEqual({ broken: [], notLoaded: [] });
  });
});

describe.skipIf(missing)('without one of their checks they do not, and it shows', () => {
  it.concurrent.for(Object.entries(MUTANTS))('when %s', { timeout: 180_000 }, async ([, mutant]) => {
    const { family, scenario, breaks, changes } = mutant;
    const result = await playScenarios({ family, scenarios: [scenario], changes });
    expect(result).toEqual({ broken: [breaks], notLoaded: [] });
  });
});
