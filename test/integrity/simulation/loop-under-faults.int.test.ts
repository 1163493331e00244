import { StreamError } from '@bellwether/stream';
import { describe, expect, it } from 'vitest';
import { addCounts, type FaultCounts, noCounts } from '../../../packages/testkit/src/simulation/counts.ts';
import regressions from '../regressions/loop-under-faults.json' with { type: 'json' };
import { keepRegression } from '../support/keep-regression.ts';
import { playSchedules } from './play-schedules.ts';
import { runRecreated, runSchedule, type Violation } from './run-schedules.ts';
import { SETTINGS, type SettingName } from './settings.ts';

const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
/** Schedules of one run over all settings. */
const SCHEDULES = isLong ? 200_000 : 20_000;
const SEED = Number(process.env.BELLWETHER_SEED) >>> 0;
const NAME = 'loop-under-faults';
const SHARES: Readonly<Record<SettingName, number>> = {
  transactional: 0.4,
  idempotent: 0.2,
  restored: 0.2,
  forgotten: 0.2,
};
/** Longer runs take as long as they take; slow machines play 200 schedules a second. */
const LONGEST_MS = 60_000 + SCHEDULES * 5;

/** The shortest violation, kept so that it is played first from now on. */
function report(setting: SettingName, violations: readonly Violation[]): string {
  const [shortest] = violations.toSorted((one, other) => one.events - other.events);
  if (!shortest) return '';
  const { seed, faults } = shortest;
  const file = keepRegression(NAME, { setting, seed });
  return `${setting}, seed ${seed}, kept in ${file}:\n${faults.join('\n')}`;
}

function print(total: FaultCounts, elapsedMs: number): void {
  const rate = Math.round((total.schedules / elapsedMs) * 1_000);
  const counts = Object.entries(total).map(([what, count]) => `${what} ${count}`);
  console.log(`Loop under faults, from seed ${SEED}, ${rate} schedules/s: ${counts.join(', ')}.`);
}

describe('the loop, run by several processes over a log and a store that fail separately', () => {
  it('ends as if nothing had happened in schedules that once ended otherwise', async () => {
    for (const { setting, seed } of regressions as readonly { setting: SettingName; seed: number }[]) {
      const events: string[] = [];
      const { faults } = await runSchedule(SETTINGS[setting], seed, (line) => events.push(line));
      expect(faults, `${setting}, seed ${seed}:\n${events.join('\n')}\n`).toEqual([]);
    }
  });

  it(
    `ends as if nothing had happened in ${SCHEDULES} schedules by seed (T9, T12, T21)`,
    async () => {
      const total = noCounts();
      const startMs = performance.now();
      for (const [name, share] of Object.entries(SHARES) as [SettingName, number][]) {
        const count = Math.ceil(SCHEDULES * share);
        const run = await playSchedules({ setting: SETTINGS[name], from: SEED, count, atMost: 20 });
        addCounts(total, run.counts);
        expect(report(name, run.violations)).toBe('');
      }
      print(total, performance.now() - startMs);
      // A kind of fault that never happened proves nothing.
      const never = Object.entries(total).filter(([, count]) => count === 0);
      expect(never).toEqual([]);
    },
    LONGEST_MS,
  );

  it('stops, and leaves the store as it is, when the input was made anew under its name (T19)', async () => {
    for (let seed = SEED; seed < SEED + 200; seed += 1) {
      const { failures, strayWrites } = await runRecreated(SETTINGS.transactional, seed);
      const codes = new Set(
        failures.map((error) => (error instanceof StreamError ? error.code : error.message)),
      );
      expect({ seed, codes: [...codes], strayWrites }).toEqual({
        seed,
        codes: ['log-mismatch'],
        strayWrites: 0,
      });
    }
  });
});
