import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CRM, CS_FRAMEWORK, type CustomerState } from '@bellwether/domain';
import { type CustomerChange, DAY_MS } from '@bellwether/events';
import { importEvents } from '@bellwether/ingest';
import { createLogger } from '@bellwether/runtime';
import { simulatePortfolio } from '@bellwether/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../engine.ts';
import { importPartsOf } from '../../import-parts.ts';
import { createServer, type Server } from '../../start/server.ts';
import { promoteModel, rollBackModel, tryModel, withdrawModel } from './choose-model.ts';
import { callModels, type Place } from './models-client.ts';
import { type DiffAnswer, diffText, type ModelsAnswer, modelsText } from './models-texts.ts';

const [DAYS, LAST_DAY] = [120, 19_863];
const ADA = { by: 'Ada' };
const folder = mkdtempSync(join(tmpdir(), 'bellwether-models-'));
const stop = new AbortController();
let engine: Engine;
let server: Server;
let running: Promise<void>;
let place: Place;
/** Customers who have begun by the last day. */
let customers: number;

/** A portfolio whose history has ended: a frozen tenant on a running server. */
beforeAll(async () => {
  engine = openEngine({ path: ':memory:', onCommitted: (batch) => server?.onCommitted(batch) });
  const portfolio = { seed: 3, customers: 25, startDay: LAST_DAY - DAYS, endDay: LAST_DAY };
  const identity = {
    name: 'a portfolio',
    contentHash: 'x',
    mapVersion: '1',
    currency: 'USD',
    timeZone: 'UTC',
  };
  const events = simulatePortfolio(portfolio).events();
  const result = await importEvents(
    { tenant: 'acme', clock: 'frozen', synthetic: true, identity, events },
    importPartsOf(engine, {}),
  );
  expect(result.kind).toBe('done');
  await engine.drain();
  const logger = createLogger({ name: 'test', level: 'fatal' });
  server = await createServer({
    engine,
    readiness: () => ({ ready: true, reasons: [] }),
    logger,
    version: '0',
  });
  place = { url: await server.app.listen({ port: 0, host: '127.0.0.1' }), tenant: 'acme' };
  running = engine.run(stop.signal);
  customers = (await healths()).size;
  expect(customers).toBeGreaterThan(20);
}, 120_000);
afterAll(async () => {
  stop.abort();
  await running;
  await server.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

const models = () => callModels<ModelsAnswer>(place, '');
const diff = (shadow: string) => callModels<DiffAnswer>(place, `/diff?shadow=${shadow}&limit=500`);

async function changes(): Promise<readonly CustomerChange[]> {
  const read = await engine.log.read(
    { topic: 'customer-changes', partition: 0, offset: 0 },
    { limit: 1_000_000, waitMs: 0 },
  );
  return read.map(({ value }) => value as CustomerChange).filter(({ kind }) => kind === 'change');
}

async function healths(): Promise<ReadonlyMap<string, CustomerState['published']>> {
  const found = await engine.readModels.find<CustomerState>('scoring-customers', {
    group: 'acme',
    sort: [],
    limit: 1_000,
  });
  return new Map(found.map(({ state }) => [state.customerId, state.published]));
}

/** Waits until scoring and projection have done what the last choice asks for. */
async function settled(): Promise<void> {
  while ((await engine.lag()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the models of a frozen tenant, by the command and all services (N6)', () => {
  it('are tried on its last day without a change of any score', async () => {
    const before = (await changes()).length;
    expect(await tryModel(place, 'crm', ADA)).toBe('Done: every customer is looked at now.\n');
    await settled();
    expect(await changes()).toHaveLength(before);
    expect(modelsText(await models())).toMatch(
      /^counts {2}cs-framework 2\.0\.0 .* since the beginning\ntried {3}crm 1\.0\.0 .* by Ada\nThere is no step back/,
    );
    const kept = await healths();
    expect(kept.size).toBe(customers);
    for (const { shadows } of kept.values()) expect(shadows?.map(({ id }) => id)).toEqual(['crm']);
  });

  it('are compared customer by customer as scoring keeps them', async () => {
    const answer = await diff('crm');
    const kept = [...(await healths()).values()];
    expect([answer.customers, answer.compared]).toEqual([customers, customers]);
    const crossing = kept.filter(({ health, shadows }) => health?.band !== shadows?.[0]?.health.band);
    expect(answer.crossing.customers).toBe(crossing.length);
    expect(crossing.length).toBeGreaterThan(0);
    const gained = kept.filter(({ health, shadows }) => !health?.atRisk && shadows?.[0]?.health.atRisk);
    expect(answer.alertsGained.customers).toBe(gained.length);
    expect(diffText(answer)).toContain(`crm 1.0.0 on 2024-05-20: ${customers} of ${customers} customers`);
  });

  it('count once promoted, with the very health that their shadow had, and the cause says so (N13)', async () => {
    const shadows = new Map(
      [...(await healths())].map(([id, { shadows: tried }]) => [id, tried?.[0]?.health]),
    );
    const before = (await changes()).length;
    await promoteModel(place, 'crm', 'Bo');
    await settled();
    const after = await healths();
    for (const [id, { health }] of after)
      expect(JSON.stringify(health)).toBe(JSON.stringify(shadows.get(id)));
    const told = (await changes()).slice(before);
    expect(told.length).toBe(customers);
    expect(new Set(told.map(({ cause }) => cause))).toEqual(new Set(['model-change']));
    expect(modelsText(await models())).toContain('counts  crm 1.0.0');
    expect(modelsText(await models())).toContain('brings cs-framework 2.0.0.');
  });

  it('are those before after one step back', async () => {
    await rollBackModel(place, 'Bo');
    await settled();
    for (const { health, shadows } of (await healths()).values()) {
      expect([health?.model.id, shadows]).toEqual(['cs-framework', undefined]);
    }
  });

  it('are tried from a file of YAML, for one size alone, and withdrawn (S55, N21)', async () => {
    const file = join(folder, 'ours.yaml');
    writeFileSync(file, JSON.stringify({ ...CRM, id: 'ours', version: '1.2.0' }));
    await tryModel(place, file, { by: 'Ada', size: 'enterprise' });
    await settled();
    const answer = await diff('ours');
    expect(answer.shadowModel).toEqual({ id: 'ours', version: '1.2.0', size: 'enterprise' });
    expect(answer.compared).toBeLessThan(customers);
    await withdrawModel(place, 'ours', 'Ada');
    expect((await models()).shadows).toEqual([]);
  });

  it('are told in one sentence why something is not possible', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, JSON.stringify({ ...CS_FRAMEWORK, id: 'wrong', version: 'one' }));
    await expect(promoteModel(place, 'crm', 'Bo')).rejects.toThrow('crm is not tried at present: none is.');
    await expect(rollBackModel(place, 'Bo')).rejects.toThrow('There is no step back');
    await expect(withdrawModel(place, 'crm', 'Bo')).rejects.toThrow('There is no shadow crm.');
    await expect(tryModel(place, 'cs-framework', ADA)).rejects.toThrow('counts for all customers already');
    await expect(tryModel(place, 'none.yaml', ADA)).rejects.toThrow('none.yaml cannot be read, and no model');
    await expect(tryModel(place, wrong, ADA)).rejects.toThrow('version: expected');
    await expect(diff('crm')).rejects.toThrow('No model crm is tried for acme: none is.');
    await expect(rollBackModel({ ...place, tenant: 'nobody' }, 'Bo')).rejects.toThrow(
      'There is no tenant nobody.',
    );
    const away = { ...place, url: 'http://127.0.0.1:9' };
    await expect(rollBackModel(away, 'Bo')).rejects.toThrow('does not answer: start Bellwether there');
  });
});

describe('days of models', () => {
  it('are those of the tenant: nothing is dated after its last day', async () => {
    for (const { asOf, cause } of await changes()) {
      if (cause === 'model-change') expect(asOf).toBe(LAST_DAY * DAY_MS);
    }
  });
});
