import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPIC_NAMES } from '@bellwether/events';
import { importFile, readMap } from '@bellwether/ingest';
import { changeFaults, seededChance } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../services/cli/src/engine.ts';
import { importPartsOf } from '../../services/cli/src/import-parts.ts';
import { EXAMPLES } from './support/open-pipeline.ts';
import { changesOf, type Picture, pictureOf } from './support/picture.ts';
import { pictureFaults } from './support/same-picture.ts';

const WORKER = join(import.meta.dirname, 'support', 'import-worker.fixture.ts');
const SEED = Number(process.env.BELLWETHER_SEED);
const KILLS = Number(process.env.BELLWETHER_KILLS ?? 20);
/** A batch takes up to about this long, so a kill lands anywhere in one. */
const WITHIN_MS = 40;

interface Life {
  /** Records that went through in this life. */
  readonly processed: number;
  readonly isDone: boolean;
}

/** One life of the importing process: killed `delayMs` after `until` records went through, or left to its end. */
async function live(
  folder: string,
  death?: { readonly until: number; readonly delayMs: number },
): Promise<Life> {
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER, folder]);
  let [processed, isDone, isDoomed, errors] = [0, false, false, ''];
  const kill = async (delayMs: number) => {
    await sleep(delayMs);
    worker.kill('SIGKILL');
  };
  let killing = Promise.resolve();
  worker.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  worker.stdout.on('data', (chunk) => {
    for (const line of String(chunk).split('\n')) {
      if (line === 'done') isDone = true;
      else if (line !== '') processed = Math.max(processed, Number(line));
    }
    if (death === undefined || isDoomed || processed < death.until) return;
    isDoomed = true;
    killing = kill(death.delayMs);
  });
  await once(worker, 'close');
  await killing;
  expect(errors).toBe('');
  return { processed, isDone };
}

/** Opens a data folder after the process that wrote it has ended. */
async function within<T>(folder: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = openEngine({ path: folder });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

async function endOffsets({ log }: Engine): Promise<readonly number[]> {
  return await Promise.all(TOPIC_NAMES.map((topic) => log.endOffset(topic, 0)));
}

describe(`an import that is killed with SIGKILL at ${KILLS} instants (seed ${SEED})`, () => {
  const root = mkdtempSync(join(tmpdir(), 'bellwether-kill-'));
  const [calm, killed] = [join(root, 'calm'), join(root, 'killed')];
  let undisturbed: Picture;
  let total = 0;
  const deaths: number[] = [];

  beforeAll(async () => {
    total = (await live(calm)).processed;
    undisturbed = await within(calm, (engine) => pictureOf(engine, 'separate-runs'));
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it(
    'is the same in the end as one that was left alone: states, changes, alerts and accounts',
    async () => {
      const chance = seededChance(SEED);
      const instants = Array.from({ length: KILLS }, () => chance() * 0.9 * total).sort((a, b) => a - b);
      let before = 0;
      for (const instant of instants) {
        const life = await live(killed, { until: instant - before, delayMs: chance() * WITHIN_MS });
        expect(life.isDone).toBe(false);
        deaths.push(life.processed);
        before = instant;
      }
      expect((await live(killed)).isDone).toBe(true);
      const found = await within(killed, (engine) => pictureOf(engine, 'separate-runs'));
      expect(found.states.size).toBe(2_357);
      expect(pictureFaults(undisturbed, found)).toEqual([]);
      expect(await within(killed, async (engine) => changeFaults(await changesOf(engine)))).toEqual([]);
      console.log(
        `${deaths.length} kills, seed ${SEED}; records processed before each: ${deaths.join(' ')}; of ${total}`,
      );
    },
    60_000 + 6_000 * KILLS,
  );

  it('is refused when it is asked for again, and nothing changes', async () => {
    const map = readMap(readFileSync(join(EXAMPLES, 'cdnow/map.yaml'), 'utf8'));
    if (!map.ok) throw new Error('the map of the example has a fault');
    await within(killed, async (engine) => {
      const ends = await endOffsets(engine);
      const file = {
        path: join(EXAMPLES, 'cdnow/CDNOW_sample.txt'),
        map,
        tenant: 'cdnow',
        clock: 'frozen',
      } as const;
      const again = await importFile(file, importPartsOf(engine, {}));
      expect(again).toMatchObject({ kind: 'refused', code: 'already-imported' });
      await engine.drain();
      expect(await endOffsets(engine)).toEqual(ends);
      expect(pictureFaults(undisturbed, await pictureOf(engine, 'separate-runs'))).toEqual([]);
    });
  });
});
