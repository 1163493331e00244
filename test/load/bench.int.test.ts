import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const BENCH = fileURLToPath(new URL('bench.ts', import.meta.url));
const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', BENCH, ...words]);

describe('the bench', () => {
  it('ends with its figures as one JSON object, and accounts for every event', async () => {
    const sizes = ['--events', '300', '--customers', '60', '--rate', '50', '--seconds', '1'];
    const { stdout } = await run(...sizes);
    const lines = stdout.trimEnd().split('\n');
    const figures = JSON.parse(lines.at(-1) ?? '');
    const names = ['eventsPerS', 'cpuUsPerEvent', 'p50Ms', 'p99Ms', 'peakMiB', 'costRatio'];
    expect(Object.keys(figures)).toEqual(names);
    for (const name of names) expect(figures[name], name).toBeGreaterThan(0);
    expect(figures.p99Ms).toBeGreaterThanOrEqual(figures.p50Ms);
    const accounts = [
      ...stdout.matchAll(/(\d+) events = (\d+) scored \+ (\d+) duplicate \+ (\d+) quarantined/g),
    ];
    expect(accounts).toHaveLength(2);
    for (const account of accounts) {
      const [events = 0, scored = 0, duplicate = 0, quarantined = 0] = account.slice(1).map(Number);
      expect(events).toBe(300);
      expect(scored + duplicate + quarantined).toBe(events);
      expect(duplicate).toBeGreaterThan(0);
      expect(quarantined).toBe(0);
    }
  });

  it('says in a sentence what is wrong with an option', async () => {
    await expect(run('--events', 'many')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--events takes a whole number from 1 on, not many.'),
    });
  });
});
