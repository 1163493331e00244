import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal sends SIGINT to the whole process group and npm forwards it once more, so one key press arrives two or
 * three times. What comes this soon after the first signal is the same one.
 */
const SAME_SIGNAL_MS = 1_000;

/** The part of `process` that `stopSignal` needs. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  exit(code: number): unknown;
}

/**
 * Resolves with the first SIGINT, SIGTERM or SIGHUP, the time to stop in good order. A later second one ends the
 * process at once with 128 and its number.
 */
export function stopSignal(source: SignalSource = process): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let firstAtMs: number | undefined;
  for (const signal of SIGNALS) {
    source.on(signal, () => {
      const nowMs = performance.now();
      firstAtMs ??= nowMs;
      resolve(signal);
      if (nowMs - firstAtMs > SAME_SIGNAL_MS) source.exit(128 + constants.signals[signal]);
    });
  }
  return promise;
}
