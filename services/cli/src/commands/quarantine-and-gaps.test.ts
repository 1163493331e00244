import {
  type AlertRecord,
  type CurrentRates,
  type CustomerEventsRecord,
  DAY_MS,
  ExchangeRates,
  NO_RATES,
  type SourceMessage,
} from '@bellwether/events';
import { createWaitingRelease, DEFAULT_SETTINGS } from '@bellwether/ingest';
import { afterEach, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine.ts';
import { listQuarantine } from './quarantine-list.ts';
import { redriveQuarantined } from './quarantine-redrive.ts';

let engine: Engine;
afterEach(() => engine.close());

const NOW = Date.now();
const isoAt = (ms: number) => new Date(ms).toISOString();
const MSA = {
  specversion: '1.0',
  id: 'm1',
  source: '/crm',
  type: 'agreement.created',
  subject: 'c1',
  time: isoAt(NOW),
  data: { agreementId: 'msa-1', agreementType: 'MSA', valueMinor: 5_000, currency: 'USD' },
};
const marker = { ChangeEventHeader: { changeType: 'GAP_UPDATE', entityName: 'Account', recordIds: ['c1'] } };
const overflow = { ChangeEventHeader: { changeType: 'GAP_OVERFLOW', entityName: 'Contract', recordIds: [] } };
const profile = { ...MSA, id: 'p1', type: 'customer.profile', data: { name: 'Acme' } };
const resynced = (subject: string) => ({
  ...MSA,
  id: `r-${subject}`,
  source: '/source-crm',
  type: 'source.resynced',
  subject,
  time: isoAt(NOW + 60_000),
  data: {},
});

async function send(...bodies: readonly object[]): Promise<void> {
  const messages = bodies.map((body): SourceMessage => {
    return { kind: 'source-message', headers: {}, body: { kind: 'json', text: JSON.stringify(body) } };
  });
  await engine.log.append(messages.map((value) => ({ topic: 'source-crm', key: 'acme|c1', value })));
  await engine.drain();
}

async function valuesOf<T>(topic: string): Promise<T[]> {
  const from = { topic, partition: 0, offset: 0 };
  return (await engine.log.read(from, { limit: 1_000, waitMs: 0 })).map(({ value }) => value as T);
}
const alerts = async () =>
  (await valuesOf<AlertRecord>('alerts'))
    .filter(({ rule }) => rule === 'cross-sell')
    .map(({ customerId, state, heldSince }) => [customerId, state, heldSince !== undefined]);

async function openTenant(rates: CurrentRates = NO_RATES): Promise<void> {
  engine = openEngine({ path: ':memory:', rates });
  await engine.tenants.create('acme', DEFAULT_SETTINGS, NOW);
  await engine.drain();
}

describe('a gap in what a CRM sends (N14), through all services,', () => {
  it('holds the alerts of its customer until the CRM was read again', async () => {
    await openTenant();
    await send(profile, marker, MSA);
    expect(await alerts()).toEqual([['c1', 'raised', true]]);
    await send(resynced('c1'));
    expect((await alerts()).slice(1)).toEqual([['c1', 'raised', false]]);
  });

  it('of everything holds the alerts of all customers of the tenant, until a re-sync of everything', async () => {
    await openTenant();
    await send(profile);
    await engine.log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: NOW } }]);
    await send({ ...MSA, id: 'm0', subject: 'c0' });
    await engine.log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: NOW + 1 } }]);
    await send(overflow);
    await send(MSA, { ...MSA, id: 'm2', subject: 'c2' });
    expect((await alerts()).slice(1)).toEqual([
      ['c1', 'raised', true],
      ['c2', 'raised', true],
    ]);
    await send(resynced('@portfolio'));
    expect((await alerts()).slice(3)).toEqual([
      ['c1', 'raised', false],
      ['c2', 'raised', false],
    ]);
  });
});

describe('an input in quarantine, through all services,', () => {
  it('waits for its tenant and is then taken by itself', async () => {
    engine = openEngine({ path: ':memory:' });
    await send(MSA);
    const waiting = createWaitingRelease({ ...engine, now: () => NOW });
    expect(await waiting.release()).toBe(0);
    expect(await listQuarantine(engine.log, { tenant: 'acme' }, 5)).toMatch(/unknown-tenant/);
    await engine.tenants.create('acme', DEFAULT_SETTINGS, NOW);
    await engine.drain();
    expect(await waiting.release()).toBe(1);
    await engine.drain();
    expect(await waiting.release()).toBe(0);
    const events = (await valuesOf<CustomerEventsRecord>('customer-events')).filter(
      ({ kind }) => kind === 'event',
    );
    expect(events).toMatchObject([{ id: 'm1', time: Date.parse(MSA.time), redriven: 'source-crm:0:0' }]);
  });

  it('that is given again after it had been taken counts as a duplicate', async () => {
    await openTenant();
    await send({ ...MSA, time: 'yesterday' }, MSA);
    const corrected = JSON.stringify(MSA);
    await redriveQuarantined(engine.log, {
      ...{ ids: ['source-crm:0:0'], filter: {}, again: false, corrected },
      now: () => NOW,
    });
    await engine.drain();
    const tally = (await valuesOf('scoring-accounting')).at(-1);
    expect(tally).toMatchObject({ tally: { ok: 1, duplicate: 1, quarantined: 0 } });
  });

  it('that no exchange rate could convert is taken once there is one, and given again (D23)', async () => {
    let rates: ExchangeRates | null = null;
    await openTenant(() => rates);
    await send({ ...MSA, data: { ...MSA.data, currency: 'EUR' } });
    expect(await listQuarantine(engine.log, { tenant: 'acme' }, 5)).toMatch(/currency-not-convertible/);
    const day = Math.floor(NOW / DAY_MS);
    rates = new ExchangeRates({
      version: 'v',
      currencies: ['USD', 'EUR'],
      days: [{ day, worths: ['1.2', '1'] }],
    });
    await redriveQuarantined(engine.log, {
      ...{ ids: [], filter: { reason: 'currency-not-convertible' }, again: false },
      now: () => NOW,
    });
    await engine.drain();
    const events = (await valuesOf<CustomerEventsRecord>('customer-events')).filter(
      ({ kind }) => kind === 'event',
    );
    expect(events).toMatchObject([
      { data: { valueMinor: 6_000, currency: 'USD' }, conversion: { rate: '1.2' } },
    ]);
  });
});
