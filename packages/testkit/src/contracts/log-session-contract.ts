import type { OutputSession } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogUnderTest, type OpenLog, readValues } from './log-harness.ts';

const FENCED = { code: 'fenced', retriable: true };

/** Sessions: outputs and offset together, and one owner at a time. */
export function describeSessions(open: OpenLog): void {
  describe('sessions', () => {
    let under: LogUnderTest;
    let session: () => OutputSession;
    /** The values in the output topic once a mark has been put behind them. */
    let published: () => Promise<unknown[]>;
    beforeEach(async () => {
      under = await open();
      const { log, topics, group } = under;
      session = () => log.openSession({ group, topic: topics.keyed, partition: 0 });
      published = async () => {
        await log.append([{ topic: topics.single, key: 'k', value: 'mark' }]);
        const from = { topic: topics.single, partition: 0 };
        for (let count = 1; ; count += 1) {
          const values = await readValues(log, from, count);
          if (values.at(-1) === 'mark') return values.slice(0, -1);
        }
      };
    });
    afterEach(() => under.close());
    const output = (value: unknown) => ({ topic: under.topics.single, key: 'k', value });

    it('start at offset 0 and go on where the last commit was', async () => {
      const first = session();
      expect((await first.takeOver()) ?? 0).toBe(0);
      await first.publish([output('a'), output('b')], 7);
      await first.publish([], 9);
      await first.publish([output('c')], 12);
      expect(await session().takeOver()).toBe(12);
      expect(await published()).toEqual(['a', 'b', 'c']);
    });

    it('publish to several topics and partitions at once', async () => {
      const { log, topics } = under;
      const owner = session();
      await owner.takeOver();
      await owner.publish(
        [0, 1]
          .map((partition) => ({ topic: topics.other, key: 'k', partition, value: partition }))
          .concat([{ topic: topics.keyed, key: 'k', partition: 1, value: 2 }]),
        1,
      );
      expect(await readValues(log, { topic: topics.other, partition: 0 }, 1)).toEqual([0]);
      expect(await readValues(log, { topic: topics.other, partition: 1 }, 1)).toEqual([1]);
      expect(await readValues(log, { topic: topics.keyed, partition: 1 }, 1)).toEqual([2]);
    });

    it('append nothing and commit nothing when one output is refused, and are dead after it', async () => {
      const owner = session();
      await owner.takeOver();
      await owner.publish([output('kept')], 3);
      await expect(owner.publish([output('lost'), output(undefined)], 5)).rejects.toMatchObject({
        code: 'refused',
      });
      await expect(owner.publish([output('lost')], 5)).rejects.toMatchObject(FENCED);
      expect(await session().takeOver()).toBe(3);
      expect(await published()).toEqual(['kept']);
    });

    it('are fenced by the next take-over: what an old one publishes is refused and leaves no trace', async () => {
      const old = session();
      await old.takeOver();
      await old.publish([output('old')], 1);
      const next = session();
      expect(await next.takeOver()).toBe(1);
      await expect(old.publish([output('zombie')], 2)).rejects.toMatchObject(FENCED);
      await next.publish([output('next')], 3);
      await expect(old.publish([], 9)).rejects.toMatchObject(FENCED);
      expect(await session().takeOver()).toBe(3);
      expect(await published()).toEqual(['old', 'next']);
    });

    it('may not publish before they took over, nor after their successor did although it is gone', async () => {
      await expect(session().publish([output('early')], 1)).rejects.toMatchObject(FENCED);
      const old = session();
      await old.takeOver();
      await session().takeOver();
      await expect(old.publish([output('late')], 1)).rejects.toMatchObject(FENCED);
      expect((await old.takeOver()) ?? 0).toBe(0);
      await old.publish([output('again owner')], 1);
      expect(await published()).toEqual(['again owner']);
    });

    it('of other groups, topics and partitions are left alone', async () => {
      const { log, topics, group } = under;
      const mine = session();
      await mine.takeOver();
      const others = [
        log.openSession({ group: `${group}-other`, topic: topics.keyed, partition: 0 }),
        log.openSession({ group, topic: topics.keyed, partition: 1 }),
        log.openSession({ group, topic: topics.other, partition: 0 }),
      ];
      for (const other of others) expect((await other.takeOver()) ?? 0).toBe(0);
      await mine.publish([output('mine')], 4);
      for (const other of others) await other.publish([], 8);
      expect(await session().takeOver()).toBe(4);
      expect(await published()).toEqual(['mine']);
    });
  });
  describeTakeOverRaces(open);
}

function describeTakeOverRaces(open: OpenLog): void {
  it('a take-over that races with a publish reads the offset after fencing: all of it or none', async () => {
    const { log, topics, group, close } = await open();
    const owner = { group, topic: topics.keyed, partition: 0 };
    const acknowledged: number[] = [];
    let old = log.openSession(owner);
    let committed = (await old.takeOver()) ?? 0;
    for (let round = 1; round <= 30; round += 1) {
      const next = log.openSession(owner);
      const publishing = old
        .publish([{ topic: topics.single, key: 'k', value: round }], round)
        .then(() => acknowledged.push(round))
        .catch((error: unknown) => expect(error).toMatchObject(FENCED));
      const takingOver = round % 2 === 0 ? next.takeOver() : publishing.then(() => next.takeOver());
      const [offset] = await Promise.all([takingOver, publishing]);
      // What was acknowledged is in the offset that the next owner starts from; nothing else is.
      committed = acknowledged.at(-1) ?? committed;
      expect(offset ?? 0).toBe(committed);
      old = next;
    }
    const values = await readValues(log, { topic: topics.single, partition: 0 }, acknowledged.length);
    expect(acknowledged.length).toBeGreaterThanOrEqual(15);
    expect(values).toEqual(acknowledged);
    await close();
  });
}
