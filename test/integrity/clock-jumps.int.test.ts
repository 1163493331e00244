import { featuresOf } from '@bellwether/domain';
import { type CustomerEventsRecord, DAY_MS } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { changeFaults, seededChance } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { beginEmbeddedTenant, byTime, type LiveTenant } from './support/live-tenant.ts';
import { openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { changesOf, customersOf, pictureOf, recordsOf } from './support/picture.ts';
import { pictureFaults } from './support/same-picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const TENANT = 'simulated';
/** The day begins there while the simulated customers are at work, so that jumps across it matter. */
const TIME_ZONE = 'Asia/Tokyo';
const DAY_BEGINS_MS = 15 * 3_600_000;
const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
const START_DAY = 19_300;
const DAYS = 10;
const BEGINS_AT = START_DAY * DAY_MS;
const ENDS_AT = BEGINS_AT + DAYS * DAY_MS;
const PORTFOLIO = { seed: SEED, customers: 60, startDay: START_DAY, endDay: START_DAY + DAYS - 1 };

/** What a clock that jumps says within an hour, besides the truth. */
type Jumps = (hourMs: number) => readonly number[];

describe(`a clock that jumps by an hour and by a second, there and back (T23, seed ${SEED})`, () => {
  const events = [...simulatePortfolio(PORTFOLIO).events()];

  it('within a day changes nothing at all', async () => {
    const calm = await runWith(events, () => []);
    const chance = seededChance(SEED);
    let jumps = 0;
    const found = await runWith(events, (hourMs) => {
      const told = jumpsAround(hourMs, chance).filter((at) => dayOf(at) === dayOf(hourMs));
      jumps += told.length;
      return told;
    });
    // A context has the time at which it was told for its version; nothing else of a state knows of it.
    expect(pictureFaults(calm.picture, found.picture, ['states', 'alertStates'])).toEqual([]);
    expect(found.features).toEqual(calm.features);
    console.log(
      `T23: ${jumps} jumps within days, ${events.length} events: all changes and features identical`,
    );
    expect(jumps).toBeGreaterThan(100);
  }, 120_000);

  it('across the beginning of a day: no day is told twice or left out, and all end in the same features', async () => {
    const calm = await runWith(events, () => []);
    const chance = seededChance(SEED);
    let jumps = 0;
    const found = await runWith(events, (hourMs) => {
      const told = jumpsAround(hourMs, chance);
      jumps += told.filter((at) => dayOf(at) !== dayOf(hourMs)).length;
      return told;
    });
    expect(found.days).toEqual(calm.days);
    expect(found.features).toEqual(calm.features);
    expect(found.faults).toEqual([]);
    console.log(
      `T23: ${jumps} jumps across the beginning of a day, ${found.days.length} days told once each: same features`,
    );
    expect(jumps).toBeGreaterThan(DAYS);
  }, 120_000);
});

/** An hour and a second ahead and behind. */
function jumpsAround(hourMs: number, chance: () => number): readonly number[] {
  const trueMs = hourMs + Math.floor(chance() * HOUR_MS);
  const jumps = [HOUR_MS, -HOUR_MS, -SECOND_MS, SECOND_MS].map((byMs) => trueMs + byMs);
  return [trueMs, ...jumps, trueMs];
}

function dayOf(atMs: number): number {
  return Math.floor((atMs - DAY_BEGINS_MS) / DAY_MS);
}

async function runWith(events: readonly SimulatedEvent[], jumps: Jumps) {
  const pipeline = await openPipeline({ now: 0 });
  try {
    const tenant = await beginEmbeddedTenant(pipeline, {
      tenant: TENANT,
      beginsAt: BEGINS_AT,
      timeZone: TIME_ZONE,
    });
    await live(tenant, byTime(events, HOUR_MS), jumps);
    return {
      picture: await pictureOf(pipeline.engine, 'separate-runs'),
      features: await featuresIn(pipeline),
      days: await daysIn(pipeline),
      faults: changeFaults(await changesOf(pipeline.engine)).slice(0, 10),
    };
  } finally {
    await pipeline.close();
  }
}

/** Every hour has a true tick; jumps come before and after the events of the hour. */
async function live(
  tenant: LiveTenant,
  hours: ReadonlyMap<number, readonly SimulatedEvent[]>,
  jumps: Jumps,
): Promise<void> {
  for (let hourMs = BEGINS_AT; hourMs < ENDS_AT; hourMs += HOUR_MS) {
    await tenant.tick(hourMs);
    const [first, ...rest] = jumps(hourMs);
    if (first !== undefined) await tenant.tick(first);
    for (const at of rest.slice(0, 2)) await tenant.tick(at);
    await tenant.send((hours.get(hourMs / HOUR_MS) ?? []).map((event) => ({ event })));
    for (const at of rest.slice(2)) await tenant.tick(at);
  }
  await tenant.tick(ENDS_AT);
}

async function featuresIn(pipeline: Pipeline) {
  const states = await customersOf(pipeline.engine, TENANT);
  return states.map((state) => JSON.stringify(featuresOf(state)));
}

/** The days that were told, in order. */
async function daysIn(pipeline: Pipeline): Promise<readonly number[]> {
  const records = await recordsOf<CustomerEventsRecord>(pipeline.engine, 'customer-events');
  return records.flatMap(({ value }) => (value.kind === 'day' ? [value.day] : []));
}
