import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import type { PreparedRecord } from './prepared-records.ts';

const record = (key: string) => ({ key }) as PreparedRecord;

describe('group commit', () => {
  it('writes what is appended in one turn of the event loop at once, in order', async () => {
    const writes: string[][] = [];
    const group = new GroupCommit((records) => writes.push(records.map(({ key }) => key)));
    await Promise.all([
      group.add([record('a')]),
      group.add([record('b'), record('c')]),
      group.add([record('d')]),
    ]);
    await group.add([record('e')]);
    expect(writes).toEqual([['a', 'b', 'c', 'd'], ['e']]);
  });

  it('tells every caller when the write fails, and goes on with the next', async () => {
    let full = true;
    const group = new GroupCommit(() => {
      if (full) throw new Error('disk full');
    });
    const outcomes = await Promise.allSettled([group.add([record('a')]), group.add([record('b')])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    full = false;
    await expect(group.add([record('c')])).resolves.toBeUndefined();
  });

  it('writes at once when told to, and not again', async () => {
    let writes = 0;
    const group = new GroupCommit(() => {
      writes += 1;
    });
    const adding = group.add([record('a')]);
    group.flush();
    expect(writes).toBe(1);
    await adding;
    await setImmediate();
    expect(writes).toBe(1);
  });
});
