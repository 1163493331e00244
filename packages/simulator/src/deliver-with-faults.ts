import type { ScheduledEvent } from './event.ts';
import { Random } from './random.ts';
import { TimeQueue } from './time-queue.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DISORDER_MS = 10 * MINUTE_MS;
const LATE_HOURS = [1, 36] as const;

/** How delivery goes wrong; each is a share of the events, 0..1. */
export interface Faults {
  /** Delivered a second time, up to an hour later, with the same id. */
  readonly duplicateShare: number;
  /** Delivered up to ten minutes after its time, so behind later events. */
  readonly outOfOrderShare: number;
  /** Delivered 1 to 36 hours after its time. */
  readonly lateShare: number;
}

/** What queues and networks do on an ordinary day. */
export const USUAL_FAULTS: Faults = { duplicateShare: 0.02, outOfOrderShare: 0.03, lateShare: 0.002 };

/** The same events in the order in which they arrive; takes events in order of time. */
export function* deliverWithFaults(
  events: Iterable<ScheduledEvent>,
  faults: Faults,
  seed: number,
): Generator<ScheduledEvent> {
  const random = new Random(`${seed}/faults`);
  const underway = new TimeQueue<ScheduledEvent>();
  for (const event of events) {
    yield* arrivals(underway, event.atMs - 1);
    const arrivesMs = event.atMs + delayMs(random, faults);
    underway.push(arrivesMs, event);
    if (random.chance(faults.duplicateShare)) underway.push(arrivesMs + random.between(0, HOUR_MS), event);
  }
  yield* arrivals(underway, Number.POSITIVE_INFINITY);
}

function delayMs(random: Random, faults: Faults): number {
  const draw = random.next();
  if (draw < faults.lateShare) return random.between(...LATE_HOURS) * HOUR_MS;
  return draw < faults.lateShare + faults.outOfOrderShare ? random.between(0, DISORDER_MS) : 0;
}

/** Everything that has arrived by `untilMs`, in order of arrival. */
export function* arrivals<T>(queue: TimeQueue<T>, untilMs: number): Generator<T> {
  for (let item = queue.takeUntil(untilMs); item !== undefined; item = queue.takeUntil(untilMs)) yield item;
}
