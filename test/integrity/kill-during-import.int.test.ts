import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
const KILLS = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 100 : 20;
/** About as long as one append and one batch take, so that a kill lands anywhere in one. */
const APPEND_MS = 10;
const BATCH_MS = 40;
/** An append may have reached the disk untold: with so many records left there is one more to die in. */
const SURELY_LEFT = 1_500;

/** Records that were appended by the importer and that went through some service, in one life. */
interface Progress {
  appended: number;
  processed: number;
}
interface Life extends Readonly<Progress> {
  readonly isDone: boolean;
}
/** Some milliseconds after so many records were appended or processed. */
interface Death {
  readonly of: keyof Progress;
  readonly after: number;
  readonly delayMs: number;
}

/** One life of the importing process: until it is killed, or left to its end. */
async function live(folder: string, death?: Death): Promise<Life> {
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER, folder]);
  const progress: Progress = { appended: 0, processed: 0 };
  let [isDone, errors] = [false, ''];
  let killing: Promise<void> | undefined;
  const kill = async (delayMs: number) => {
    await sleep(delayMs);
    worker.kill('SIGKILL');
  };
  worker.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const lines = createInterface({ input: worker.stdout });
  lines.on('line', (line) => {
    const [what, count] = line.split(' ');
    if (what === 'done') isDone = true;
    if (what === 'appended' || what === 'processed') progress[what] = Number(count);
    if (death !== undefined && progress[death.of] > death.after) killing ??= kill(death.delayMs);
  });
  await Promise.all([once(worker, 'close'), once(lines, 'close')]);
  await killing;
  expect(errors).toBe('');
  return { ...progress, isDone };
}

/**
 * The next instant, drawn from what is left of the work: the first quarter of the kills while the file is appended, the
 * others while it is processed. What a life did again counts as progress too; how many records there are depends a
 * little on how they were batched, so a fifth is left for the end: the work is never done too early.
 */
function drawDeath(chance: () => number, lives: readonly Life[], whole: Progress): Death {
  const leftOf = (of: keyof Progress) =>
    lives.reduce((left, life) => left - life[of], of === 'processed' ? 0.8 * whole[of] : whole[of]);
  const isEarly = lives.length < KILLS / 4 && leftOf('appended') > SURELY_LEFT;
  const of = isEarly ? 'appended' : 'processed';
  const turns = 1 + (isEarly ? Math.ceil(KILLS / 4) : KILLS) - lives.length;
  const after = Math.floor((chance() * 1.6 * Math.max(0, leftOf(of))) / turns);
  return { of, after, delayMs: chance() * (isEarly ? APPEND_MS : BATCH_MS) };
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
  let whole: Progress;

  beforeAll(async () => {
    whole = await live(calm);
    undisturbed = await within(calm, (engine) => pictureOf(engine, 'separate-runs'));
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it(
    'is the same in the end as one that was left alone: states, changes, alerts and accounts',
    async () => {
      const lives: Life[] = [];
      const chance = seededChance(SEED);
      while (lives.length < KILLS) {
        const life = await live(killed, drawDeath(chance, lives, whole));
        expect(life.isDone).toBe(false);
        lives.push(life);
      }
      expect((await live(killed)).isDone).toBe(true);
      const found = await within(killed, (engine) => pictureOf(engine, 'separate-runs'));
      expect(found.states.size).toBe(2_357);
      expect(pictureFaults(undisturbed, found)).toEqual([]);
      expect(await within(killed, async (engine) => changeFaults(await changesOf(engine)))).toEqual([]);
      const told = lives.map(({ appended, processed }) => `${appended}/${processed}`).join(' ');
      const all = `${whole.appended}/${whole.processed}`;
      console.log(
        `${KILLS} kills, seed ${SEED}; appended/processed in each life: ${told}; undisturbed ${all}`,
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
