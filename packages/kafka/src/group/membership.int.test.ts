import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Kafka } from '../open-kafka.ts';
import { openTestKafka, type TestKafka } from '../test-support.ts';

const FAST = { sessionTimeoutMs: 6_000, heartbeatMs: 200 };
const ALL = Array.from({ length: 12 }, (_, partition) => partition);

/** A process that takes part in the group. */
interface Member {
  readonly own: () => readonly number[];
  readonly told: readonly (readonly number[])[];
  readonly kafka: Kafka;
  leave(): Promise<void>;
}

describe.skipIf(testServers.missing !== undefined)('the members of a group', () => {
  let test: TestKafka;
  const members: Member[] = [];
  beforeEach(async () => {
    test = await openTestKafka();
  });
  afterEach(async () => {
    for (const member of members.splice(0)) await member.leave();
    await test.close();
  });

  async function enter(): Promise<Member> {
    const kafka = await test.another({ membership: FAST });
    const stop = new AbortController();
    const told: (readonly number[])[] = [];
    const onAssigned = (partitions: readonly number[]) => told.push(partitions);
    const joined = kafka.log
      .join({ group: 'group', topic: 'many', onAssigned }, stop.signal)
      .catch(() => undefined);
    const leave = async (): Promise<void> => {
      stop.abort();
      await joined;
    };
    const member = { own: () => told.at(-1) ?? [], told, kafka, leave };
    members.push(member);
    return member;
  }
  /** Until the partitions are shared evenly among these members. */
  async function settle(...those: readonly Member[]): Promise<void> {
    const look = () => {
      const sizes = those.map((member) => (member.told.length === 0 ? -1 : member.own().length));
      const all = those.flatMap((member) => member.own()).toSorted((one, other) => one - other);
      return { isEven: Math.max(...sizes) - Math.min(...sizes) <= 1, all };
    };
    await expect.poll(look, { timeout: 25_000, interval: 50 }).toEqual({ isEven: true, all: ALL });
  }

  it('share the partitions, keep what they have when others come, and take over when others leave', async () => {
    const first = await enter();
    await settle(first);
    const second = await enter();
    await settle(first, second);
    expect(first.own()).toEqual(ALL.slice(0, 6));
    const third = await enter();
    await settle(first, second, third);
    for (const member of [first, second, third]) expect(member.own()).toHaveLength(4);
    expect(ALL.slice(0, 6)).toEqual(expect.arrayContaining([...first.own()]));
    const kept = first.own();
    const leftAtMs = performance.now();
    await second.leave();
    await settle(first, third);
    expect(performance.now() - leftAtMs).toBeLessThan(5_000);
    expect(first.own()).toEqual(expect.arrayContaining([...kept]));
  });

  it('are told only of changes', async () => {
    const first = await enter();
    await settle(first);
    const others = [];
    for (let i = 0; i < 12; i += 1) others.push(await enter());
    await settle(first, ...others);
    const idle = others.filter((member) => member.own().length === 0);
    expect(idle).toHaveLength(1);
    expect(idle[0]?.told).toEqual([[]]);
    const seen = first.told.map(String);
    expect(seen.every((own, index) => index === 0 || own !== seen[index - 1])).toBe(true);
  });

  it('that fell silent lose their partitions after the session timeout', async () => {
    const first = await enter();
    const silent = await enter();
    await settle(first, silent);
    const closedAtMs = performance.now();
    await silent.kafka.close();
    await settle(first);
    expect(performance.now() - closedAtMs).toBeGreaterThan(FAST.sessionTimeoutMs / 2);
  });

  it('keep their partitions while the process is busy for less than the session timeout', async () => {
    const first = await enter();
    const second = await enter();
    await settle(first, second);
    const before = [first.told.length, second.told.length];
    const untilMs = performance.now() + 4_000;
    while (performance.now() < untilMs) Math.sqrt(untilMs);
    await expect
      .poll(() => [first.told.length, second.told.length], { timeout: 1_000, interval: 100 })
      .toEqual(before);
    const third = await enter();
    await settle(first, second, third);
  });
});
