import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CustomerEventsRecord, DAY_MS, partitionOf, TOPIC_SCHEMAS } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import Type, { type TObject } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TopicFormat } from '../../packages/registry/src/topic-format.ts';
import { MessageWriter } from '../../packages/registry/src/wire-format.ts';
import { type Cluster, type Instance, startCluster } from './support/cluster.ts';
import { expectClean, untilProcessed } from './support/expect-clean.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { recordsOf } from './support/picture.ts';
import { connectPublisher, type PublishedRecord, type Publisher } from './support/publish-load.ts';
import { beginTenant, TENANT } from './support/under-load.ts';
import { readinessOf, recordsIn, untilGrown } from './support/watch-growth.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 3;
const TOPIC = 'bellwether.source-crm';
const SUBJECT = `${TOPIC}-value`;
/** More than half of a window of a thousand, which is what stops a partition. */
const BROKEN = 700;
/** Of them, those that come first and are set aside: so many may be single faults. */
const SINGLE = 300;
const GOOD = 60;
const STOPPED_WITHIN_MS = 30_000;
/** A partition that stopped is tried again every half minute. */
const TRIED_AGAIN_MS = 35_000;
const PROCESSED_WITHIN_MS = 120_000;
const MENDED = join(import.meta.dirname, 'support', 'mended-reader.fixture.ts');
const AVRO = { 'content-type': 'application/cloudevents+avro' };
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED a schema that breaks: ${missing}`);

const ours = new TopicFormat(TOPIC_SCHEMAS['source-crm']);
/** What a producer makes of it that writes all numbers as doubles, and demands a field that nobody had before. */
const { properties } = TOPIC_SCHEMAS['source-crm'] as unknown as TObject;
const changed = { sequence: Type.Optional(Type.Number()), region: Type.String() };
const theirs = new TopicFormat(Type.Object({ ...properties, ...changed }, { title: 'SourceEvent' }));

describe.skipIf(missing !== undefined)(`a producer whose schema breaks (T17, seed ${SEED})`, () => {
  let cluster: Cluster;
  let publisher: Publisher;
  let ingest: Instance | undefined;
  const ids = new Set<string>();
  const writer = new MessageWriter();
  const events = simulatedEvents();
  const send = async (format: TopicFormat, id: number, some: readonly SimulatedEvent[]): Promise<void> => {
    const records = some.map((event, index): PublishedRecord => {
      ids.add(event.id);
      const key = `${TENANT}|${event.subject}`;
      const value = { ...event, tenant: TENANT, sequence: index + 1, region: 'west' };
      const bytes = Buffer.from(format.write(value, id, writer));
      return { key, partition: partitionOf(key, PARTITIONS), bytes, headers: AVRO };
    });
    await publisher.send(TOPIC, records);
  };
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    publisher = await connectPublisher(cluster.servers.kafka.url);
    [ingest] = await Promise.all([
      cluster.add('ingest', ['ingest']),
      cluster.add('others', ['scoring', 'alerting', 'projection']),
    ]);
    await beginTenant(cluster);
  }, 240_000);
  afterAll(async () => {
    await publisher?.close();
    await cluster?.close();
  });

  it('is refused; forced, it stops its partition until a version that reads it starts, and nothing is lost', async () => {
    if (!ingest) throw new RangeError('nothing takes events in');
    const { url } = cluster.servers.registry;
    const known = await ask(`${url}/subjects/${SUBJECT}/versions/latest`);
    await send(ours, known.body.id ?? 0, events.any.splice(0, GOOD));
    const refused = await register(url, theirs.text);
    expect([refused.status, refused.body.message ?? '']).toEqual([409, expect.stringMatching(/ncompatib/)]);
    await setCompatibility(url, 'NONE');
    const forced = await register(url, theirs.text);
    expect(forced.status).toBe(200);

    const brokenAtMs = performance.now();
    await send(theirs, forced.body.id ?? 0, events.ofFirstPartition.splice(0, SINGLE));
    while ((await recordsIn(cluster, 'ingest-quarantine')) < SINGLE) await sleep(200);
    await send(theirs, forced.body.id ?? 0, events.ofFirstPartition.splice(0, BROKEN - SINGLE));
    const sentence = await untilStopped(ingest);
    const stoppedMs = performance.now() - brokenAtMs;
    const [quarantined, growing] = [
      await recordsIn(cluster, 'ingest-quarantine'),
      untilGrown(cluster, 'customer-changes', STOPPED_WITHIN_MS),
    ];
    await send(ours, known.body.id ?? 0, events.ofOthers.splice(0, GOOD));
    await growing;
    await sleep(TRIED_AGAIN_MS);
    expect(await readinessOf(ingest.url())).toEqual([sentence]);
    expect(await recordsIn(cluster, 'ingest-quarantine')).toBe(quarantined);

    expect(await ingest.stop()).toBe(0);
    await expect(ingest.start()).rejects.toThrow(/is not set to BACKWARD_TRANSITIVE/);
    await setCompatibility(url, 'BACKWARD_TRANSITIVE');
    const mended = await cluster.add('mended', ['ingest'], { NODE_OPTIONS: `--import=${MENDED}` });
    await untilProcessed(cluster, PROCESSED_WITHIN_MS);
    const said = await cluster.command('quarantine', 'redrive', '--reason', 'schema-break');
    await untilProcessed(cluster, PROCESSED_WITHIN_MS);
    expect(await readinessOf(mended.url())).toEqual([]);
    const clean = await expectEachOnce(cluster, ids);
    console.log(
      `T17: refused with ${refused.status}; forced, ${BROKEN} events stopped the partition after ` +
        `${(stoppedMs / 1_000).toFixed(1)} s ("${sentence}"), ${quarantined} of them in quarantine before; a version that ` +
        `reads them started: ${said.trim()} ${clean}`,
    );
    expect(stoppedMs).toBeLessThan(STOPPED_WITHIN_MS);
  }, 400_000);
});

/** Events by where they belong. */
function simulatedEvents() {
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  const portfolio = { seed: SEED, customers: 120, startDay: endDay - 60, endDay };
  const all = [...simulatePortfolio(portfolio).events()];
  const isFirst = ({ subject }: SimulatedEvent) => partitionOf(`${TENANT}|${subject}`, PARTITIONS) === 0;
  return {
    any: all.slice(0, GOOD),
    ofFirstPartition: all.slice(GOOD).filter(isFirst),
    ofOthers: all.slice(GOOD).filter((event) => !isFirst(event)),
  };
}

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: number; readonly message?: string };
}

async function ask(url: string, method = 'GET', body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
  const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

function register(url: string, schema: string): Promise<Answer> {
  return ask(`${url}/subjects/${SUBJECT}/versions`, 'POST', { schema });
}

async function setCompatibility(url: string, compatibility: string): Promise<void> {
  expect((await ask(`${url}/config/${SUBJECT}`, 'PUT', { compatibility })).status).toBe(200);
}

/** What the process says of the partition, once it has stopped. */
async function untilStopped({ url, lines }: Instance): Promise<string> {
  for (const untilMs = performance.now() + STOPPED_WITHIN_MS; performance.now() < untilMs; await sleep(100)) {
    const found = (await readinessOf(url())).find((reason) =>
      reason.startsWith('ingest-crm/0 stopped: More than half'),
    );
    if (found !== undefined) return found;
  }
  throw new Error(`The partition has not stopped:\n${lines().slice(-10).join('\n')}`);
}

async function expectEachOnce(cluster: Cluster, ids: ReadonlySet<string>): Promise<string> {
  const backend = await cluster.open();
  try {
    const records = await recordsOf<CustomerEventsRecord>(backend, 'customer-events');
    const found = records.flatMap(({ value }) => (value.kind === 'event' ? [value.id] : []));
    expect(found.toSorted()).toEqual([...ids].sort());
    const { events, changes } = await expectClean(backend, ids);
    return `${events} events, ${changes} changes: clean`;
  } finally {
    await backend.close();
  }
}
