import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomerEventsRecord } from '@bellwether/events';
import { readProgress } from '@bellwether/stream';
import { changeFaults } from '@bellwether/testkit';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { expect } from 'vitest';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import { describeTopologies } from '../../../services/cli/src/topologies.ts';
import type { Cluster } from './cluster.ts';
import { droppingRepeats } from './drop-repeats.ts';
import { openPipeline } from './open-pipeline.ts';
import { changesOf, pictureOf } from './picture.ts';
import { pictureFaults } from './same-picture.ts';

const PREFIX = 'bellwether';

type Delivery = 'transactional' | 'idempotent';

/** A record, ready to be appended to another log. */
export interface CopiedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: unknown;
}

/** How the cluster was used. */
export interface CleanOptions {
  /** `transactional` unless told otherwise. */
  readonly delivery?: Delivery | undefined;
  /** What customer-events held before it was made anew. Then repeats are dropped, as readers are told to. */
  readonly earlier?: readonly CopiedRecord[];
}

/** What was found in a cluster after everything was processed. */
export interface CleanCounts {
  readonly events: number;
  readonly customers: number;
  readonly changes: number;
}

/**
 * Fails unless the cluster holds what a calm, sequential run over the same log gives: the same states, changes and
 * alerts byte for byte, sequences 1..n without gap or repeat for a reader of committed records, and every event that
 * was published exactly once.
 * @param published ids of all events that were sent, without repeats
 */
export async function expectClean(
  opened: Backend,
  published: ReadonlySet<string>,
  { delivery = 'transactional', earlier = [] }: CleanOptions = {},
): Promise<CleanCounts> {
  const mayRepeat = delivery === 'idempotent' || earlier.length > 0;
  const log = mayRepeat ? droppingRepeats(opened.log) : opened.log;
  const backend: Backend = { ...opened, log };
  const records = [...earlier, ...(await copyOf(backend, 'customer-events'))];
  const ids = records.flatMap(({ value }) => {
    const record = value as CustomerEventsRecord;
    return record.kind === 'event' ? [record.id] : [];
  });
  expect({ lost: [...published].filter((id) => !ids.includes(id)).slice(0, 5) }).toEqual({ lost: [] });
  const changes = await changesOf(backend);
  expect(changeFaults(changes).slice(0, 10)).toEqual([]);
  const found = await pictureOf(backend, 'one-log');
  const calm = await openPipeline({ partitions: backend.partitions, now: 0 });
  try {
    await calm.engine.log.append(records);
    await calm.engine.drain();
    const expected = await pictureOf(calm.engine, 'one-log');
    expect(pictureFaults(expected, found, ['accounting'])).toEqual([]);
  } finally {
    await calm.close();
  }
  return { events: ids.length, customers: found.states.size, changes: changes.length };
}

/** The records of a topic, each for the partition it stands in. */
export async function copyOf({ log }: Pick<Backend, 'log'>, topic: string): Promise<readonly CopiedRecord[]> {
  const copies: CopiedRecord[] = [];
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    const end = await log.endOffset(topic, partition);
    for (let offset = 0; offset < end; ) {
      const read = await log.read({ topic, partition, offset }, { limit: 2_000, waitMs: 200 });
      for (const { key, value } of read) copies.push({ topic, partition, key, value });
      offset = (read.at(-1)?.offset ?? end) + 1;
    }
  }
  return copies;
}

/**
 * Resolves when every topology has processed and published everything that stands in its input, twice in a row.
 * @throws Error that names the topologies that have not, after `withinMs`
 */
export async function untilProcessed(
  { open, servers }: Pick<Cluster, 'open' | 'servers'>,
  withinMs: number,
): Promise<void> {
  const backend = await open();
  const admin = new Kafka({ brokers: [servers.kafka.url], logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    const deadlineMs = performance.now() + withinMs;
    for (let quiet = 0; quiet < 2; ) {
      const behind = await topologiesBehind(backend, admin);
      quiet = behind.length === 0 ? quiet + 1 : 0;
      if (performance.now() > deadlineMs) throw new Error(`Not processed in time: ${behind.join(', ')}`);
      if (quiet < 2) await sleep(300);
    }
  } finally {
    await admin.disconnect();
    await backend.close();
  }
}

/** Topologies and partitions with records that are not in their documents, or whose outputs are not public yet. */
async function topologiesBehind({ log, readModels }: Backend, admin: Admin): Promise<readonly string[]> {
  const behind: string[] = [];
  for (const { name, input, collection } of describeTopologies()) {
    const committed = await committedOffsets(admin, name, input);
    for (let partition = 0; partition < log.partitions(input); partition += 1) {
      const applied = (await readProgress(readModels, collection, partition)) ?? 0;
      const offset = Math.min(applied, committed.get(partition) ?? 0);
      if (offset >= (await log.endOffset(input, partition))) continue;
      // What stands there may be nothing but marks of transactions.
      const [next] = await log.read({ topic: input, partition, offset }, { limit: 1, waitMs: 0 });
      if (next) behind.push(`${name}/${partition} at ${offset}`);
    }
  }
  return behind;
}

async function committedOffsets(admin: Admin, group: string, topic: string): Promise<Map<number, number>> {
  const [found] = await admin.fetchOffsets({ groupId: `${PREFIX}.${group}`, topics: [`${PREFIX}.${topic}`] });
  return new Map(
    found?.partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]) ?? [],
  );
}
