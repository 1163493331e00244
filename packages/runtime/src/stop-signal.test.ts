import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopSignal } from './stop-signal.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

function fakeProcess() {
  const listeners = new Map<string, (signal: NodeJS.Signals) => void>();
  const exits: number[] = [];
  const source = {
    on: (signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void) =>
      listeners.set(signal, listener),
    exit: (code: number) => exits.push(code),
  };
  return { source, exits, send: (signal: NodeJS.Signals) => listeners.get(signal)?.(signal) };
}

describe('the signal to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is given by %s', async (signal) => {
    const { source, exits, send } = fakeProcess();
    const stopped = stopSignal(source);
    send(signal);
    expect(await stopped).toBe(signal);
    expect(exits).toEqual([]);
  });

  it('arrives several times for one key press, which does not cut the stopping short', () => {
    const { source, exits, send } = fakeProcess();
    void stopSignal(source);
    send('SIGINT');
    send('SIGINT');
    vi.advanceTimersByTime(900);
    send('SIGINT');
    expect(exits).toEqual([]);
  });

  it('ends the process at once when it is repeated later', () => {
    const { source, exits, send } = fakeProcess();
    void stopSignal(source);
    send('SIGINT');
    vi.advanceTimersByTime(1_500);
    send('SIGTERM');
    expect(exits).toEqual([143]);
  });
});
