import { DAY_MS, formatDay } from '@bellwether/events';
import { createChance } from './chance.ts';
import { createShop, type Happening } from './happenings.ts';

/** One CloudEvent of the workload and when it is received, epoch ms. */
export interface WorkloadEvent {
  readonly receivedAt: number;
  readonly event: Readonly<Record<string, unknown>>;
}

export interface WorkloadOptions {
  readonly seed: number;
  readonly customers: number;
  /** First instant of the day that ends the history, epoch ms. */
  readonly todayMs: number;
}

/** The same options give the same events, whenever and wherever. docs/performance.md says what they stand for. */
export interface Workload {
  /** One event of each family, today: from now on the tenant has five fresh feeds. */
  pilot(): Iterable<WorkloadEvent>;
  /** The life of the customers up to today: an agreement each, then `count` events of the mix over 120 days. */
  history(count: number): Iterable<WorkloadEvent>;
  /** `count` events of the mix, duplicates among them, on the day that begins `daysAhead` days after today. */
  day(daysAhead: number, count: number): Iterable<WorkloadEvent>;
}

export const HISTORY_DAYS = 120;
const DUPLICATE_SHARE = 0.02;
/** A duplicate comes at most this many events after its original. */
const DUPLICATE_DISTANCE = 50;
const BACKDATED_SHARE = 0.03;
const BACKDATED_MS = 600_000;

/** Customers by Zipf's law with s = 1, families by share: the mix of docs/performance.md. */
export function createWorkload(options: WorkloadOptions): Workload {
  const { seed, customers, todayMs } = options;
  const chance = createChance(seed);
  const customerOf = zipf(customers);
  const shop = createShop(chance);
  /** Events to be told again, by their place among all. */
  const waiting = new Map<number, WorkloadEvent>();
  let told = 0;
  let number = 0;

  const eventAt = (customer: number, happening: Happening, timeMs: number): WorkloadEvent => {
    number += 1;
    const late = chance() < BACKDATED_SHARE ? chance() * BACKDATED_MS : 0;
    const event = {
      specversion: '1.0',
      id: `e${number.toString(16).padStart(12, '0')}`,
      source: '/bench/crm',
      type: happening.type,
      subject: nameOf(customer),
      time: new Date(Math.floor(timeMs - late)).toISOString(),
      data: happening.data,
    };
    return { receivedAt: Math.floor(timeMs) + 1, event };
  };

  function* mix(count: number, span: { fromMs: number; lengthMs: number }): Generator<WorkloadEvent> {
    for (let position = 0; position < count; position += 1) {
      const timeMs = span.fromMs + (span.lengthMs * position) / count;
      told += 1;
      const repeated = waiting.get(told);
      if (repeated) {
        waiting.delete(told);
        yield { ...repeated, receivedAt: Math.floor(timeMs) + 1 };
        continue;
      }
      const customer = customerOf(chance());
      const fresh = eventAt(
        customer,
        shop.happening(customer, formatDay(Math.floor(timeMs / DAY_MS))),
        timeMs,
      );
      yield fresh;
      if (chance() < DUPLICATE_SHARE)
        waiting.set(told + 1 + Math.floor(chance() * DUPLICATE_DISTANCE), fresh);
    }
  }

  return {
    *pilot() {
      for (const happening of shop.oneOfEach(formatDay(todayMs / DAY_MS))) {
        yield eventAt(0, happening, todayMs + BACKDATED_MS);
      }
    },
    *history(count) {
      const fromMs = todayMs - HISTORY_DAYS * DAY_MS;
      const startDate = formatDay(fromMs / DAY_MS);
      for (let customer = 1; customer <= customers; customer += 1) {
        yield eventAt(customer, shop.firstAgreement(customer, startDate), fromMs + BACKDATED_MS);
      }
      yield* mix(count, { fromMs: fromMs + DAY_MS, lengthMs: (HISTORY_DAYS - 1) * DAY_MS });
    },
    day: (daysAhead, count) => {
      const fromMs = todayMs + daysAhead * DAY_MS + BACKDATED_MS;
      return mix(count, { fromMs, lengthMs: DAY_MS - 2 * BACKDATED_MS });
    },
  };
}

function nameOf(customer: number): string {
  return `c${String(customer).padStart(5, '0')}`;
}

/** Draws 1..count, the k-th with a weight of 1/k, from a number in [0, 1). */
function zipf(count: number): (draw: number) => number {
  const sums = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank += 1) {
    total += 1 / (rank + 1);
    sums[rank] = total;
  }
  return (draw) => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) <= draw * total) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
