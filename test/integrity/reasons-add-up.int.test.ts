import type { CustomerState } from '@bellwether/domain';
import { type AlertRecord, type CustomerChange, DAY_MS, SCORES } from '@bellwether/events';
import { importEvents } from '@bellwether/ingest';
import { simulatePortfolio, USUAL_FAULTS } from '@bellwether/simulator';
import { changeFaults, isScoreChange } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importExample, importPartsAt, openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { changesOf, customersOf, recordsOf } from './support/picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const START_DAY = 19_300;
const YEAR = {
  seed: SEED,
  customers: 12,
  startDay: START_DAY,
  endDay: START_DAY + 364,
  faults: USUAL_FAULTS,
};

async function importYear(pipeline: Pipeline): Promise<void> {
  const identity = {
    name: 'simulation',
    contentHash: 'fedcba9876543210'.repeat(4),
    mapVersion: 'cloudevents',
    currency: 'USD',
    timeZone: 'UTC',
  };
  const events = simulatePortfolio(YEAR).events();
  const request = { tenant: 'simulated', clock: 'frozen', synthetic: true, identity, events } as const;
  expect((await importEvents(request, importPartsAt(pipeline))).kind).toBe('done');
  await pipeline.engine.drain();
}

describe(`all published changes of the three data sets (simulated year of seed ${SEED})`, () => {
  const tenants = ['usaspending', 'cdnow', 'simulated'];
  let pipeline: Pipeline;
  let changes: CustomerChange[];
  const states: CustomerState[] = [];
  beforeAll(async () => {
    pipeline = await openPipeline({ now: (START_DAY + 400) * DAY_MS, partitions: 2 });
    await importExample(pipeline, 'usaspending');
    await importExample(pipeline, 'cdnow');
    await importYear(pipeline);
    changes = await changesOf(pipeline.engine);
    for (const tenant of tenants) states.push(...(await customersOf(pipeline.engine, tenant)));
  }, 240_000);
  afterAll(() => pipeline.close());

  it('have reasons that sum exactly to what they explain, and are numbered 1..n (N1)', () => {
    expect(changeFaults(changes)).toEqual([]);
    const scores = changes.flatMap((record) => record.changes).filter(isScoreChange);
    const counts = new Map(
      [...Map.groupBy(scores, ({ score }) => score)].map(([score, all]) => [score, all.length]),
    );
    console.log(
      `seed ${SEED}: ${changes.length} change records, scores ${JSON.stringify(Object.fromEntries(counts))}`,
    );
    expect([...counts.keys()].sort()).toEqual([...SCORES].sort());
  });

  it('end at the value that the state holds', () => {
    const last = new Map<string, number | null>();
    for (const { tenant, customerId, changes: all } of changes) {
      for (const change of all.filter(isScoreChange)) {
        const key = `${tenant}|${customerId} ${change.score}`;
        expect(change.previous ?? null).toBe(last.get(key) ?? null);
        last.set(key, change.value);
      }
    }
    for (const { tenant, customerId, published } of states) {
      const key = `${tenant}|${customerId}`;
      expect(last.get(`${key} health`) ?? null).toBe(published.health?.valueHundredths ?? null);
      expect(last.get(`${key} complexity`) ?? null).toBe(published.complexity?.value ?? null);
      expect(last.get(`${key} ltv`) ?? 0).toBe(published.contribution?.valueMinor ?? 0);
    }
  });

  it('leave no open at-risk alert with a customer who was not scorable when it could have been raised (N2)', async () => {
    const open = new Map<string, AlertRecord>();
    for (const { value } of await recordsOf<AlertRecord>(pipeline.engine, 'alerts')) {
      if (value.rule !== 'at-risk') continue;
      if (value.state === 'resolved') open.delete(`${value.tenant}|${value.customerId}`);
      else open.set(`${value.tenant}|${value.customerId}`, value);
    }
    const everScored = new Set<string>();
    for (const { tenant, customerId, changes: all } of changes) {
      const health = all.find(({ type }) => type === 'score.health.changed');
      if (health && 'value' in health && health.value !== null) everScored.add(`${tenant}|${customerId}`);
    }
    expect([...open.keys()].filter((key) => !everScored.has(key))).toEqual([]);
    const atRisk = states.filter(({ published }) => published.health?.atRisk === true);
    expect([...open.keys()].sort()).toEqual(
      atRisk.map(({ tenant, customerId }) => `${tenant}|${customerId}`).sort(),
    );
    const unscored = states.filter(({ published }) => published.health?.band === 'not-scorable');
    expect(unscored.length).toBeGreaterThan(2_000);
  });
});

describe('days that pass with no event', () => {
  const noon = (day: number) => day * DAY_MS + DAY_MS / 2;
  const event = (day: number, type: string, data: object) => ({
    specversion: '1.0',
    id: `${type}-${day}-${JSON.stringify(data)}`,
    source: 'test',
    type,
    subject: 'fading',
    time: new Date(noon(day) - 60_000).toISOString(),
    data,
  });
  /** Somebody else goes on, so that the feeds stay fresh. */
  const other = (day: number, type: string, data: object) => ({
    ...event(day, type, data),
    subject: 'steady',
  });

  it('lower the health of who stopped, give notice of an expiry, and say that time did it (N3, S11)', async () => {
    const pipeline = await openPipeline({ now: noon(START_DAY) });
    const facts = [
      event(START_DAY, 'agreement.created', {
        agreementId: 'A',
        agreementType: 'SOW',
        valueMinor: 5,
        endDate: '2023-04-06',
      }),
      event(START_DAY, 'contact.created', { contactId: 'p', isSponsor: true }),
      event(START_DAY, 'goal.met', { goalId: 'g' }),
      event(START_DAY, 'goal.value-realised', { goalId: 'g', target: 100, actual: 90 }),
    ];
    await pipeline.post('acme', facts);
    const lastUse = START_DAY + 62;
    for (let day = START_DAY; day <= START_DAY + 100; day += 1) {
      pipeline.now = noon(day);
      await pipeline.tick();
      const use = { feature: `f${day % 3}` };
      const told = [other(day, 'activity.feature-used', use)];
      if (day <= lastUse) told.push(event(day, 'activity.feature-used', use));
      expect((await pipeline.post('acme', told)).status).toBe(202);
      await pipeline.engine.drain();
    }
    const all = (await changesOf(pipeline.engine)).filter(({ customerId }) => customerId === 'fading');
    expect(changeFaults(all)).toEqual([]);
    const decayed = all.filter(({ asOf, cause }) => asOf > noon(lastUse) && cause === 'time-decay');
    const healths = decayed
      .flatMap(({ changes }) => changes.filter(isScoreChange))
      .filter(({ score }) => score === 'health');
    expect(healths.length).toBeGreaterThan(10);
    for (const { delta, reasons } of healths) {
      expect(delta).toBeLessThan(0);
      expect(reasons.every(({ text }) => text.length > 0)).toBe(true);
      expect(reasons.length).toBeGreaterThan(0);
    }
    expect(decayed.every(({ causedBy }) => causedBy.length === 0)).toBe(true);
    const notices = decayed.flatMap(({ changes, asOf }) =>
      changes.flatMap((change) =>
        change.type === 'renewal.due' ? [[asOf / DAY_MS - START_DAY, change.daysBefore]] : [],
      ),
    );
    expect(notices).toEqual([
      [63, 90],
      [93, 60],
    ]);
    const alerts = await pipeline.get<{ items: { rule: string; state: string }[] }>(
      '/v1/tenants/acme/alerts?customer=fading',
    );
    expect(alerts.items.map(({ rule }) => rule)).toContain('renewal');
    await pipeline.close();
  });
});
