import type { Progress } from '../progress.ts';

const POLL_MS = 100;

/**
 * Resolves when every service has processed everything that stands in the log. `processed` counts records that went
 * through, so that progress can be told while the work in front is not known yet.
 */
export async function waitUntilDrained(parts: {
  readonly lag: () => Promise<number>;
  readonly processed: () => number;
  readonly signal: AbortSignal;
  readonly progress?: Progress;
}): Promise<void> {
  const before = parts.processed();
  for (let quiet = 0; quiet < 2 && !parts.signal.aborted; ) {
    const lag = await parts.lag();
    const done = parts.processed() - before;
    parts.progress?.update(done, done + lag);
    quiet = lag === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const ROOM_RECORDS = 4_000;
const ROOM_POLL_MS = 50;

/** Resolves when the services are nearly up to date: what is appended next waits well under a second. */
export async function waitForRoom(lag: () => Promise<number>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await lag()) > ROOM_RECORDS) {
    await new Promise((resolve) => setTimeout(resolve, ROOM_POLL_MS));
  }
}
