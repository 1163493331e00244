import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@bellwether/events';
import { importFile, readMap } from '@bellwether/ingest';
import { afterEach, describe, expect, it } from 'vitest';
import { importPartsAt, openPipeline, type Pipeline } from './support/open-pipeline.ts';

interface Accounting {
  readonly accepted: number;
  readonly scored: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly inFlight: number;
}

const TODAY = 19_800;
const NOW = TODAY * DAY_MS + DAY_MS / 2;
const folder = mkdtempSync(join(tmpdir(), 'bellwether-accounts-'));
const open: Pipeline[] = [];

async function pipelineAt(path = ':memory:', partitions = 3): Promise<Pipeline> {
  const pipeline = await openPipeline({ path, partitions, now: NOW, batchRecords: 50 });
  open.push(pipeline);
  return pipeline;
}
afterEach(async () => {
  for (const pipeline of open.splice(0)) await pipeline.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The accounts as the API tells them; at any instant everything that was accepted is somewhere. */
async function accountsOf(pipeline: Pipeline, tenant: string): Promise<Accounting> {
  const accounts = await pipeline.get<Accounting>(`/v1/tenants/${tenant}/accounting`);
  const { scored, duplicate, quarantined, inFlight } = accounts;
  expect(accounts.accepted).toBe(scored + duplicate + quarantined + inFlight);
  expect(inFlight).toBeGreaterThanOrEqual(0);
  return accounts;
}

function login(id: string, customer = 'c1') {
  const time = new Date(NOW - 1_000).toISOString();
  return {
    specversion: '1.0',
    id,
    source: 'product',
    type: 'activity.login',
    subject: customer,
    time,
    data: {},
  };
}
function amendment(id: string, data: object) {
  return { ...login(id), type: 'agreement.amended', source: 'crm', data: { agreementId: 'A', ...data } };
}

const PURCHASES = readMap(`
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /shop
customerId: { column: customer }
time: { column: day, format: yyyy-MM-dd }
events:
  - type: payment.paid
    data:
      amountMinor: { column: amount, as: money }
`);

async function importRows(pipeline: Pipeline, tenant: string, rows: readonly string[]) {
  if (!PURCHASES.ok) throw new Error(JSON.stringify(PURCHASES.faults));
  const path = join(mkdtempSync(join(tmpdir(), 'bellwether-rows-')), 'purchases.csv');
  writeFileSync(path, ['customer,day,amount', ...rows, ''].join('\n'));
  const result = await importFile({ path, map: PURCHASES, tenant, clock: 'frozen' }, importPartsAt(pipeline));
  rmSync(path);
  return result;
}

describe('accepted = scored + duplicate + quarantined, when nothing is on its way', () => {
  it('for a file with bad rows', async () => {
    const pipeline = await pipelineAt();
    const bad = ['c2,2024-02-30,5', 'c3,2024-01-05,much', '$where,2024-01-05,5', 'c4,2024-01-05'];
    const good = Array.from(
      { length: 30 },
      (_, row) => `c${row % 4},2024-01-${String(1 + (row % 9)).padStart(2, '0')},9.99`,
    );
    const result = await importRows(pipeline, 'shop', [...good.slice(0, 11), ...bad, ...good.slice(11)]);
    expect(result).toMatchObject({ kind: 'done', summary: { rows: 34, events: 30, badRows: 4 } });
    await pipeline.engine.drain();
    const expected = { accepted: 34, scored: 30, duplicate: 0, quarantined: 4, inFlight: 0 };
    expect(await accountsOf(pipeline, 'shop')).toEqual(expected);
    const { items } = await pipeline.get<{ items: unknown[] }>('/v1/tenants/shop/quarantine');
    expect(items).toHaveLength(4);
  });

  it('for events over HTTP, repeated within a request and later', async () => {
    const pipeline = await pipelineAt();
    const events = Array.from({ length: 40 }, (_, n) => login(`e${n}`, `c${n % 5}`));
    await pipeline.post('live', [...events, ...events.slice(0, 7)]);
    await pipeline.tick();
    expect(await accountsOf(pipeline, 'live')).toMatchObject({ accepted: 47, scored: 40, duplicate: 7 });
    pipeline.now += 6 * DAY_MS;
    await pipeline.post('live', events.slice(10, 20));
    // Refused at the door, so never accepted: a broken event and one from tomorrow.
    const { body } = await pipeline.post('live', [
      { ...login('x'), type: 'activity.yawned' },
      login('new', 'c9'),
    ]);
    expect(body).toMatchObject({ accepted: 1, rejected: 1 });
    await pipeline.tick();
    const expected = { accepted: 58, scored: 41, duplicate: 17, quarantined: 0, inFlight: 0 };
    expect(await accountsOf(pipeline, 'live')).toEqual(expected);
  });

  it('for events past a limit of their customer', async () => {
    const pipeline = await pipelineAt();
    const amendments = Array.from({ length: 205 }, (_, n) => amendment(`a${n}`, { deltaMinor: 1 }));
    const wrong = {
      ...login('csat'),
      type: 'feedback.csat',
      source: 'survey',
      data: { score: 9, scaleMin: 1, scaleMax: 5 },
    };
    const { status } = await pipeline.post('limits', [...amendments, wrong, amendments[0]]);
    expect(status).toBe(202);
    await pipeline.tick();
    const expected = { accepted: 207, scored: 200, duplicate: 1, quarantined: 6, inFlight: 0 };
    expect(await accountsOf(pipeline, 'limits')).toEqual(expected);
    const limited = await pipeline.get<{ items: unknown[] }>(
      '/v1/tenants/limits/quarantine?reason=entity-limit',
    );
    expect(limited.items).toHaveLength(5);
  });

  it('for events that meet a frozen tenant on their way, and those refused at its door', async () => {
    const pipeline = await pipelineAt();
    await importRows(pipeline, 'shop', ['c1,2024-01-01,5', 'c1,2024-01-02,5']);
    await pipeline.engine.drain();
    const { status, body } = await pipeline.post('shop', login('late'));
    expect([status, body.reason]).toEqual([400, 'tenant-frozen']);
    const event = {
      ...{
        kind: 'event',
        tenant: 'shop',
        customerId: 'c1',
        id: 'late',
        source: 'product',
        type: 'activity.login',
      },
      ...{ time: NOW, day: TODAY, receivedAt: NOW, historical: false, data: {} },
    };
    const received = { kind: 'received', event };
    // Accepted by an edge that had not heard yet that the tenant is frozen.
    await pipeline.engine.log.append([{ topic: 'source-http', key: 'shop|c1', value: received }]);
    await pipeline.engine.drain();
    const expected = { accepted: 3, scored: 2, duplicate: 0, quarantined: 1, inFlight: 0 };
    expect(await accountsOf(pipeline, 'shop')).toEqual(expected);
  });

  it('through a restart in the middle of the work', async () => {
    const first = await pipelineAt(folder, 2);
    const events = Array.from({ length: 400 }, (_, n) => login(`e${n}`, `c${n % 9}`));
    await first.post('live', [...events, ...events.slice(0, 50), amendment('a', { deltaMinor: 5 })]);
    // Some turns of some services only: everything is in flight somewhere.
    for (const runner of first.engine.runners) await runner.turn();
    for (const runner of first.engine.runners.slice(0, 5)) await runner.turn();
    const halfway = await accountsOf(first, 'live').catch(() => undefined);
    expect(halfway?.inFlight ?? 1).toBeGreaterThan(0);
    await first.close();
    open.splice(open.indexOf(first), 1);
    const second = await pipelineAt(folder, 2);
    await second.tick();
    const expected = { accepted: 451, scored: 401, duplicate: 50, quarantined: 0, inFlight: 0 };
    expect(await accountsOf(second, 'live')).toEqual(expected);
  });
});
