import { type CustomerState, featuresOf } from '@bellwether/domain';
import { DAY_MS } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { changeFaults, seededChance } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { beginEmbeddedTenant, byTime } from './support/live-tenant.ts';
import { openPipeline } from './support/open-pipeline.ts';
import { changesOf, customersOf } from './support/picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const SHUFFLES = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 100 : 5;
const WINDOW_MS = 600_000;
const TENANT = 'simulated';
const START_DAY = 19_300;
const DAYS = 40;
/** Health is told when it moved by half a point (N1); what was told last may be that far from what it is. */
const TOLD_FROM_HUNDREDTHS = 50;

const PORTFOLIO = { seed: SEED, customers: 60, startDay: START_DAY, endDay: START_DAY + DAYS - 1 };

describe('events that come in another order within ten minutes (T14)', () => {
  it(`end in the same features, byte for byte, in any of ${SHUFFLES} orders (seed ${SEED})`, async () => {
    const events = [...simulatePortfolio(PORTFOLIO).events()];
    const expected = await statesAfter(events);
    const scored = [...expected.values()].filter(
      ({ published }) => published.health?.valueHundredths != null,
    ).length;
    let [moved, healthApart] = [0, 0];
    for (let shuffle = 0; shuffle < SHUFFLES; shuffle += 1) {
      const shuffled = shuffledInWindows(events, SEED + shuffle);
      moved += shuffled.filter((event, index) => event !== events[index]).length;
      const found = await statesAfter(shuffled);
      expect({ shuffle, customers: [...found.keys()] }).toEqual({ shuffle, customers: [...expected.keys()] });
      for (const [id, state] of found) {
        const calm = expected.get(id) as CustomerState;
        expect(JSON.stringify(featuresOf(state))).toBe(JSON.stringify(featuresOf(calm)));
        expect(toldOf(state)).toEqual(toldOf(calm));
        healthApart = Math.max(healthApart, apart(state, calm));
      }
    }
    console.log(
      `T14: ${events.length} events of ${expected.size} customers in ${SHUFFLES} orders, ${Math.round(moved / SHUFFLES)} ` +
        `of them at another place each time: features identical, health (of ${scored}) told at most ${healthApart / 100} points apart`,
    );
    expect(scored).toBeGreaterThan(0);
    expect(moved).toBeGreaterThan((SHUFFLES * events.length) / 4);
    expect(healthApart).toBeLessThan(TOLD_FROM_HUNDREDTHS);
  }, 300_000);
});

/** The same events; those of ten minutes in any order. */
function shuffledInWindows(events: readonly SimulatedEvent[], seed: number): readonly SimulatedEvent[] {
  const chance = seededChance(seed);
  return [...byTime(events, WINDOW_MS).values()].flatMap((window) =>
    window
      .map((event) => ({ event, order: chance() }))
      .sort((one, other) => one.order - other.order)
      .map(({ event }) => event),
  );
}

async function statesAfter(events: readonly SimulatedEvent[]): Promise<ReadonlyMap<string, CustomerState>> {
  const pipeline = await openPipeline({ now: 0 });
  try {
    const tenant = await beginEmbeddedTenant(pipeline, { tenant: TENANT, beginsAt: START_DAY * DAY_MS });
    for (const [day, ofDay] of byTime(events)) {
      await tenant.tick(day * DAY_MS);
      await tenant.send(ofDay.map((event) => ({ event })));
    }
    await tenant.tick((START_DAY + DAYS) * DAY_MS);
    expect(changeFaults(await changesOf(pipeline.engine)).slice(0, 10)).toEqual([]);
    const states = await customersOf(pipeline.engine, TENANT);
    return new Map(states.map((state) => [state.customerId, state]));
  } finally {
    await pipeline.close();
  }
}

/** What was told of a customer last, but for health. Whether there once was a complexity is a matter of the way. */
function toldOf({ published }: CustomerState) {
  const { ltv, rfm, complexity, crossSell, notices, contribution, health } = published;
  const { value = null, band = null } = complexity ?? {};
  return {
    ltv,
    rfm: rfm?.parts,
    complexity: { value, band },
    crossSell,
    notices,
    valueMinor: contribution?.valueMinor,
    healthBand: health?.band,
  };
}

function apart(one: CustomerState, other: CustomerState): number {
  const values = [one, other].map(({ published }) => published.health?.valueHundredths ?? 0);
  return Math.abs((values[0] ?? 0) - (values[1] ?? 0));
}
