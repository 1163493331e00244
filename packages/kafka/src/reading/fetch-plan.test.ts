import { describe, expect, it } from 'vitest';
import { planFetches, targetsOf } from './fetch-plan.ts';
import { PartitionStream } from './partition-stream.ts';

function stream(topic: string, partition: number, offset: number): PartitionStream {
  return Object.assign(new PartitionStream(topic, partition, offset), { isLively: false });
}
const plenty = { leaderOf: () => 1, freeLanes: () => 16 };
const shown = (lots: ReturnType<typeof planFetches>) =>
  lots.map(({ nodeId, streams }) => [
    nodeId,
    streams.map((each) => `${each.topic}/${each.partition}@${each.fetchOffset}`),
  ]);

describe('what is fetched in one request', () => {
  it('is what one broker leads', () => {
    const streams = [stream('a', 0, 0), stream('a', 1, 0), stream('a', 2, 0), stream('b', 0, 0)];
    const leaders = new Map([
      [0, 7],
      [1, 8],
    ]);
    const lots = planFetches(streams, { ...plenty, leaderOf: ({ partition }) => leaders.get(partition) });
    expect(shown(lots)).toEqual([
      [7, ['a/0@0', 'b/0@0']],
      [8, ['a/1@0']],
    ]);
  });

  it('is lively or quiet, unless connections are short', () => {
    const streams = [
      Object.assign(stream('a', 0, 5), { isLively: true }),
      stream('a', 1, 0),
      stream('a', 2, 0),
    ];
    expect(shown(planFetches(streams, plenty))).toEqual([
      [1, ['a/0@5']],
      [1, ['a/1@0', 'a/2@0']],
    ]);
    const short = planFetches(streams, { ...plenty, freeLanes: () => 1 });
    expect(shown(short)).toEqual([[1, ['a/0@5', 'a/1@0', 'a/2@0']]]);
  });

  it('names no partition twice: readers at one place share, others go apart', () => {
    const streams = [stream('a', 0, 9), stream('a', 0, 3), stream('a', 0, 9)];
    const lots = planFetches(streams, plenty);
    expect(shown(lots)).toEqual([
      [1, ['a/0@9', 'a/0@9']],
      [1, ['a/0@3']],
    ]);
    expect(targetsOf(lots[0]?.streams ?? [], 0)).toHaveLength(1);
  });

  it('begins with another partition each time', () => {
    const streams = [0, 1, 2].map((partition) => stream('a', partition, 0));
    const first = [0, 1, 2, 3].map((turn) => targetsOf(streams, turn)[0]?.partition);
    expect(first).toEqual([0, 1, 2, 0]);
  });
});
