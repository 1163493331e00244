import { featuresOf } from '@bellwether/domain';
import { DAY_MS, type QuarantineRecord } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { changeFaults, seededChance } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { beginEmbeddedTenant } from './support/live-tenant.ts';
import { openPipeline } from './support/open-pipeline.ts';
import { changesOf, customersOf, pictureOf, recordsOf } from './support/picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const TENANT = 'simulated';
const DAYS = 90;
const LATE_DAYS = 30;
const [FUTURE_SHARE, LATE_SHARE] = [0.01, 0.05];

/** An event and the day (epoch day) on which it comes. */
interface Delivery {
  readonly event: SimulatedEvent;
  readonly day: number;
}

describe('events a month late and a day ahead (T15)', () => {
  it(`the late ones are in the state as if they had come in time, those ahead are quarantined, all counted (seed ${SEED})`, async () => {
    const today = Math.floor(Date.now() / DAY_MS);
    const portfolio = { seed: SEED, customers: 60, startDay: today - DAYS, endDay: today - 1 };
    const chance = seededChance(SEED);
    const inTime: Delivery[] = [];
    const disturbed: Delivery[] = [];
    let [late, ahead] = [0, 0];
    for (const event of simulatePortfolio(portfolio).events()) {
      const day = Math.floor(Date.parse(event.time) / DAY_MS);
      const lot = chance();
      if (lot < FUTURE_SHARE) {
        ahead += 1;
        disturbed.push({ event: { ...event, time: new Date(Date.now() + DAY_MS).toISOString() }, day });
        continue;
      }
      inTime.push({ event, day });
      const isLate = lot < FUTURE_SHARE + LATE_SHARE;
      if (isLate) late += 1;
      disturbed.push({ event, day: isLate ? Math.min(day + LATE_DAYS, today) : day });
    }
    const expected = await outcomeOf(inTime, today);
    const found = await outcomeOf(disturbed, today);
    expect(found.features).toEqual(expected.features);
    expect(found.faults).toEqual([]);
    expect(found.quarantined).toEqual(Array.from({ length: ahead }, () => 'future-time'));
    const accepted = inTime.length;
    expect([found.ingested, found.scored]).toEqual([
      `${accepted} ok, 0 duplicate, ${ahead} quarantined`,
      `${accepted} ok, 0 duplicate, 0 quarantined`,
    ]);
    console.log(
      `T15: ${disturbed.length} events, ${late} of them ${LATE_DAYS} days late: features of all ${found.features.length} customers ` +
        `as in time; ${ahead} a day ahead: quarantined; ingest ${found.ingested}, scoring ${found.scored}`,
    );
    expect([late > 0, ahead > 0]).toEqual([true, true]);
  }, 120_000);
});

async function outcomeOf(deliveries: readonly Delivery[], today: number) {
  const pipeline = await openPipeline({ partitions: 2, now: 0 });
  try {
    const beginsAt = (today - DAYS) * DAY_MS;
    const tenant = await beginEmbeddedTenant(pipeline, { tenant: TENANT, beginsAt });
    const byDay = Map.groupBy(deliveries, ({ day }) => day);
    for (let day = today - DAYS; day <= today; day += 1) {
      await tenant.tick(day * DAY_MS);
      await tenant.send((byDay.get(day) ?? []).map(({ event }) => ({ event })));
    }
    const quarantine = await recordsOf<QuarantineRecord>(pipeline.engine, 'ingest-quarantine');
    const { accounting } = await pictureOf(pipeline.engine, 'separate-runs');
    return {
      features: (await customersOf(pipeline.engine, TENANT)).map((state) =>
        JSON.stringify(featuresOf(state)),
      ),
      faults: changeFaults(await changesOf(pipeline.engine)).slice(0, 10),
      quarantined: quarantine.map(({ value }) => value.reason),
      ingested: accounting.get(`ingest-crm ${TENANT}`),
      scored: accounting.get(`scoring ${TENANT}`),
    };
  } finally {
    await pipeline.close();
  }
}
