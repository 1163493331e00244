import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@bellwether/stream';
import { API } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import { kafkajsClient, readAll, recordFor } from '../../../packages/kafka/src/test-support.ts';
import { isSame, outcomeOf, promised } from './broken-promise.ts';
import { deleteBefore, hold, withKafka } from './kafka-place.ts';

const owner = { group: 'group', topic: 'many', partition: 3 };
const output = recordFor('one', 0);

/** What reading promises. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'a transaction is open': () =>
    withKafka(async ({ kafka: { log }, proxy, slow }) => {
      const session = slow.openSession(owner);
      await session.takeOver();
      const held = hold(proxy, API.endTxn);
      const publishing = session.publish([output('a')], 1);
      await held.reached;
      const seen = await readFrom(log, 0, 1_000);
      const end = await log.endOffset('one', 0);
      held.letThrough();
      await publishing;
      promised('nothing is read of an open transaction', seen.length === 0);
      promised('the end is before an open transaction', end === 0);
      promised('a committed transaction is read', isSame(await readFrom(log, 0, 5_000), ['a']));
    }),

  'transactions overlap and are aborted': () =>
    withKafka(async ({ kafka }) => {
      await overlap(kafka.prefix);
      promised(
        'aborted records are left out, committed ones are not',
        isSame(await readAll(kafka.log, 'one'), ['committed']),
      );
      for (let offset = 0; offset < 5; offset += 1) {
        const values = await readFrom(kafka.log, offset, 5_000);
        promised('aborted records are left out from any place on', isSame(values, ['committed']));
      }
    }),

  'two readers wait at one place': () =>
    withKafka(async ({ kafka: { log } }) => {
      const reading = [readFrom(log, 0, 3_000), readFrom(log, 0, 3_000)];
      await sleep(200);
      await log.append([output('a')]);
      promised('each reader gets every record', isSame(await Promise.all(reading), [['a'], ['a']]));
    }),

  'a reader goes back': () =>
    withKafka(async ({ kafka: { log } }) => {
      await log.append([0, 1, 2, 3].map(output));
      await readAll(log, 'one');
      promised(
        'a read begins at its offset, not where another ended',
        isSame(await readFrom(log, 2, 2_000), [2, 3]),
      );
    }),

  'the place of a reader is gone': () =>
    withKafka(async ({ kafka: { log, prefix } }) => {
      await log.append([0, 1, 2, 3].map(output));
      await deleteBefore(`${prefix}.one`, 2);
      const outcome = await outcomeOf(readFrom(log, 0, 1_500));
      promised('a reader is told that its place is gone', outcome === 'log-mismatch');
    }),
};

async function readFrom(log: Log, offset: number, waitMs: number): Promise<unknown[]> {
  const records = await log.read({ topic: 'one', partition: 0, offset }, { limit: 100, waitMs });
  return records.map(({ value }) => value);
}

/** Two transactions that begin one in the other and are aborted, the second one first; then a third is committed. */
async function overlap(prefix: string): Promise<void> {
  const topic = `${prefix}.one`;
  const producers = await Promise.all(['first', 'second'].map((name) => producerOf(`${prefix}.${name}`)));
  const [one, other] = producers;
  if (!one || !other) throw new RangeError('two producers are needed');
  const [first, second] = [await one.transaction(), await other.transaction()];
  const write = (to: typeof first, value: string) =>
    to.send({ topic, messages: [{ key: 'k', partition: 0, value: JSON.stringify(value) }] });
  await write(first, 'aborted');
  await write(second, 'aborted');
  await write(second, 'aborted');
  await write(first, 'aborted');
  await second.abort();
  await write(first, 'aborted');
  await first.abort();
  const third = await other.transaction();
  await write(third, 'committed');
  await third.commit();
  await Promise.all(producers.map((producer) => producer.disconnect()));
}

async function producerOf(transactionalId: string) {
  const client = await kafkajsClient();
  const retry = { initialRetryTime: 20, multiplier: 1.5, maxRetryTime: 200, retries: 50 };
  const producer = client.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1, retry });
  await producer.connect();
  return producer;
}
