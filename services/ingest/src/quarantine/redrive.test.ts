import { DAY_MS, type QuarantineRecord, type SourceMessage } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { NOW_MS } from '../testing/ingest.fixture.ts';
import { ACME, bodyMessage, jsonMessage, LOGIN, openSources } from '../testing/sources.fixture.ts';
import { newestQuarantined, quarantinedInOrder, redrivenTimes } from './read-quarantine.ts';
import { redriveEntries } from './redrive-entries.ts';
import { redriveRecord } from './redrive-record.ts';

async function all(entries: AsyncIterable<QuarantineRecord>): Promise<QuarantineRecord[]> {
  const list: QuarantineRecord[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

const AT = NOW_MS + 3 * DAY_MS;
const ENTRY: QuarantineRecord = {
  kind: 'quarantined',
  tenant: 'acme',
  quarantineId: 'source-crm:0:5',
  customerId: 'c1',
  stage: 'ingest',
  reason: 'unknown-tenant',
  faults: [],
  position: { topic: 'source-crm', partition: 0, offset: 5 },
  original: '{"id":"e1"}',
  encoding: 'utf8',
  receivedAt: NOW_MS,
  key: 'acme|c1',
  headers: { 'content-type': 'application/cloudevents+json' },
};
const EVENT = {
  kind: 'event',
  tenant: 'acme',
  customerId: 'c1',
  id: 'e1',
  source: '/crm',
  type: 'activity.login',
  time: NOW_MS - 1,
  day: 1,
  receivedAt: NOW_MS,
  historical: false,
  data: {},
};

function redriven(change: Partial<QuarantineRecord>, corrected?: string) {
  const redrive = redriveRecord({ ...ENTRY, ...change }, { at: AT, ...(corrected ? { corrected } : {}) });
  return redrive.kind === 'possible' ? redrive.record : redrive.why;
}

describe('a quarantined input is given again (N15)', () => {
  it('to its source topic under its key, as it came, with a mark', () => {
    expect(redriven({})).toEqual({
      topic: 'source-crm',
      key: 'acme|c1',
      value: {
        kind: 'source-message',
        headers: { 'content-type': 'application/cloudevents+json', 'bellwether-redriven': 'source-crm:0:5' },
        body: { kind: 'json', text: '{"id":"e1"}' },
      },
    });
    expect(redriven({ original: 'AAAAAAk=', encoding: 'base64' })).toMatchObject({
      value: { body: { kind: 'unreadable', base64: 'AAAAAAk=' } },
    });
  });

  it.each([
    [{ 'content-type': 'application/avro' }, 'application/cloudevents+json'],
    [{ 'content-type': 'application/avro', ce_id: 'x' }, 'application/json'],
    [{ 'content-type': 'application/json', ce_id: 'x' }, 'application/json'],
  ])('put right, as JSON: %j', (headers, contentType) => {
    expect(redriven({ headers, encoding: 'base64' }, '{"id":"e2"}')).toMatchObject({
      value: { headers: { 'content-type': contentType }, body: { kind: 'json', text: '{"id":"e2"}' } },
    });
  });

  it.each([
    { topic: 'source-http', stage: 'ingest', to: 'source-http', original: EVENT },
    { topic: 'source-board', stage: 'ingest', to: 'source-board', original: EVENT },
    {
      topic: 'source-http',
      stage: 'ingest',
      to: 'source-http',
      original: { kind: 'received', event: EVENT },
    },
    { topic: 'customer-events', stage: 'scoring', to: 'source-http', original: EVENT },
  ] as const)(
    'from $topic to $to as the event that it was, received now',
    ({ topic, stage, to, original }) => {
      const position = { topic, partition: 0, offset: 5 };
      expect(redriven({ stage, position, original: JSON.stringify(original) })).toEqual({
        topic: to,
        key: 'acme|c1',
        value: { kind: 'received', event: { ...EVENT, receivedAt: AT, redriven: 'source-crm:0:5' } },
      });
    },
  );

  it.each([
    ['a row of a file', { position: { file: 'f.csv', row: 3 } }, undefined, /corrected rows/],
    ['what was cut', { truncated: true }, undefined, /send it again/],
    ['what is no event', { stage: 'scoring', position: { topic: 'customer-events' } }, undefined, /no event/],
    [
      'a correction of what was read well',
      { stage: 'scoring', position: { topic: 'customer-events' }, original: JSON.stringify(EVENT) },
      '{}',
      /same source and id/,
    ],
  ] as const)('but not %s', (...[, change, corrected, why]) => {
    expect(redriven(change, corrected)).toMatch(why);
  });
});

describe('what was given again', () => {
  const bad = (id: string, subject = '$'): SourceMessage => jsonMessage({ ...LOGIN, id, subject });

  it('is taken with its own id and event time, received anew and marked; its entry says so', async () => {
    const sources = openSources({ tenants: {} });
    await sources.send('crm', jsonMessage(LOGIN));
    sources.tenants.set('acme', ACME);
    const entries = await all(quarantinedInOrder(sources.log));
    expect(await redriveEntries(entries, { log: sources.log, at: AT })).toEqual({
      redriven: ['source-crm:0:0'],
      impossible: [],
    });
    await sources.drain();
    expect(sources.events()).toMatchObject([
      { id: 'e1', time: NOW_MS, receivedAt: NOW_MS + 1, redriven: 'source-crm:0:0', type: 'activity.login' },
    ]);
    expect(await redrivenTimes(sources.log)).toEqual(new Map([['source-crm:0:0', AT]]));
  });

  it('and is wrong still, is in quarantine again with the mark of where it came from', async () => {
    const sources = openSources();
    await sources.send('crm', bad('1'));
    await redriveEntries(sources.quarantine(), { log: sources.log, at: AT });
    await sources.drain();
    expect(sources.quarantine().map(({ quarantineId, headers }) => [quarantineId, headers])).toEqual([
      ['source-crm:0:0', {}],
      ['source-crm:0:1', { 'bellwether-redriven': 'source-crm:0:0' }],
    ]);
  });

  it('put right, is the event that it should have been', async () => {
    const sources = openSources();
    await sources.send('crm', bad('1'));
    const corrected = JSON.stringify({ ...LOGIN, id: '1' });
    await redriveEntries(sources.quarantine(), { log: sources.log, at: AT, corrected });
    await sources.drain();
    expect(sources.events()).toMatchObject([{ id: '1', customerId: 'c1', redriven: 'source-crm:0:0' }]);
  });
});

describe('the entries of quarantine', () => {
  async function filled() {
    const sources = openSources();
    for (let round = 0; round < 1_200; round += 1) {
      const key = round % 2 === 0 ? 'acme|c1' : 'no key';
      const value = round % 3 === 0 ? jsonMessage('{') : bodyMessage({ kind: 'json', text: '[]' });
      await sources.log.append([{ topic: 'source-crm', key, value }]);
    }
    await sources.drain();
    return sources.log;
  }
  const idsOf = (entries: readonly QuarantineRecord[]) =>
    entries.map(({ quarantineId }) => Number(quarantineId.split(':')[2]));

  it('are found by tenant, reason and id, newest first or in their order', async () => {
    const log = await filled();
    expect(idsOf(await newestQuarantined(log, {}, 3))).toEqual([1_199, 1_198, 1_197]);
    expect(idsOf(await newestQuarantined(log, { tenant: 'acme', reason: 'not-json' }, 2))).toEqual([
      1_194, 1_188,
    ]);
    expect(idsOf(await newestQuarantined(log, { quarantineId: 'source-crm:0:1' }, 1))).toEqual([1]);
    expect(await newestQuarantined(log, {}, 5_000)).toHaveLength(1_200);
    const inOrder = await all(quarantinedInOrder(log, { tenant: '@unknown', reason: 'not-json' }));
    expect(idsOf(inOrder)).toEqual(Array.from({ length: 200 }, (_, index) => 3 + 6 * index));
  });

  it('are found by when they were quarantined', async () => {
    const log = await filled();
    expect(await newestQuarantined(log, { sinceMs: NOW_MS + 1_190 }, 100)).toHaveLength(10);
    expect(await all(quarantinedInOrder(log, { sinceMs: NOW_MS + 1_198 }))).toHaveLength(2);
  });
});
