import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; ends early when the signal fires. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** How something is tried again. */
export interface Patience {
  /** Tried again for as long as this. */
  readonly forMs: number;
  readonly isWorthwhile: (error: unknown) => boolean;
  /** Between the first two tries; half as much more after each, up to 200 ms. */
  readonly firstPauseMs?: number;
  /** Done before the next try, after the pause. */
  readonly onFailure?: (error: unknown) => Promise<void>;
}

const LONGEST_PAUSE_MS = 200;

/** Tries until it succeeds, fails in a way that trying again cannot mend, or the patience is at its end. */
export async function patiently<Result>(
  attempt: () => Promise<Result>,
  { forMs, isWorthwhile, firstPauseMs = 5, onFailure }: Patience,
): Promise<Result> {
  const deadlineMs = performance.now() + forMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthwhile(error) || performance.now() + pauseMs > deadlineMs) throw error;
      await pause(pauseMs);
      await onFailure?.(error);
    }
  }
}
