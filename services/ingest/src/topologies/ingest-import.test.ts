import type { CustomerEvent, ImportRecord, TenantSettings } from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { Crash, crashing, MemoryLog, MemoryStore, seededChance } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManifestLookup } from '../files/import-log.ts';
import { openIngest } from '../testing/ingest.fixture.ts';
import { statesOf } from '../testing/states-of.fixture.ts';
import { ingestImportTopology } from './ingest-import.ts';

const SETTINGS: TenantSettings = { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'importing' };
const OF = { tenant: 'acme', importId: 'acme:1' };

/** An import of `count` records in all: begin, settings, one bad row, rows, end. */
function history(count: number): ImportRecord[] {
  return Array.from({ length: count }, (_, index): ImportRecord => {
    const ordinal = index + 1;
    if (ordinal === 1) {
      const file = { fileName: 'f.csv', contentHash: 'abc', mapVersion: '1', until: null };
      return { kind: 'import-begin', ...OF, ordinal, ...file, settings: SETTINGS, at: 5 };
    }
    if (ordinal === 2) {
      const value = {
        kind: 'context',
        tenant: 'acme',
        item: 'settings',
        version: 1,
        receivedAt: 5,
        value: SETTINGS,
      } as const;
      return { kind: 'import-control', ...OF, ordinal, control: value };
    }
    if (ordinal === 3) {
      const why = {
        reason: 'not-utf8',
        faults: [],
        position: { file: 'f.csv', row: 9 },
        original: '/w==',
      } as const;
      return { kind: 'import-bad-row', ...OF, ordinal, ...why, receivedAt: 5 };
    }
    if (ordinal === count) {
      const settings = { ...SETTINGS, clock: 'frozen' } as const;
      return { kind: 'import-end', ...OF, ordinal, settings, day: 7, feeds: {}, at: 5 };
    }
    const event = {
      kind: 'event',
      tenant: 'acme',
      customerId: 'c1',
      id: String(ordinal),
      type: 'activity.login',
    };
    return { kind: 'import-row', ...OF, ordinal, event: event as CustomerEvent };
  });
}

async function append(log: MemoryLog, records: readonly ImportRecord[]): Promise<void> {
  await log.append(records.map((value) => ({ topic: 'source-import', key: value.importId, value })));
}

/** Everything but the totals, which are told as often as a batch ends. */
function published(log: MemoryLog): string {
  return JSON.stringify(['customer-events', 'ingest-quarantine', 'clock'].map((topic) => log.topic(topic)));
}

describe('an import on the log', () => {
  it('is spread: events to their customer, controls to every partition, bad rows to quarantine', async () => {
    const topology = ingestImportTopology(3);
    const outputsOf = (value: ImportRecord) => {
      const record = {
        topic: 'source-import',
        partition: 0,
        offset: value.ordinal,
        key: '',
        timestampMs: 0,
        value,
      };
      const head = topology.evolveHead(topology.initialHead(''), record);
      const result = topology.step({ record, head, state: undefined });
      return result.kind === 'duplicate'
        ? []
        : result.outputs.map(({ output, key, partition }) => [output, key, partition]);
    };
    expect(history(5).map(outputsOf)).toEqual([
      [['clock', 'acme', undefined]],
      [0, 1, 2].map((partition) => ['events', 'acme', partition]),
      [['quarantine', 'acme', undefined]],
      [['events', 'acme|c1', undefined]],
      [['clock', 'acme', undefined]],
    ]);
  });

  it('keeps a manifest, counts rows and bad rows, and says where a bad row stood', async () => {
    const ingest = openIngest();
    await append(ingest.log, history(8));
    await ingest.drain();
    expect(await createManifestLookup(statesOf(ingest.store)).get('acme:1')).toMatchObject({
      fileName: 'f.csv',
      lastOrdinal: 8,
      state: 'done',
      rows: 4,
      badRows: 1,
    });
    expect(ingest.quarantine()).toMatchObject([
      { quarantineId: 'acme:1:3', position: { file: 'f.csv', row: 9 }, encoding: 'base64', customerId: null },
    ]);
    const tallies = ingest.log.topic('ingest-accounting').map(({ value }) => value);
    expect(tallies.at(-1)).toMatchObject({ tally: { ok: 4, duplicate: 0, quarantined: 1 } });
  });

  it('publishes an ordinal once, however often an importer that was continued tells it', async () => {
    const whole = openIngest();
    await append(whole.log, history(12));
    await whole.drain();
    const overlap = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(overlap, { maxLength: 4 }), async (parts) => {
        const log = new MemoryLog();
        const ingest = openIngest(log);
        let reached = 0;
        for (const [to, back] of [...parts, [12, 0] as const]) {
          const from = Math.max(0, reached - back);
          await append(log, history(12).slice(from, Math.max(from, to)));
          reached = Math.max(reached, to);
          if (back % 2 === 0) await ingest.drain();
        }
        await ingest.drain();
        expect(ingest.events()).toEqual(whole.events());
        expect(ingest.quarantine()).toEqual(whole.quarantine());
      }),
    );
  });

  it('loses nothing and repeats nothing through crashes, overlaps among it', async () => {
    const input = [...history(12).slice(0, 7), ...history(12).slice(3)];
    const undisturbed = openIngest();
    await append(undisturbed.log, input);
    await undisturbed.drain();
    const expected = published(undisturbed.log);
    for (let seed = 1; seed <= 40; seed += 1) {
      const [log, store] = [new MemoryLog(), new MemoryStore()];
      await append(log, input);
      const disturbed = crashing(log, store, { chance: seededChance(seed), rate: 0.2 });
      await untilDone(disturbed, 1 + (seed % 5));
      const clock = openIngest(log, store);
      await clock.drain();
      expect(published(log), `seed ${seed}`).toBe(expected);
    }
  });
});

/** Processes the import with a new process after each crash. */
async function untilDone(parts: ReturnType<typeof crashing>, batchRecords: number): Promise<void> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    try {
      const topology = ingestImportTopology(1);
      await drain([createRunner({ topology, ...parts, clock, limits: { batchRecords } })]);
      return;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  throw new Error('never done');
}
