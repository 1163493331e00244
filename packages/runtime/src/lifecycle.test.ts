import { describe, expect, it } from 'vitest';
import { type Component, startInOrder } from './lifecycle.ts';

/** Components that note what happens to them; `faults` says which step of which one fails. */
function components(
  diary: string[],
  faults: Readonly<Record<string, () => Promise<void>>> = {},
): Component[] {
  return ['store', 'loop', 'server'].map((name) => ({
    name,
    start: async () => {
      await faults[`start ${name}`]?.();
      diary.push(`start ${name}`);
    },
    stop: async () => {
      diary.push(`stop ${name}`);
      await faults[`stop ${name}`]?.();
    },
  }));
}
const failing = (message: string) => async () => {
  throw new Error(message);
};

describe('starting and stopping', () => {
  it('starts in order and stops in reverse', async () => {
    const diary: string[] = [];
    const running = await startInOrder(components(diary));
    await running.stop();
    expect(diary).toEqual([
      'start store',
      'start loop',
      'start server',
      'stop server',
      'stop loop',
      'stop store',
    ]);
  });

  it('rolls a failed start back and throws its error', async () => {
    const diary: string[] = [];
    const error = new Error('port taken');
    const parts = components(diary, { 'start server': () => Promise.reject(error) });
    await expect(startInOrder(parts)).rejects.toBe(error);
    expect(diary).toEqual(['start store', 'start loop', 'stop loop', 'stop store']);
  });

  it('keeps both errors when the roll-back fails too', async () => {
    const parts = components([], { 'start loop': failing('no log'), 'stop store': failing('disk is full') });
    await expect(startInOrder(parts)).rejects.toMatchObject({
      errors: [{ message: 'no log' }, { message: 'store did not stop: disk is full' }],
    });
  });

  it('stops everything even when one part fails, and says which', async () => {
    const diary: string[] = [];
    const running = await startInOrder(components(diary, { 'stop loop': failing('still busy') }));
    await expect(running.stop()).rejects.toThrow('loop did not stop: still busy');
    expect(diary.slice(3)).toEqual(['stop server', 'stop loop', 'stop store']);
  });

  it('leaves behind what does not stop in time', async () => {
    const diary: string[] = [];
    const parts = components(diary, { 'stop server': () => new Promise(() => undefined) });
    const running = await startInOrder(parts, { stopTimeoutMs: 5 });
    await expect(running.stop()).rejects.toThrow('server did not stop: not within 5 ms');
    expect(diary.at(-1)).toBe('stop store');
  });

  it('stops once, however often it is told', async () => {
    const diary: string[] = [];
    const running = await startInOrder(components(diary));
    await Promise.all([running.stop(), running.stop()]);
    expect(diary.filter((line) => line === 'stop store')).toHaveLength(1);
  });
});
