import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/** Asks again and again until the answer is true; false when time is over. */
export async function waitUntil(
  question: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await question())) {
    if (performance.now() >= end) return false;
    await sleep(INTERVAL_MS);
  }
  return true;
}
