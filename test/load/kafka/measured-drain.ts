import { setTimeout as sleep } from 'node:timers/promises';
import { createProgress } from '../../../services/cli/src/progress.ts';
import type { Outcome } from '../outcome.ts';
import { type Accounts, countOf, expectAccounted } from './accounts.ts';
import { type ByProcess, cpuBetween, cpuOf } from './cpu-of-processes.ts';
import type { Installation } from './installation.ts';

const POLL_MS = 100;
/** Without progress for so long it has stopped. */
const STUCK_MS = 60_000;
export const PUBLIC_WITHIN_MS = 60_000;

/** What it took to work off events that stood in the log. */
export interface Drained {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerS: number;
  /** Microseconds of processor time an event. */
  readonly cpuUsPerEvent: ByProcess;
  readonly outcome: Outcome;
}

export interface DrainParts {
  readonly title: string;
  readonly installation: Installation;
  readonly accounts: Accounts;
  /** Puts the events where they are worked off from; the number of events. */
  readonly fill: () => Promise<number>;
}

/**
 * Fills the log while all processes stand still, then lets them go on and measures until everything is processed and
 * everything that came of it is public. The processes have worked before: neither their start nor their first steps
 * are measured.
 */
export async function measureDrain({ title, installation, accounts, fill }: DrainParts): Promise<Drained> {
  const before = await accounts();
  let events = 0;
  let startMs = 0;
  let cpuBefore: ByProcess = {};
  await installation.whilePaused(async () => {
    events = await fill();
    cpuBefore = cpuOf(installation);
    startMs = performance.now();
  });
  await untilCounted({ title, accounts, from: countOf(before), events });
  const endMs = await installation.published.untilAll(PUBLIC_WITHIN_MS);
  const cpuUsPerEvent = cpuBetween(cpuBefore, cpuOf(installation), events / 1_000);
  const outcome = expectAccounted(before, await accounts(), events);
  const seconds = (endMs - startMs) / 1_000;
  return { events, seconds, eventsPerS: events / seconds, cpuUsPerEvent, outcome };
}

/** @throws Error when the counts do not reach the events: one was lost */
async function untilCounted(parts: {
  readonly title: string;
  readonly accounts: Accounts;
  readonly from: number;
  readonly events: number;
}): Promise<void> {
  const { title, accounts, from, events } = parts;
  const progress = createProgress(title);
  let counted = 0;
  let progressMs = performance.now();
  for (;;) {
    const now = countOf(await accounts()) - from;
    if (now > counted) progressMs = performance.now();
    counted = now;
    progress.update(counted, events);
    if (counted >= events) break;
    if (performance.now() - progressMs > STUCK_MS) {
      throw new Error(`${title}: only ${counted} of ${events} published events came out.`);
    }
    await sleep(POLL_MS);
  }
  progress.finish(`${title}: ${events} events came out.`);
}
