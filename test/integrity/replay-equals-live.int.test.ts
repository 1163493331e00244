import { CRM, MATTERMOST_2025 } from '@bellwether/domain';
import { type CustomerEventsRecord, DAY_MS, type ModelChoiceRecord } from '@bellwether/events';
import { importEvents } from '@bellwether/ingest';
import { type SimulatedEvent, simulatePortfolio, USUAL_FAULTS } from '@bellwether/simulator';
import { describe, expect, it } from 'vitest';
import { importPartsAt, openPipeline, type Pipeline, type PipelineOptions } from './support/open-pipeline.ts';
import { type Picture, pictureOf, recordsOf } from './support/picture.ts';
import { pictureFaults } from './support/same-picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const START_DAY = 19_300;
const YEAR = { seed: SEED, customers: 4, startDay: START_DAY, endDay: START_DAY + 364, faults: USUAL_FAULTS };
const HALF_YEAR = { ...YEAR, endDay: START_DAY + 180 };
const QUARTER = { ...YEAR, endDay: START_DAY + 90 };
const IMPORTED_AT = (START_DAY + 400) * DAY_MS;

type Shape = Required<Pick<PipelineOptions, 'batchRecords' | 'partitions'>>;
const BASE: Shape = { batchRecords: 2_000, partitions: 1 };
const OTHERS: readonly Shape[] = [
  { batchRecords: 1, partitions: 1 },
  { batchRecords: 7, partitions: 1 },
  { batchRecords: 1, partitions: 6 },
  { batchRecords: 7, partitions: 6 },
  { batchRecords: 2_000, partitions: 6 },
];
const REPLAYS: readonly Shape[] = [
  { batchRecords: 7, partitions: 1 },
  { batchRecords: 1, partitions: 6 },
  { batchRecords: 2_000, partitions: 6 },
];
const named = ({ batchRecords, partitions }: Shape) => `batches of ${batchRecords}, ${partitions} partitions`;

/** Loads the year as history. */
async function imported(shape: Shape): Promise<Pipeline> {
  const pipeline = await openPipeline({ ...shape, now: IMPORTED_AT });
  const identity = {
    name: 'simulation',
    contentHash: '0123456789abcdef'.repeat(4),
    mapVersion: 'cloudevents',
    currency: 'USD',
    timeZone: 'UTC',
  };
  const events = simulatePortfolio(YEAR).events();
  const request = { tenant: 'simulated', clock: 'frozen', synthetic: true, identity, events } as const;
  const result = await importEvents(request, importPartsAt(pipeline));
  expect(result.kind).toBe('done');
  await pipeline.engine.drain();
  return pipeline;
}

/** What is chosen of the tenant's models as a day begins (N6), by days since the first. */
type Choices = ReadonlyMap<number, ModelChoiceRecord>;
const TOLD = { tenant: 'simulated', choiceId: 'x', by: 'Ada', at: IMPORTED_AT } as const;
const { id, version } = CRM;
const CHOICES: Choices = new Map([
  [20, { ...TOLD, kind: 'shadow', pack: JSON.stringify(CRM), size: null }],
  [40, { ...TOLD, kind: 'shadow', pack: JSON.stringify(MATTERMOST_2025), size: 'small' }],
  [60, { ...TOLD, kind: 'promote', id, version }],
  [75, { ...TOLD, kind: 'rollback' }],
]);

/** Sends a life over HTTP as it arrives: repeated, late and out of order, with the clock going on day by day. */
async function sentLive(shape: Shape, period = HALF_YEAR, choices: Choices = new Map()): Promise<Pipeline> {
  const pipeline = await openPipeline({ ...shape, now: START_DAY * DAY_MS });
  // A tenant that began with its first events would have its first census beside them: how many are in it is chance.
  const settings = { currency: 'USD', timeZone: 'UTC', synthetic: true, clock: 'live' } as const;
  await pipeline.engine.tenants.create('simulated', settings, pipeline.now);
  await pipeline.engine.drain();
  let waiting: SimulatedEvent[] = [];
  const send = async () => {
    for (; waiting.length > 0; waiting = waiting.slice(200)) {
      const { status } = await pipeline.post('simulated', waiting.slice(0, 200));
      expect(status).toBe(202);
    }
    await pipeline.engine.drain();
  };
  // A few customers do nothing on some days: what is to be chosen by then is chosen on the next.
  const toChoose = [...choices];
  const choose = async (untilDay: number) => {
    const due = toChoose.splice(0, toChoose.filter(([day]) => day <= untilDay).length);
    await pipeline.engine.log.append(due.map(([, chosen]) => choiceOf(chosen)));
    await pipeline.engine.drain();
  };
  for (const event of simulatePortfolio(period).events()) {
    const at = Date.parse(event.time);
    if (Math.floor(at / DAY_MS) > Math.floor(pipeline.now / DAY_MS)) {
      await send();
      pipeline.now = at;
      await pipeline.tick();
      await choose(Math.floor(at / DAY_MS) - START_DAY);
    }
    pipeline.now = Math.max(pipeline.now, at);
    waiting.push(event);
  }
  await send();
  await pipeline.tick();
  await choose(Number.POSITIVE_INFINITY);
  return pipeline;
}

const choiceOf = (value: ModelChoiceRecord) => ({ topic: 'model-choices', key: value.tenant, value });

/** Copies customer-events into an empty pipeline of another shape: events by key, controls to every partition. */
async function replayed(records: readonly { key: string; value: CustomerEventsRecord }[], shape: Shape) {
  const pipeline = await openPipeline({ ...shape, now: IMPORTED_AT });
  const everywhere = Array.from({ length: shape.partitions }, (_, partition) => ({ partition }));
  const copies = records.flatMap(({ key, value }) => {
    const copy = { topic: 'customer-events', key, value };
    return value.kind === 'event' ? [copy] : everywhere.map((place) => ({ ...copy, ...place }));
  });
  await pipeline.engine.log.append(copies);
  await pipeline.engine.drain();
  return pipeline;
}

async function pictured(pipeline: Pipeline): Promise<Picture> {
  const picture = await pictureOf(pipeline.engine, 'one-log');
  await pipeline.close();
  return picture;
}

describe.each([
  ['an imported year', imported],
  ['half a year sent live', (shape: Shape) => sentLive(shape)],
  [
    'a quarter sent live, with models tried, promoted and rolled back',
    (shape: Shape) => sentLive(shape, QUARTER, CHOICES),
  ],
])('%s', (name, run) => {
  it(`comes out the same, byte for byte, in any batches and partitions, and replayed (S116, N5; seed ${SEED})`, async () => {
    const first = await run(BASE);
    const records = await recordsOf<CustomerEventsRecord>(first.engine, 'customer-events');
    const expected = await pictured(first);
    const { states, changes, scores, alerts } = expected;
    expect([states.size > 0, changes.size > 0, scores.size > 0]).toEqual([true, true, true]);
    console.log(
      `${records.length} records, ${states.size} customers, alerts of ${alerts.size}, seed ${SEED}`,
    );
    const tried = records.filter(({ value }) => value.kind === 'context' && value.item === 'models');
    expect(tried).toHaveLength(name.includes('models') ? CHOICES.size : 0);
    for (const shape of OTHERS) {
      const faults = pictureFaults(expected, await pictured(await run(shape)));
      expect({ shape: named(shape), faults }).toEqual({ shape: named(shape), faults: [] });
    }
    for (const shape of REPLAYS) {
      // What ingest counted stays with the run that received the events.
      const faults = pictureFaults(expected, await pictured(await replayed(records, shape)), ['accounting']);
      expect({ replayed: named(shape), faults }).toEqual({ replayed: named(shape), faults: [] });
    }
  }, 120_000);
});
