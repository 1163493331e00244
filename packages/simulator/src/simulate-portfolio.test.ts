import { DAY_MS, EVENT_TYPES, FEEDS, feedOf, parseInstant, validateEvent } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USUAL_FAULTS } from './deliver-with-faults.ts';
import type { SimulatedEvent } from './event.ts';
import { simulatePortfolio } from './simulate-portfolio.ts';

const START_DAY = 20_400;
const YEAR = { seed: 1, customers: 150, startDay: START_DAY, endDay: START_DAY + 364 };
const stamp = {
  tenant: 'simulated',
  receivedAt: 0,
  historical: true,
  dayOf: (ms: number) => Math.floor(ms / DAY_MS),
};

function timesOf(events: readonly SimulatedEvent[]): number[] {
  return events.map(({ time }) => parseInstant(time) ?? Number.NaN);
}

describe('a simulated year of 150 customers (N24)', () => {
  const events = [...simulatePortfolio(YEAR).events()];

  it('has about as many events as one customer and day', () => {
    expect(events.length).toBeGreaterThan(40_000);
    expect(events.length).toBeLessThan(70_000);
  });

  it('holds only events that pass validation, each with an id of its own', () => {
    const refused = events.filter((event) => !validateEvent(event, stamp).ok);
    expect(refused).toEqual([]);
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });

  it('is in order of time and stays within its days', () => {
    const times = timesOf(events);
    expect(times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0))).toBe(true);
    expect(times[0]).toBeGreaterThanOrEqual(START_DAY * DAY_MS);
    expect(times.at(-1)).toBeLessThan((YEAR.endDay + 1) * DAY_MS);
  });

  it('shows every event type of all eleven feeds', () => {
    const seen = new Set(events.map(({ type }) => type));
    // A made-up portfolio has nobody twice.
    const mergers = ['customer.merged', 'customer.split'];
    const ofSources = EVENT_TYPES.filter((type) => feedOf(type) !== undefined && !mergers.includes(type));
    expect(ofSources.filter((type) => !seen.has(type))).toEqual([]);
    expect(new Set([...seen].map(feedOf))).toEqual(new Set(FEEDS));
  });

  it('carries money as whole minor units', () => {
    const amounts = events.flatMap(({ data }) =>
      Object.entries(data).filter(([name]) => name.endsWith('Minor')),
    );
    expect(amounts.length).toBeGreaterThan(1_000);
    expect(amounts.filter(([, amount]) => !Number.isSafeInteger(amount))).toEqual([]);
  });

  it('first tells who a customer is', () => {
    const first = new Map<string, SimulatedEvent>();
    for (const event of events) if (!first.has(event.subject)) first.set(event.subject, event);
    expect([...first.values()].filter(({ type }) => type !== 'customer.profile')).toEqual([]);
    const fields = ['industry', 'sizeBand', 'employees', 'owner', 'createdDate'];
    for (const { data } of first.values()) for (const field of fields) expect(data).toHaveProperty(field);
    expect(new Set([...first.values()].map(({ data }) => (data as { name: string }).name)).size).toBe(
      first.size,
    );
  });

  it('is busier on working days than at weekends', () => {
    const logins = events.filter(({ type }) => type === 'activity.login');
    const weekend = timesOf(logins).filter((ms) => [0, 6].includes(new Date(ms).getUTCDay())).length;
    expect(weekend / logins.length).toBeLessThan((2 / 7) * 0.6);
  });

  it('spreads logins over customers more widely than Poisson counts of one mean would be', () => {
    const counts = new Map<string, number>();
    for (const { type, subject } of events)
      if (type === 'activity.login') counts.set(subject, (counts.get(subject) ?? 0) + 1);
    const values = [...counts.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    expect(variance).toBeGreaterThan(10 * mean);
  });
});

describe('a simulation is a function of its options', () => {
  const small = fc.record({
    seed: fc.integer(),
    customers: fc.integer({ min: 1, max: 12 }),
    days: fc.integer({ min: 1, max: 60 }),
  });

  it('gives the same bytes for the same seed, and a longer one begins with the shorter one', () => {
    fc.assert(
      fc.property(small, ({ seed, customers, days }) => {
        const run = (extraDays: number) => {
          const endDay = START_DAY + days - 1 + extraDays;
          return [...simulatePortfolio({ seed, customers, startDay: START_DAY, endDay }).events()].map(
            (event) => JSON.stringify(event),
          );
        };
        const once = run(0);
        expect(run(0)).toEqual(once);
        expect(run(20).slice(0, once.length)).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it('gives another portfolio for another seed', () => {
    const names = (seed: number) =>
      [...simulatePortfolio({ ...YEAR, seed, endDay: START_DAY }).events()]
        .filter(({ type }) => type === 'customer.profile')
        .map(({ data }) => JSON.stringify(data));
    const others = names(2);
    expect(names(1).filter((name) => others.includes(name))).toEqual([]);
  });

  it('refuses options that make no sense with one sentence', () => {
    expect(() => simulatePortfolio({ ...YEAR, customers: 0 })).toThrow(
      'number of customers must be a whole number from 1',
    );
    expect(() => simulatePortfolio({ ...YEAR, seed: 0.5 })).toThrow('seed must be a whole number');
    expect(() => simulatePortfolio({ ...YEAR, endDay: START_DAY - 1 })).toThrow(
      'last day must be the first day',
    );
  });

  it('gives each of 2,000 customers a name of its own', () => {
    const events = simulatePortfolio({ ...YEAR, customers: 2_000, endDay: START_DAY }).events();
    const names = [...events].flatMap(({ type, data }) =>
      type === 'customer.profile' && 'name' in data ? [data.name] : [],
    );
    expect(names.length).toBeGreaterThan(1_600);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('delivery with the usual faults', () => {
  const options = { ...YEAR, customers: 60 };
  const sent = [...simulatePortfolio(options).events()];
  const arrived = [...simulatePortfolio({ ...options, faults: USUAL_FAULTS }).events()];

  it('loses nothing, invents nothing and repeats about 2 %', () => {
    expect(new Set(arrived.map((event) => JSON.stringify(event)))).toEqual(
      new Set(sent.map((event) => JSON.stringify(event))),
    );
    expect(arrived.length / sent.length - 1).toBeGreaterThan(0.015);
    expect(arrived.length / sent.length - 1).toBeLessThan(0.025);
  });

  it('puts a few behind later ones, most by minutes, some by hours', () => {
    const once = new Map(
      arrived.map((event) => [`${event.source} ${event.id}`, event] as const).toReversed(),
    );
    let newest = 0;
    const behindMs: number[] = [];
    const seen = new Set<string>();
    for (const event of arrived) {
      const ms = parseInstant(event.time) ?? 0;
      if (!seen.has(event.id)) behindMs.push(Math.max(0, newest - ms));
      seen.add(event.id);
      newest = Math.max(newest, ms);
    }
    expect(once.size).toBe(sent.length);
    const share = (from: number, to: number) =>
      behindMs.filter((ms) => ms > from && ms <= to).length / sent.length;
    expect(share(0, 600_000)).toBeGreaterThan(0.005);
    expect(share(0, 600_000)).toBeLessThan(0.035);
    expect(share(600_000, 36 * 3_600_000)).toBeGreaterThan(0.001);
    expect(share(600_000, 36 * 3_600_000)).toBeLessThan(0.004);
    expect(share(36 * 3_600_000, Number.POSITIVE_INFINITY)).toBe(0);
  });
});
