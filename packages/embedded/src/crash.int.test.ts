import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from './open-embedded.ts';
import { readTopic } from './read-topic.ts';

const WRITER = join(import.meta.dirname, 'crash-writer.fixture.ts');
const KILLS = 8;
const TOPICS = { input: 'one', output: 'one' } as const;

/** What the data folder says: how much was appended, published, committed and applied. */
async function inspect(path: string) {
  const { log, store, readModels, close } = openEmbedded({ path, partitions: 1, topics: TOPICS });
  const values = async (topic: string) => {
    const found: unknown[] = [];
    for await (const record of readTopic(log, topic)) found.push(record.value);
    return found;
  };
  const input = await values('input');
  const output = await values('output');
  const session = log.openSession({ group: 'work', topic: 'input', partition: 0 });
  const committed = (await session.takeOver()) ?? 0;
  const sum = (await store.load('sums', ['sum'])).get('sum');
  const ranked = (await store.top('sums', 'all', 1)).map(({ index }) => index.rank);
  const count = await readModels.count('sums', 'all', { count: (sum?.appliedOffset ?? -1) + 1 });
  await close();
  return { input, output, committed, applied: sum?.appliedOffset ?? -1, ranked, count };
}

/** What must hold in every state that a crash can leave: each step is one transaction, and their order is kept. */
function expectConsistent({
  input,
  output,
  committed,
  applied,
  ranked,
  count,
}: Awaited<ReturnType<typeof inspect>>) {
  expect(input).toEqual(input.map((_, n) => n));
  expect(output).toEqual(output.map((_, n) => n));
  expect(committed).toBe(output.length);
  // A document is saved before its outputs are published, and at most one batch (7 records) ahead of them.
  expect(applied + 1).toBeGreaterThanOrEqual(committed);
  expect(applied + 1).toBeLessThanOrEqual(committed + 7);
  expect(applied).toBeLessThan(input.length);
  if (applied >= 0) expect({ ranked, count }).toEqual({ ranked: [applied], count: 1 });
}

/** Runs the writer for a while, kills it and returns the greatest number it acknowledged of each kind. */
async function runAndKill(path: string, lifeMs: number): Promise<ReadonlyMap<string, number>> {
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, path]);
  let lines = '';
  let errors = '';
  writer.stdout.on('data', (chunk) => {
    lines += String(chunk);
  });
  writer.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const exited = once(writer, 'close');
  await Promise.race([once(writer.stdout, 'data'), exited]);
  await sleep(lifeMs);
  writer.kill('SIGKILL');
  await exited;
  expect(errors).toBe('');
  // The last line may be cut off.
  const complete = lines.split('\n').slice(0, -1);
  return new Map(complete.map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])] as const));
}

describe('a data folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'bellwether-crash-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('has everything that was acknowledged, and nothing by half, after kill -9 at any instant', async () => {
    const lives = fc.sample(fc.integer({ min: 0, max: 120 }), {
      numRuns: KILLS,
      seed: Number(process.env.BELLWETHER_SEED),
    });
    let published = 0;
    for (const lifeMs of lives) {
      const acknowledged = await runAndKill(path, lifeMs);
      const found = await inspect(path);
      expectConsistent(found);
      expect(found.input.length).toBeGreaterThanOrEqual(acknowledged.get('appended') ?? 0);
      expect(found.applied).toBeGreaterThanOrEqual(acknowledged.get('saved') ?? -1);
      expect(found.committed).toBeGreaterThanOrEqual(acknowledged.get('published') ?? 0);
      expect(found.committed).toBeGreaterThanOrEqual(published);
      published = found.committed;
    }
    expect(published).toBeGreaterThan(0);
  });

  it('is in one earlier state of log and store together when the power failed and the end of the journal is lost', async () => {
    await runAndKill(path, 150);
    const file = join(path, 'bellwether.sqlite');
    const journal = readFileSync(`${file}-wal`);
    const states = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: journal.length }), async (kept) => {
        const copy = mkdtempSync(join(tmpdir(), 'bellwether-power-'));
        copyFileSync(file, join(copy, 'bellwether.sqlite'));
        writeFileSync(join(copy, 'bellwether.sqlite-wal'), journal.subarray(0, kept));
        const found = await inspect(copy);
        expectConsistent(found);
        states.add(`${found.input.length} ${found.applied} ${found.committed}`);
        rmSync(copy, { recursive: true });
      }),
      { numRuns: 60 },
    );
    expect(statSync(file).size).toBeGreaterThan(0);
    // Cut in many places, it was in many states; were it always the same one, nothing would have been tried.
    expect(states.size).toBeGreaterThan(10);
  });
});
