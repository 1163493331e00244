import { DAY_MS, formatDay } from '@bellwether/events';
import { importEvents } from '@bellwether/ingest';
import { simulatePortfolio } from '@bellwether/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoresThen } from '../../services/projection/src/api/schemas.ts';
import { readCustomerLog, takeRecords } from '../../services/projection/src/read/read-customer-log.ts';
import { importPartsAt, openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { customersOf } from './support/picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const TENANT = 'imported';
const [START_DAY, DAYS] = [19_300, 150];
const IMPORTED_ON = START_DAY + 400;

describe(`history that was imported long after it happened (seed ${SEED})`, () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: IMPORTED_ON * DAY_MS, partitions: 2 });
    const endDay = START_DAY + DAYS - 1;
    const events = simulatePortfolio({ seed: SEED, customers: 8, startDay: START_DAY, endDay }).events();
    const identity = {
      name: 'simulation',
      contentHash: '0123456789abcdef'.repeat(4),
      mapVersion: 'cloudevents',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    };
    const request = { tenant: TENANT, clock: 'frozen', synthetic: true, identity, events } as const;
    expect((await importEvents(request, importPartsAt(pipeline))).kind).toBe('done');
    await pipeline.engine.drain();
    pipeline.now += DAY_MS;
  }, 120_000);
  afterAll(() => pipeline?.close());

  it('leaves each customer in the state that scoring keeps, byte for byte, censuses included (N4)', async () => {
    const customers = await customersOf(pipeline.engine, TENANT);
    expect(customers.length).toBeGreaterThan(5);
    for (const state of customers) {
      const past = await takeRecords(await readCustomerLog(pipeline.engine, state));
      expect(JSON.stringify(past.state)).toBe(JSON.stringify(state));
      expect(past.context.findings).not.toBeNull();
    }
  });

  it('is, as known now, what was published for each day; as known before it was imported, nothing', async () => {
    let compared = 0;
    // The history ends with its last event, which need not be on the last day that was simulated.
    const lastDay = (await pipeline.engine.tenants.get(TENANT))?.day ?? 0;
    expect(lastDay).toBeGreaterThan(START_DAY + 100);
    for (const { customerId, firstEventDay } of await customersOf(pipeline.engine, TENANT)) {
      const base = `/v1/tenants/${TENANT}/customers/${customerId}/scores`;
      for (const day of [firstEventDay, START_DAY + 60, START_DAY + 100, lastDay]) {
        if (day < firstEventDay) continue;
        const then = await pipeline.get<ScoresThen>(`${base}?asOf=${formatDay(day)}`);
        expect([then.day, then.lateEvents]).toEqual([formatDay(day), []]);
        for (const [score, { value, band, published }] of Object.entries(then.scores)) {
          const at = { customerId, day, score };
          expect({ ...at, value, band }).toEqual({ ...at, value: published?.value, band: published?.band });
          compared += 1;
        }
      }
      const before = await pipeline.app.inject(`${base}?knownAt=${formatDay(IMPORTED_ON - 1)}`);
      expect([before.statusCode, before.json().type]).toEqual([404, 'urn:bellwether:problem:nothing-known']);
    }
    expect(compared).toBeGreaterThan(50);
  });
});
