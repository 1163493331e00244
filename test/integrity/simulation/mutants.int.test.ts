import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { playInThread } from './play-schedules.ts';
import { BROKEN_PROMISES } from './settings.ts';

/** As many as a run plays of the sound loop; the same ones every time. */
const SCHEDULES = 20_000;

describe('the schedules see it', () => {
  it.for(Object.entries(MUTANTS))('when %s', { timeout: 120_000 }, async ([, { setting, changes }]) => {
    const { violations } = await playInThread({ setting, from: 1, count: SCHEDULES, atMost: 1 }, changes);
    expect(violations).toHaveLength(1);
  });

  it.for(Object.entries(BROKEN_PROMISES))('when %s', { timeout: 120_000 }, async ([, setting]) => {
    const { violations } = await playInThread({ setting, from: 1, count: SCHEDULES, atMost: 1 });
    expect(violations).toHaveLength(1);
  });
});
