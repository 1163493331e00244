import { expect, it } from 'vitest';
import { EXPECTED } from './workload/digest.ts';
import { runInMemory } from './workload/run-in-memory.ts';

it('the whole workload gives the count and digest that it states', { timeout: 120_000 }, async () => {
  const { count, digest } = await runInMemory(EXPECTED.events, 2_000);
  expect({ events: EXPECTED.events, count, digest }).toEqual(EXPECTED);
});
