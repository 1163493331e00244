import { MAX_EVENT_BYTES, NO_RATES, type ReceivedEvent } from '@bellwether/events';
import { MemoryLog } from '@bellwether/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { NOW_MS, openIngest } from '../testing/ingest.fixture.ts';
import { MAX_BODY_BYTES, registerIngestRoutes } from './register-ingest-routes.ts';

const PAYMENT = {
  specversion: '1.0',
  id: 'p1',
  source: '/billing',
  type: 'payment.paid',
  subject: 'c1',
  time: '2026-01-05T11:00:00Z',
  data: { amountMinor: 100 },
};
const ONE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const apps: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function open(log = new MemoryLog()) {
  const ingest = openIngest(log);
  const app = fastify({ routerOptions: { maxParamLength: 300 } });
  apps.push(app);
  const failures: unknown[] = [];
  const { calendar, tenants } = ingest;
  const onFailure = (error: unknown) => void failures.push(error);
  await registerIngestRoutes(app, { log, tenants, calendar, rates: NO_RATES, now: () => NOW_MS, onFailure });
  const send = async (body: unknown, { type = ONE, tenant = 'acme' } = {}) => {
    const payload = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
    const url = `/v1/tenants/${tenant}/events`;
    const answer = await app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  const received = () => log.topic('source-http').map(({ value }) => (value as ReceivedEvent).event);
  return { ...ingest, app, failures, send, received };
}

describe('an event over HTTP', () => {
  it('is on the log before 202 is answered, stamped with its day and when it was received', async () => {
    const { send, received } = await open();
    const answer = await send(PAYMENT);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      items: [{ index: 0, id: 'p1', status: 'accepted' }],
      accepted: 1,
      rejected: 0,
    });
    expect(received()).toMatchObject([
      { tenant: 'acme', customerId: 'c1', receivedAt: NOW_MS, historical: false },
    ]);
  });

  it('creates its tenant, live in USD and UTC, before it is stored itself; once, however many come at once', async () => {
    const { send, log } = await open();
    await Promise.all([send(PAYMENT), send(PAYMENT), send(PAYMENT)]);
    expect(log.topic('clock').map(({ value }) => value)).toEqual([
      {
        kind: 'tenant',
        tenant: 'acme',
        settings: { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' },
        day: null,
        feeds: {},
        at: NOW_MS,
      },
    ]);
  });

  it('that is refused creates no tenant', async () => {
    const { send, log } = await open();
    expect((await send({ ...PAYMENT, type: 'x' })).status).toBe(400);
    expect(log.topic('clock')).toEqual([]);
  });

  it.each([
    ['broken JSON', '{"specversion":', 'not-json'],
    ['nothing', '', 'not-json'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not-utf8'],
    ['NaN', JSON.stringify(PAYMENT).replace('100', 'NaN'), 'not-json'],
    ['a text', '"hello"', 'not-a-cloudevent'],
    ['a wrong type', { ...PAYMENT, data: { amountMinor: '100' } }, 'invalid-data'],
    ['an amount out of range', { ...PAYMENT, data: { amountMinor: 1e300 } }, 'invalid-data'],
    ['an unknown type', { ...PAYMENT, type: 'payment.payed' }, 'unknown-type'],
    ['a date that does not exist', { ...PAYMENT, time: '2023-02-30T00:00:00Z' }, 'invalid-time'],
    ['a time to come', { ...PAYMENT, time: '2026-01-05T12:06:00Z' }, 'future-time'],
    ['a customer with $', { ...PAYMENT, subject: '$ne' }, 'not-a-cloudevent'],
    ['an id with a control character', { ...PAYMENT, id: 'a\u0000' }, 'not-a-cloudevent'],
    [
      'another currency',
      { ...PAYMENT, data: { amountMinor: 1, currency: 'EUR' } },
      'currency-not-convertible',
    ],
    ['endless nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'not-json'],
    [
      'nesting where a number should be',
      JSON.stringify(PAYMENT).replace('100', `${'['.repeat(9_000)}${']'.repeat(9_000)}`),
      'not-json',
    ],
  ])('is answered 400 with the fault for %s', async (_, body, reason) => {
    const { send, received } = await open();
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 400, body: { status: 400, reason } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.faults[0].expected).not.toBe('');
    expect(received()).toEqual([]);
  });

  it('may repeat a key (the last one counts) and carry __proto__ (it is dropped)', async () => {
    const { send, received } = await open();
    const text = JSON.stringify(PAYMENT).replace(
      '"amountMinor":100',
      '"amountMinor":1,"amountMinor":7,"__proto__":{"x":1}',
    );
    expect((await send(text)).status).toBe(202);
    expect(received()[0]?.data).toEqual({ amountMinor: 7 });
  });
});

describe('a batch', () => {
  it('is answered item by item; what is good is accepted', async () => {
    const { send, received } = await open();
    const answer = await send([PAYMENT, { ...PAYMENT, id: 'p2', type: 'x' }, 7], { type: BATCH });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1, rejected: 2 } });
    expect(answer.body.items).toMatchObject([
      { index: 0, id: 'p1', status: 'accepted' },
      { index: 1, id: 'p2', status: 'rejected', reason: 'unknown-type', faults: [{ path: '/type' }] },
      { index: 2, id: null, status: 'rejected', reason: 'not-a-cloudevent' },
    ]);
    expect(received()).toHaveLength(1);
  });

  it('of which nothing is good is 400, with every item', async () => {
    const { send } = await open();
    const answer = await send([{ ...PAYMENT, id: 7 }, {}], { type: BATCH });
    expect(answer).toMatchObject({ status: 400, body: { items: [{ index: 0 }, { index: 1 }] } });
    expect(await send([], { type: BATCH })).toMatchObject({
      status: 400,
      body: { detail: 'The batch is empty.' },
    });
  });

  it('and a single event may both come as application/json, but not as each other', async () => {
    const { send } = await open();
    const json = 'application/json; charset=utf-8';
    expect((await send(PAYMENT, { type: json })).status).toBe(202);
    expect((await send([PAYMENT], { type: json })).status).toBe(202);
    expect((await send([PAYMENT], { type: ONE })).status).toBe(400);
    expect((await send(PAYMENT, { type: BATCH })).status).toBe(400);
  });

  it('may hold 5 MiB, of which one event may have 256 kB', async () => {
    const { send } = await open();
    const filler = 'x'.repeat(MAX_EVENT_BYTES);
    const large = { ...PAYMENT, extension: filler };
    const answer = await send([PAYMENT, large], { type: BATCH });
    expect(answer.body.items).toMatchObject([
      { status: 'accepted' },
      { status: 'rejected', reason: 'too-large' },
    ]);
    expect(await send(large)).toMatchObject({ status: 413, body: { reason: 'too-large' } });
  });
});

describe('a request', () => {
  it('of 10 MB is refused with 413', async () => {
    const { send } = await open();
    const answer = await send('x'.repeat(10_000_000));
    expect(answer).toMatchObject({
      status: 413,
      body: { detail: `A body may have ${MAX_BODY_BYTES} bytes.` },
    });
  });

  it.each(['text/plain', 'application/xml', 'application/json; charset=latin1'])(
    'as %s is refused with 415',
    async (type) => {
      const { send } = await open();
      expect(await send(PAYMENT, { type })).toMatchObject({
        status: 415,
        body: { title: 'Unsupported media type' },
      });
    },
  );

  it.each(['@acme', 'a$b', 'a%20b', 'a%00b', 'x'.repeat(129)])(
    'to the tenant %s finds nothing',
    async (tenant) => {
      const { app } = await open();
      const url = `/v1/tenants/${tenant}/events`;
      const answer = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': ONE },
        payload: '{}',
      });
      expect(answer.statusCode).toBe(404);
    },
  );

  it('to a tenant that imports is told to wait; to a frozen one, where it ends', async () => {
    const { send, tenants } = await open();
    const settings = { currency: 'USD', timeZone: 'UTC', synthetic: false } as const;
    const view = { day: 20_000, feeds: {}, statuses: {}, revision: 1 };
    tenants.remember('acme', { ...view, settings: { ...settings, clock: 'importing' } });
    const waiting = await send(PAYMENT);
    expect(waiting).toMatchObject({ status: 409, body: { reason: 'tenant-importing' } });
    expect(waiting.headers['retry-after']).toBe('5');
    tenants.remember('acme', { ...view, settings: { ...settings, clock: 'frozen' } });
    expect(await send(PAYMENT)).toMatchObject({ status: 400, body: { reason: 'tenant-frozen' } });
    expect((await send({ ...PAYMENT, time: '2024-10-04T23:00:00Z' })).status).toBe(202);
  });

  it('that the log cannot take is answered 503, and none of its events was accepted', async () => {
    const log = new MemoryLog();
    const { send, received, failures } = await open(log);
    await send(PAYMENT);
    log.append = () => Promise.reject(new Error('disk full'));
    const answer = await send({ ...PAYMENT, id: 'p2' });
    expect(answer).toMatchObject({ status: 503, body: { title: 'Not possible at the moment' } });
    expect(answer.headers['retry-after']).toBe('5');
    expect(JSON.stringify(answer.body)).not.toContain('disk full');
    expect([received().length, failures.length]).toEqual([1, 1]);
  });

  it('leaves the JSON of other routes alone', async () => {
    const { app } = await open();
    app.post('/other', (request) => ({ got: request.body }));
    const answer = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } });
    expect(answer.json()).toEqual({ got: { a: 1 } });
  });
});
