import { createRunner, type ReadModels, type Topology } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { Followers } from './follow-others.ts';

const counting: Topology<number, { count: number }, null, 'none'> = {
  name: 'counting',
  input: 'in',
  outputs: { none: 'none' },
  collection: 'counts',
  keyOf: ({ key }) => key,
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step: ({ state }) => ({ kind: 'ok', state: { count: (state?.count ?? 0) + 1 }, outputs: [] }),
  indexOf: () => ({}),
};
const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

function scene() {
  const log = new MemoryLog(2);
  const store = new MemoryStore();
  const readModels: Pick<ReadModels, 'get'> = {
    get: async <State>(collection: string, id: string) =>
      (await store.load(collection, [id])).get(id)?.state as State | undefined,
  };
  let own: readonly number[] = [];
  const told: unknown[] = [];
  const followers = new Followers({
    topologies: [{ input: 'in', collection: 'counts', assigned: () => own }],
    log,
    readModels,
    onBatch: ({ partition, records }) => told.push(...records.map(({ value }) => `${partition}:${value}`)),
  });
  const append = (partition: number, ...values: number[]) =>
    log.append(values.map((value) => ({ topic: 'in', key: `k${partition}`, partition, value })));
  const somebodyWorks = () => createRunner({ topology: counting, log, store, clock }).turn();
  return {
    followers,
    told,
    append,
    somebodyWorks,
    takeOver: (partitions: readonly number[]) => {
      own = partitions;
    },
  };
}

describe('a process that serves the board', () => {
  it('is told once of what others have put into the read models, and not before it is there', async () => {
    const { followers, told, append, somebodyWorks } = scene();
    await append(0, 1, 2);
    await somebodyWorks();
    await followers.look();
    await append(0, 3);
    await append(1, 4);
    await followers.look();
    expect(told).toEqual([]);
    await somebodyWorks();
    await followers.look();
    await followers.look();
    // Partition 1 is new: its first record was already in the read models when it was first seen there.
    expect(told).toEqual(['0:3']);
    await append(1, 5, 6);
    await somebodyWorks();
    await followers.look();
    expect(told).toEqual(['0:3', '1:5', '1:6']);
  });

  it('leaves partitions alone that it works on itself', async () => {
    const { followers, told, append, somebodyWorks, takeOver } = scene();
    await append(0, 1);
    await somebodyWorks();
    await followers.look();
    takeOver([0]);
    await append(0, 2);
    await somebodyWorks();
    await followers.look();
    expect(told).toEqual([]);
  });
});
