import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadServersMissing } from '../../integrity/support/load-servers.ts';

const BENCH = fileURLToPath(new URL('bench-kafka.ts', import.meta.url));
const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', BENCH, ...words]);
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED the bench on Kafka and MongoDB: ${missing}`);

describe('the bench on Kafka and MongoDB', () => {
  it.skipIf(missing !== undefined)(
    'ends with its figures as one JSON object, and accounts for every event',
    async () => {
      const sizes = ['--events', '200', '--customers', '40', '--rate', '10', '--seconds', '1'];
      const { stdout } = await run(...sizes);
      const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
      expect(figures.servers).toHaveLength(3);
      for (const name of ['produce', 'consume', 'inserts', 'guardedUpdates', 'guardedUpdatesAtOnce']) {
        expect(figures.raw[name].perS, name).toBeGreaterThan(0);
        expect(figures.raw[name].clientCpuUs, name).toBeGreaterThan(0);
      }
      expect(Object.keys(figures.deliveries)).toEqual(['transactional', 'idempotent']);
      for (const delivery of ['transactional', 'idempotent']) {
        const { drain, scoring, latency } = figures.deliveries[delivery];
        for (const { eventsPerS, outcome, cpuUsPerEvent } of [drain, scoring]) {
          expect(eventsPerS).toBeGreaterThan(0);
          expect(cpuUsPerEvent.scoring).toBeGreaterThan(0);
          expect(outcome.scored + outcome.duplicate).toBe(200);
          expect(outcome.quarantined).toBe(0);
        }
        expect(latency.sent).toBeGreaterThan(0);
        expect(latency.changed).toBeGreaterThan(0);
        expect(latency.p50Ms).toBeGreaterThan(0);
        expect(latency.maxMs).toBeGreaterThanOrEqual(latency.p99Ms);
      }
    },
    300_000,
  );

  it('says in a sentence what is wrong with an option', async () => {
    await expect(run('--events', 'many')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--events takes a whole number from 1 on, not many\.$/m),
    });
    await expect(run('--events', '1000000')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--events takes at most 100000\.$/m),
    });
  });
});
