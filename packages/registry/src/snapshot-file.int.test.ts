import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownSchemas } from './known-schemas.ts';
import { AvroCodec } from './registry-codec.ts';
import { loadSnapshot, saveSnapshot } from './snapshot-file.ts';
import { FakeRegistry } from './test-support/fake-registry.ts';
import { roundTrip } from './test-support/open-codec.ts';

const tick = { kind: 'tick', at: 5 };
let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-schemas-'));
  path = join(folder, 'data', 'schemas.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that starts and works on the topic of the clock. */
async function start(registry: FakeRegistry) {
  const reports: string[] = [];
  const report = (message: string) => reports.push(message);
  const codec = new AvroCodec(
    await KnownSchemas.open({ client: registry, snapshotPath: path, report }),
    'test',
  );
  await codec.register(['clock']);
  const back = await roundTrip(codec, 'clock', [tick]);
  await codec.close();
  return { back, reports };
}

describe('what a process knows of the registry', () => {
  it('lets it start again while the registry is away (T18)', async () => {
    const registry = new FakeRegistry();
    await start(registry);
    registry.isAway = true;
    expect(await start(registry)).toEqual({ back: [tick], reports: [] });
    expect(await readdir(join(folder, 'data'))).toEqual(['schemas.json']);
  });

  it.each([
    ['was cut off', (text: string) => text.slice(0, -20)],
    ['is empty', () => ''],
    ['is something else', () => '{"version":1}'],
  ])('is left aside with a report when its file %s, and written anew', async (_what, damage) => {
    const registry = new FakeRegistry();
    await start(registry);
    await writeFile(path, damage(await readFile(path, 'utf8')));
    const { back, reports } = await start(registry);
    expect(back).toEqual([tick]);
    expect(reports).toEqual([expect.stringMatching(/known schemas in .*schemas.json are damaged/)]);
    expect(await start(registry)).toEqual({ back: [tick], reports: [] });
    await writeFile(path, 'damaged');
    registry.isAway = true;
    await expect(start(registry)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is of one registry: that of another is left aside', async () => {
    const snapshot = { version: 1, registry: 'http://elsewhere/', schemas: {}, registered: {} } as const;
    await saveSnapshot(path, snapshot);
    expect(await loadSnapshot(path, 'http://elsewhere/')).toEqual({ snapshot });
    expect(await loadSnapshot(path, 'http://here/')).toEqual({
      fault: expect.stringContaining('are of http://elsewhere/, not http://here/'),
    });
  });

  it('that cannot be written is reported, and the work goes on', async () => {
    await writeFile(join(folder, 'data'), 'a file where the folder should be');
    const { back, reports } = await start(new FakeRegistry());
    expect(back).toEqual([tick]);
    expect(reports.at(-1)).toMatch(/cannot be written .* a start without the registry may not be possible/);
  });
});
