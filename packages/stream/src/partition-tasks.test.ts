import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it, vi } from 'vitest';
import { createRunner, type GroupMember, StreamError, untilAborted } from './index.ts';
import { PartitionTasks } from './partition-tasks.ts';
import { bank, changedLog, clock, deposit } from './testing/bank.fixture.ts';

/** Tasks that can be looked at: which partitions are worked on, which are still finishing. */
function watched() {
  const active = new Set<number>();
  const finish = new Map<number, () => void>();
  const begun: number[] = [];
  const tasks = new PartitionTasks(async (partition, signal) => {
    begun.push(partition);
    expect(active.has(partition)).toBe(false);
    active.add(partition);
    await untilAborted(signal);
    await new Promise<void>((resolve) => finish.set(partition, resolve));
    active.delete(partition);
  });
  return { tasks, active, begun, finish };
}

describe('the tasks of a process', () => {
  it('follow what is assigned: what stays goes on, what comes back waits for its end', async () => {
    const { tasks, active, begun, finish } = watched();
    const stop = new AbortController();
    const ended = tasks.until(stop.signal, untilAborted);
    tasks.assign([0, 1]);
    await vi.waitFor(() => expect([...active]).toEqual([0, 1]));
    tasks.assign([1, 2]);
    await vi.waitFor(() => expect([...active]).toEqual([0, 1, 2]));
    tasks.assign([0, 1, 2]);
    await vi.waitFor(() => expect(finish.has(0)).toBe(true));
    finish.get(0)?.();
    finish.delete(0);
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 2, 0]));
    stop.abort();
    await vi.waitFor(() => expect(finish.size).toBe(3));
    for (const done of finish.values()) done();
    await ended;
    expect(active.size).toBe(0);
  });

  it('are finished before the member leaves its group', async () => {
    const { tasks, active, finish } = watched();
    const stop = new AbortController();
    let activeWhenLeaving = -1;
    const ended = tasks.until(stop.signal, async (left) => {
      tasks.assign([0]);
      await untilAborted(left);
      activeWhenLeaving = active.size;
    });
    await vi.waitFor(() => expect(active.size).toBe(1));
    stop.abort();
    await vi.waitFor(() => expect(finish.size).toBe(1));
    finish.get(0)?.();
    await ended;
    expect(activeWhenLeaving).toBe(0);
  });
});

describe('a runner', () => {
  const log = async (): Promise<MemoryLog> => {
    const filled = new MemoryLog(2);
    const records = [0, 1].map((partition) => ({ partition, value: deposit(1, 1, `key-${partition}`) }));
    await filled.append(records.map((record) => ({ ...record, topic: 'in', key: 'a' })));
    return filled;
  };

  it('works on what is assigned to it, and on nothing else', async () => {
    const filled = await log();
    const assigned = changedLog(filled, {
      join: async (member: GroupMember, signal) => {
        member.onAssigned([1]);
        await untilAborted(signal);
      },
    });
    const stop = new AbortController();
    const partitions: number[] = [];
    const runner = createRunner({
      topology: bank,
      log: assigned,
      store: new MemoryStore(),
      clock: { ...clock, rest: () => new Promise((resolve) => setImmediate(resolve)) },
      onCommitted: ({ partition }) => {
        partitions.push(partition);
        stop.abort();
      },
    });
    await runner.run(stop.signal);
    expect(partitions).toEqual([1]);
    expect(runner.assigned()).toEqual([1]);
    expect(await runner.lag()).toBe(0);
  });

  it('keeps the other partitions going when one stops, and tries that one again', async () => {
    const filled = await log();
    const stop = new AbortController();
    const stopped: number[] = [];
    const recovered: number[] = [];
    let done = 0;
    const runner = createRunner({
      topology: {
        ...bank,
        step: (input) => {
          if (input.record.partition === 0 && stopped.length < 3) throw new Error('a fault of ours');
          return bank.step(input);
        },
      },
      log: filled,
      store: new MemoryStore(),
      clock: { ...clock, rest: () => new Promise((resolve) => setImmediate(resolve)) },
      onStopped: (_, partition) => stopped.push(partition),
      onRecovered: (partition) => recovered.push(partition),
      onCommitted: () => {
        done += 1;
        if (done === 2) stop.abort();
      },
    });
    await runner.run(stop.signal);
    expect(stopped).toEqual([0, 0, 0]);
    expect(recovered).toEqual([0]);
  });

  it('tells that a partition works again where there is nothing to read', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    let failures = 0;
    const quiet = changedLog(await log(), {
      read: async () => {
        failures += 1;
        if (failures <= 2) throw new StreamError('unavailable', 'away');
        return [];
      },
    });
    const runner = createRunner({
      topology: bank,
      log: quiet,
      store: new MemoryStore(),
      clock: { ...clock, rest: () => new Promise((resolve) => setImmediate(resolve)) },
      onRetry: (_error, _attempt, partition) => told.push(`retry ${partition}`),
      onRecovered: (partition) => {
        told.push(`recovered ${partition}`);
        if (told.filter((line) => line.startsWith('recovered')).length === 2) stop.abort();
      },
    });
    await runner.run(stop.signal);
    expect(told.toSorted()).toEqual(['recovered 0', 'recovered 1', 'retry 0', 'retry 1']);
  });

  it('ends with the error where nobody is told of partitions that stop', async () => {
    const broken = changedLog(await log(), {
      endOffset: async () => 0,
      read: async () => {
        throw new StreamError('log-mismatch', 'gone');
      },
    });
    const runner = createRunner({ topology: bank, log: broken, store: new MemoryStore(), clock });
    await expect(runner.run(new AbortController().signal)).rejects.toThrow('gone');
  });
});
