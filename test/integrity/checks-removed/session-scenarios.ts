import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@bellwether/stream';
import { API } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import type { KafkaOptions } from '../../../packages/kafka/src/options.ts';
import { kafkajsClient, readAll, recordFor } from '../../../packages/kafka/src/test-support.ts';
import { isSame, outcomeOf, promised } from './broken-promise.ts';
import { deleteTopic, hold, limitMessages, withKafka } from './kafka-place.ts';

const OFFSET_COMMIT = 8;
const owner = { group: 'group', topic: 'many', partition: 3 };
const output = recordFor('one', 0);

/** What sessions promise. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'an owner commits while the next one takes over': () =>
    withKafka(async ({ kafka, proxy, slow }) => {
      const old = kafka.log.openSession(owner);
      await old.takeOver();
      await old.publish([output('first')], 1);
      const held = hold(proxy, API.initProducerId);
      const taking = slow.openSession(owner).takeOver();
      await held.reached;
      await old.publish([output('second')], 2);
      held.letThrough();
      promised('a new owner starts where the one before it was fenced', (await taking) === 2);
    }),

  'two sessions of one partition': () =>
    withKafka(async ({ kafka }) => {
      const old = kafka.log.openSession(owner);
      await old.takeOver();
      const next = (await kafka.another()).log.openSession(owner);
      await next.takeOver();
      const outcome = await outcomeOf(old.publish([output('zombie')], 1));
      await next.publish([output('next')], 1);
      promised(
        'a session that was taken over from publishes nothing',
        isSame(await readAll(kafka.log, 'one'), ['next']),
      );
      promised('a session that was taken over from is told so', outcome === 'fenced');
    }),

  'an owner from before writes after the next one, without transactions': () =>
    withKafka(
      async ({ kafka }) => {
        const old = kafka.log.openSession(owner);
        await old.takeOver();
        await old.publish([output('old')], 1);
        const next = (await kafka.another()).log.openSession(owner);
        await next.takeOver();
        await next.publish([output('new')], 2);
        await outcomeOf(old.publish([output('zombie')], 3));
        const last = (await readAll(kafka.log, 'one')).at(-1);
        promised('the last of a key is never from an owner before', last === 'new');
      },
      { delivery: 'idempotent' },
    ),

  'sessions of two partitions': () =>
    withKafka(async ({ kafka }) => {
      const mine = kafka.log.openSession(owner);
      await mine.takeOver();
      await kafka.log.openSession({ ...owner, partition: 4 }).takeOver();
      promised(
        'other partitions have owners of their own',
        (await outcomeOf(mine.publish([], 1))) === 'done',
      );
    }),

  'a commit is not answered': () => withoutAnswer({}, API.endTxn),
  'a commit without transactions is not answered': () =>
    withoutAnswer({ delivery: 'idempotent' }, OFFSET_COMMIT),

  'a transaction of somebody else is open while a partition is taken over': () =>
    withKafka(async ({ kafka: { log, prefix } }) => {
      const transactionalId = `${prefix}.another`;
      const producer = (await kafkajsClient()).producer({ transactionalId, maxInFlightRequests: 1 });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.sendOffsets({
        consumerGroupId: `${prefix}.${owner.group}`,
        topics: [
          { topic: `${prefix}.${owner.topic}`, partitions: [{ partition: owner.partition, offset: '1' }] },
        ],
      });
      const taking = log.openSession(owner).takeOver();
      await sleep(500);
      await transaction.commit();
      await producer.disconnect();
      promised('no offset is told while a transaction may change it', (await taking) === 1);
    }),

  'the broker refuses the records of a transaction': () =>
    withKafka(async ({ kafka }) => {
      await limitMessages(`${kafka.prefix}.one`, 2_000);
      const session = kafka.log.openSession(owner);
      await session.takeOver();
      const outcome = await outcomeOf(session.publish([output('x'.repeat(10_000))], 1));
      const offset = await kafka.log.openSession(owner).takeOver();
      promised('no offset is committed without its outputs', offset === undefined);
      promised('what the broker does not take is told', outcome === 'unavailable');
    }),

  'the broker refuses the offset of a transaction': () =>
    withKafka(async ({ kafka }) => {
      const session = kafka.log.openSession(owner);
      await session.takeOver();
      await deleteTopic(`${kafka.prefix}.${owner.topic}`);
      // It is asked for half a minute to take it after all.
      await Promise.race([outcomeOf(session.publish([output('a')], 1)), sleep(2_000)]);
      // What was committed may be seen a moment later; once the next owner is there, it is decided everywhere.
      await kafka.log.openSession(owner).takeOver();
      const values = await readAll(kafka.log, 'one');
      promised('no outputs are committed without their offset', values.length === 0);
    }),

  'the broker refuses records without transactions': () =>
    withKafka(
      async ({ kafka }) => {
        await limitMessages(`${kafka.prefix}.one`, 2_000);
        const session = kafka.log.openSession(owner);
        await session.takeOver();
        const outcome = await outcomeOf(session.publish([output('x'.repeat(10_000))], 1));
        const offset = await kafka.log.openSession(owner).takeOver();
        promised('no offset is committed before its outputs are there', offset === undefined);
        promised('what the broker does not take is told', outcome === 'unavailable');
      },
      { delivery: 'idempotent' },
    ),

  'a member of the group loses a partition while it publishes without transactions': () =>
    withKafka(
      async ({ kafka }) => {
        const first = await kafka.another();
        const second = await kafka.another();
        const [one, other] = [enter(first.log), enter(second.log)];
        try {
          while (one.own().length !== 6 || other.own().length !== 6) await sleep(50);
          const partition = other.own()[0] ?? -1;
          const outcome = await outcomeOf(stranger(first.log, partition));
          promised('a member publishes for no partition of another member', outcome === 'fenced');
        } finally {
          await Promise.all([one.leave(), other.leave()]);
        }
      },
      { delivery: 'idempotent' },
    ),
};

async function withoutAnswer(options: Partial<KafkaOptions>, request: number): Promise<void> {
  await withKafka(async ({ proxy, slow }) => {
    const session = slow.openSession(owner);
    await session.takeOver();
    proxy.gate = (apiKey, direction) =>
      apiKey === request && direction === 'answer' ? Promise.resolve('cut') : undefined;
    promised('a lost answer is told', (await outcomeOf(session.publish([output('a')], 1))) === 'unavailable');
    proxy.gate = undefined;
    const outcome = await outcomeOf(session.publish([output('b')], 2));
    promised('a session is dead after an answer is missing', outcome === 'fenced');
  }, options);
}

function enter(log: Log) {
  const stop = new AbortController();
  let own: readonly number[] = [];
  const onAssigned = (partitions: readonly number[]): void => {
    own = partitions;
  };
  const joined = log.join({ group: owner.group, topic: owner.topic, onAssigned }, stop.signal);
  const leave = async (): Promise<void> => {
    stop.abort();
    await joined;
  };
  return { own: () => own, leave };
}

async function stranger(log: Log, partition: number): Promise<void> {
  const session = log.openSession({ ...owner, partition });
  await session.takeOver();
  await session.publish([output('stranger')], 1);
}
