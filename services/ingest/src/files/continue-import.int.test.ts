import { type CustomerEvent, DAY_MS, formatDay, parseDate } from '@bellwether/events';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { NOW_MS, openIngest } from '../testing/ingest.fixture.ts';
import { fileOf, HEADER, imported, removeFiles, shop } from '../testing/shop-file.fixture.ts';
import { importEvents } from './import-events.ts';
import { importFile } from './import-file.ts';
import type { ImportParts } from './import-history.ts';
import type { ImportProgress } from './progress.ts';

afterAll(removeFiles);

describe('an import that was interrupted', () => {
  const rows = Array.from(
    { length: 3_000 },
    (_, index) => `c${index % 7},2024-0${1 + (index % 9)}-03,${index}.25,`,
  );
  const content = `${HEADER}${rows.join('\n')}\nbad row\n`;

  it.each([0, 1, 500, 501, 1_500, 3_000])(
    'after %i records is continued without a gap or a repeat, at any later time',
    async (kept) => {
      const request = shop(content);
      const whole = await imported(request);
      const log = new MemoryLog();
      const ingest = openIngest(log);
      const limited: ImportParts['log'] = {
        read: (from, options) => log.read(from, options),
        endOffset: (topic, partition) => log.endOffset(topic, partition),
        append: async (records) => {
          await log.append(records.slice(0, Math.max(0, kept - log.topic('source-import').length)));
          if (log.topic('source-import').length >= kept) throw new Error('power cut');
        },
      };
      await expect(importFile(request, { ...ingest.parts, log: limited })).rejects.toThrow('power cut');
      if (kept % 2 === 0) await ingest.drain();
      const later = openIngest(log, ingest.store);
      const result = await importFile(request, {
        ...later.parts,
        now: () => NOW_MS + (kept === 0 ? 0 : DAY_MS),
      });
      await later.drain();
      expect(result).toMatchObject({ kind: 'done', summary: { continuedAfter: kept } });
      expect(later.history()).toEqual(whole.history());
      expect(later.customerEvents()).toEqual(whole.customerEvents());
      expect((await importFile(request, later.parts)).kind).toBe('refused');
    },
  );

  it('is continued only with the same map and options', async () => {
    const ingest = openIngest(new MemoryLog(), new MemoryStore());
    const stop = new AbortController();
    const request = shop(content);
    const onProgress = (progress: ImportProgress) => void (progress.phase === 'appending' && stop.abort());
    const stopped = await importFile(request, { ...ingest.parts, onProgress, signal: stop.signal });
    expect(stopped).toMatchObject({ kind: 'stopped', appended: 500 });
    const other = await importFile({ ...request, until: '2024-06-01' }, ingest.parts);
    expect(other).toMatchObject({ kind: 'refused', code: 'begun-otherwise' });
    expect(
      await importFile({ ...request, path: fileOf(`${HEADER}c1,2024-05-01,1,\n`) }, ingest.parts),
    ).toMatchObject({
      code: 'tenant-importing',
    });
    expect(await importFile(request, ingest.parts)).toMatchObject({
      kind: 'done',
      summary: { continuedAfter: 500 },
    });
  });

  it('tells how far it is', async () => {
    const ingest = openIngest();
    const told: ImportProgress[] = [];
    let now = NOW_MS;
    const tick = () => (now += 60);
    await importFile(shop(content), {
      ...ingest.parts,
      now: tick,
      onProgress: (progress) => told.push(progress),
    });
    expect(told.at(-1)).toMatchObject({
      phase: 'appending',
      rowsRead: 3_001,
      badRows: 1,
      eventsSorted: 3_000,
      percent: 100,
      leftS: 0,
    });
    const percents = told.map(({ percent }) => percent ?? 0);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
  });
});

describe('a second file for a frozen tenant', () => {
  it('adds to it: its clock goes on, earlier rows are late corrections', async () => {
    const ingest = openIngest();
    await imported(shop(`${HEADER}c1,2024-05-01,1,\nc1,2024-05-03,2,\n`), ingest);
    const second = shop(`${HEADER}c2,2024-05-02,3,\nc2,2024-05-05,4,\n`, { clock: 'live' });
    const { result, customerEvents, tenants } = await imported(second, ingest);
    expect(result.kind).toBe('done');
    const days = customerEvents().flatMap((record) => (record.kind === 'day' ? [formatDay(record.day)] : []));
    expect(days).toEqual(['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04', '2024-05-05']);
    const versions = customerEvents().flatMap((record) =>
      record.kind === 'context' ? [record.version] : [],
    );
    expect(new Set(versions).size).toBe(versions.length);
    expect(await tenants.get('shop')).toMatchObject({
      settings: { clock: 'live' },
      day: parseDate('2024-05-05'),
      revision: 4,
    });
  });
});

describe('events that are ready', () => {
  const identity = {
    name: 'simulation 7',
    contentHash: 'seed-7',
    mapVersion: 'simulator-1',
    currency: 'USD',
    timeZone: 'UTC',
  };
  async function* simulated() {
    for (const [index, day] of ['03', '01', '02'].entries()) {
      yield {
        specversion: '1.0',
        id: `e${index}`,
        source: '/simulator',
        type: 'activity.login',
        subject: 'c1',
        time: `2025-12-${day}T08:00:00Z`,
        data: {},
      };
    }
    yield { nonsense: true };
  }

  it('are imported like a file, sorted by time, labelled as generated', async () => {
    const ingest = openIngest();
    const request = { identity, tenant: 'simulated', clock: 'live', synthetic: true } as const;
    const result = await importEvents({ ...request, events: simulated() }, ingest.parts);
    await ingest.drain();
    expect(result).toMatchObject({ kind: 'done', summary: { events: 3, badRows: 1 } });
    expect(ingest.events().map(({ id }: CustomerEvent) => id)).toEqual(['e1', 'e2', 'e0']);
    expect(await ingest.tenants.get('simulated')).toMatchObject({
      settings: { synthetic: true, clock: 'live' },
    });
    expect(await importEvents({ ...request, events: simulated() }, ingest.parts)).toMatchObject({
      code: 'already-imported',
    });
  });
});
