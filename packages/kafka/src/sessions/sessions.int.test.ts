import { setTimeout as sleep } from 'node:timers/promises';
import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API, type KafkaProxy, startKafkaProxy } from '../kafka-proxy.fixture.ts';
import { brokers, openTestKafka, readAll, recordFor, type TestKafka } from '../test-support.ts';

const output = recordFor('one', 0);
const owner = { group: 'group', topic: 'many', partition: 3 };

describe.skipIf(testServers.missing !== undefined)('sessions', () => {
  let kafka: TestKafka;
  let proxy: KafkaProxy;
  beforeEach(async () => {
    kafka = await openTestKafka();
    proxy = await startKafkaProxy(brokers()[0] ?? '');
  });
  afterEach(async () => {
    await proxy.close();
    await kafka.close();
  });

  it('of a process that was stopped and goes on are fenced, with all that they had under way', async () => {
    const { log: other } = await kafka.another();
    const zombie = other.openSession(owner);
    expect(await zombie.takeOver()).toBeUndefined();
    await zombie.publish([output('a')], 1);
    const next = kafka.log.openSession(owner);
    expect(await next.takeOver()).toBe(1);
    await expect(zombie.publish([output('zombie')], 2)).rejects.toMatchObject({ code: 'fenced' });
    await next.publish([output('b')], 2);
    expect(await readAll(kafka.log, 'one')).toEqual(['a', 'b']);
  });

  it('whose commit arrives after the next owner took over commit nothing (T11)', async () => {
    const ROUNDS = 20;
    const { log: slow } = await kafka.another({ brokers: [proxy.address] });
    for (let round = 0; round < ROUNDS; round += 1) {
      const late = slow.openSession(owner);
      expect((await late.takeOver()) ?? 0).toBe(round);
      let letThrough = (): void => undefined;
      const held = new Promise<'pass'>((resolve) => {
        letThrough = () => resolve('pass');
      });
      const reached = new Promise<void>((resolve) => {
        proxy.gate = (apiKey, direction) => {
          if (apiKey !== API.endTxn || direction !== 'request') return undefined;
          resolve();
          return held;
        };
      });
      const publishing = late.publish([output(`late ${round}`)], 1_000).catch((error: unknown) => error);
      await reached;
      const next = kafka.log.openSession(owner);
      expect((await next.takeOver()) ?? 0).toBe(round);
      letThrough();
      expect(await publishing).toMatchObject({ code: 'fenced' });
      await next.publish([output(round)], round + 1);
      await expect(late.publish([output('dead')], 1_001)).rejects.toMatchObject({ code: 'fenced' });
      await next.close();
      proxy.gate = undefined;
    }
    expect(await readAll(kafka.log, 'one')).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
  });

  it('whose commit was not answered are dead; the next take-over says what became of it (T11)', async () => {
    const ROUNDS = 20;
    const { log } = await kafka.another({ brokers: [proxy.address] });
    for (let round = 0; round < ROUNDS; round += 1) {
      const session = log.openSession(owner);
      expect((await session.takeOver()) ?? 0).toBe(round);
      const direction = round % 2 === 0 ? 'answer' : 'request';
      proxy.gate = (apiKey, going) =>
        apiKey === API.endTxn && going === direction ? Promise.resolve('cut' as const) : undefined;
      await expect(session.publish([output(round)], round + 1)).rejects.toMatchObject({
        code: 'unavailable',
      });
      proxy.gate = undefined;
      await expect(session.publish([output('dead')], 1_000)).rejects.toMatchObject({ code: 'fenced' });
      if (direction === 'answer') continue;
      const again = log.openSession(owner);
      expect((await again.takeOver()) ?? 0).toBe(round);
      await again.publish([output(round)], round + 1);
    }
    expect(await readAll(kafka.log, 'one')).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
  });

  it('publish more than fits one batch, in order, all or nothing', async () => {
    const text = 'x'.repeat(1_000);
    const outputs = Array.from({ length: 5_000 }, (_, index) => output(`${index} ${text}`));
    const session = kafka.log.openSession(owner);
    await session.takeOver();
    await session.publish(outputs, 1);
    expect(await readAll(kafka.log, 'one')).toEqual(outputs.map(({ value }) => value));
  });

  it('show nothing of a transaction before it is committed', async () => {
    const { log: slow } = await kafka.another({ brokers: [proxy.address] });
    const session = slow.openSession(owner);
    await session.takeOver();
    let letThrough = (): void => undefined;
    const held = new Promise<'pass'>((resolve) => {
      letThrough = () => resolve('pass');
    });
    proxy.gate = (apiKey, going) => (apiKey === API.endTxn && going === 'request' ? held : undefined);
    const publishing = session.publish([output('a')], 1);
    await sleep(300);
    expect(await readAll(kafka.log, 'one')).toEqual([]);
    letThrough();
    await publishing;
    expect(await readAll(kafka.log, 'one')).toEqual(['a']);
  });
});

describe.skipIf(testServers.missing !== undefined)('sessions without transactions', () => {
  let kafka: TestKafka;
  beforeEach(async () => {
    kafka = await openTestKafka({ delivery: 'idempotent' });
  });
  afterEach(() => kafka.close());
  const session = () => kafka.log.openSession(owner);

  it('start without an offset and go on where the last commit was', async () => {
    const first = session();
    expect(await first.takeOver()).toBeUndefined();
    await first.publish([output('a'), output('b')], 7);
    await first.publish([], 9);
    expect(await session().takeOver()).toBe(9);
    expect(await readAll(kafka.log, 'one')).toEqual(['a', 'b']);
  });

  it('append nothing when an output is refused, and are dead after any error', async () => {
    const refused = session();
    await refused.takeOver();
    await expect(refused.publish([output('lost'), output(undefined)], 5)).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(refused.publish([output('lost')], 5)).rejects.toMatchObject({ code: 'fenced' });
    await expect(session().publish([output('early')], 1)).rejects.toMatchObject({ code: 'fenced' });
    expect(await session().takeOver()).toBeUndefined();
    expect(await readAll(kafka.log, 'one')).toEqual([]);
  });

  it('commit as a member of the group, and are fenced when the group has given their partition away', async () => {
    const stop = new AbortController();
    let own: readonly number[] | undefined;
    const onAssigned = (partitions: readonly number[]) => {
      own = partitions;
    };
    const joined = kafka.log.join({ group: owner.group, topic: owner.topic, onAssigned }, stop.signal);
    await expect.poll(() => own?.length, { timeout: 10_000 }).toBe(12);
    const mine = session();
    await mine.takeOver();
    await mine.publish([output('member')], 4);
    const stranger = (await kafka.another()).log.openSession(owner);
    expect(await stranger.takeOver()).toBe(4);
    await expect(stranger.publish([output('stranger')], 5)).rejects.toMatchObject({ code: 'fenced' });
    // What comes later has the newer number, so the member has to take over again.
    await expect(mine.publish([output('from before')], 6)).rejects.toMatchObject({ code: 'fenced' });
    expect(await mine.takeOver()).toBe(4);
    await mine.publish([output('member still')], 6);
    stop.abort();
    await joined;
    expect(await session().takeOver()).toBe(6);
    // What a session without transactions appended before it was fenced stays.
    expect(await readAll(kafka.log, 'one')).toEqual(['member', 'stranger', 'member still']);
  });
});
