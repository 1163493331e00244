import { NO_RATES } from '@bellwether/events';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../tenants/calendar.ts';
import { createTenantDirectory } from '../tenants/tenant-directory.ts';
import { statesOf } from '../testing/states-of.fixture.ts';
import { registerTenantRoute } from './register-tenant-route.ts';

async function server() {
  const log = new MemoryLog();
  const tenants = createTenantDirectory({ readModels: statesOf(new MemoryStore()), log });
  const app = fastify();
  const calendar = createCalendar();
  await registerTenantRoute(app, { log, tenants, calendar, rates: NO_RATES, now: () => 5 });
  const put = async (tenant: string, payload: object) => {
    const response = await app.inject({
      method: 'PUT',
      url: `/v1/tenants/${encodeURIComponent(tenant)}`,
      payload,
    });
    return { status: response.statusCode, body: response.json() as Record<string, unknown> };
  };
  return { log, put };
}

describe('beginning a tenant', () => {
  it('tells its clock with currency and time zone, once', async () => {
    const { log, put } = await server();
    const settings = { currency: 'EUR', timeZone: 'Europe/Paris' };
    expect(await put('acme', settings)).toMatchObject({ status: 201, body: { tenant: 'acme', ...settings } });
    expect(await put('acme', settings)).toMatchObject({ status: 200 });
    const told = log.topic('clock').map(({ value }) => value);
    expect(told).toMatchObject([
      { kind: 'tenant', tenant: 'acme', settings: { ...settings, clock: 'live' } },
    ]);
  });

  it('refuses to change what it began with', async () => {
    const { put } = await server();
    await put('acme', { currency: 'EUR' });
    expect(await put('acme', { currency: 'GBP' })).toMatchObject({
      status: 409,
      body: { title: expect.any(String) },
    });
  });

  it.each([
    { tenant: 'acme', settings: { currency: 'euro' }, status: 400, words: 'ISO 4217' },
    { tenant: 'acme', settings: { timeZone: 'Mars/Base' }, status: 400, words: 'IANA' },
    { tenant: 'acme', settings: { colour: 'red' }, status: 400, words: 'colour' },
    { tenant: '$acme', settings: {}, status: 404, words: 'named by letters' },
  ])('answers precisely to $tenant $settings', async ({ tenant, settings, status, words }) => {
    const { log, put } = await server();
    const answer = await put(tenant, settings);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(words);
    expect(log.topic('clock')).toEqual([]);
  });
});
