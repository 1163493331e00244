import { DAY_MS } from '@bellwether/events';
import type { CommittedBatch } from '../../services/cli/src/engine.ts';
import { addSpent, type LoadedEngine, NOTHING_SPENT, openLoadedEngine, type Spent } from './loaded-engine.ts';
import { difference, type Outcome, outcomeOf } from './outcome.ts';
import { createWorkload, type Workload } from './workload.ts';

export interface DrainOptions {
  readonly seed: number;
  readonly customers: number;
  /** Events of the mix that a customer has behind it on average. */
  readonly historyPerCustomer: number;
  /** Events that are measured, in `portions` of equal size. */
  readonly events: number;
  readonly portions: number;
  /** Days over which the portions are spread evenly; no more than there are portions. */
  readonly days: number;
}

export interface DrainResult {
  readonly events: number;
  /** What became of the measured events; together they are `events`. */
  readonly outcome: Outcome;
  /** Records that the measured days led to. */
  readonly changes: number;
  readonly alerts: number;
  /**
   * The portion with the middle processor time an event: whatever else the machine did at times does not reach it.
   */
  readonly portion: Portion;
  /** For all days that began: customers that are due are decided again. */
  readonly forDays: Spent;
}

/** Events worked off together, and what that took. */
export interface Portion {
  readonly events: number;
  readonly spent: Spent;
}

/** 1 January 2025: the same days in every run, so that every run has the same events. */
const TODAY_MS = Date.UTC(2025, 0, 1);

/**
 * Loads history, then measures how all four services begin each day and work off its events, which already stand on
 * `source-http`, portion by portion.
 */
export async function runDrain(options: DrainOptions): Promise<DrainResult> {
  const published = { changes: 0, alerts: 0 };
  const loaded = openLoadedEngine({ onCommitted: (batch) => count(published, batch) });
  try {
    const workload = createWorkload({ ...options, todayMs: TODAY_MS });
    await loadHistory(loaded, workload, options.historyPerCustomer * options.customers);
    const before = { ...published, outcome: await outcomeOf(loaded.engine) };
    const { portions, forDays } = await measure(loaded, workload, options);
    const events = portions.reduce((sum, portion) => sum + portion.events, 0);
    const outcome = difference(await outcomeOf(loaded.engine), before.outcome);
    if (outcome.scored + outcome.duplicate + outcome.quarantined !== events) {
      throw new Error(`Of ${events} events only ${JSON.stringify(outcome)} came out.`);
    }
    const [changes, alerts] = [published.changes - before.changes, published.alerts - before.alerts];
    return { events, outcome, changes, alerts, portion: middleOf(portions), forDays };
  } finally {
    await loaded.close();
  }
}

/** Makes the customers: their past is the same whether it was loaded as it happened or at once. */
async function loadHistory(loaded: LoadedEngine, workload: Workload, events: number): Promise<void> {
  await loaded.begin(TODAY_MS);
  await loaded.append(workload.pilot());
  await loaded.drain();
  // The clock learned of fresh feeds with the pilot and tells scoring at its next tick.
  await loaded.tick(TODAY_MS + 1);
  await loaded.append(workload.history(events));
  await loaded.drain();
}

async function measure(loaded: LoadedEngine, workload: Workload, options: DrainOptions) {
  const { events, portions: count, days } = options;
  const portions: Portion[] = [];
  let forDays = NOTHING_SPENT;
  let day = 0;
  for (let number = 1; number <= count; number += 1) {
    const dayOfPortion = Math.ceil((number * days) / count);
    if (dayOfPortion > day) {
      day = dayOfPortion;
      await loaded.tick(TODAY_MS + day * DAY_MS);
      forDays = addSpent(forDays, await loaded.drain());
    }
    const size = Math.round((events * number) / count) - Math.round((events * (number - 1)) / count);
    const appended = await loaded.append(workload.day(day, size));
    portions.push({ events: appended, spent: await loaded.drain() });
  }
  return { portions, forDays };
}

function middleOf(portions: readonly Portion[]): Portion {
  const costOf = ({ spent, events }: Portion) => spent.cpuUs / events;
  const sorted = portions.toSorted((a, b) => costOf(a) - costOf(b));
  return sorted[(sorted.length - 1) >> 1] ?? { events: 0, spent: NOTHING_SPENT };
}

function count(published: { changes: number; alerts: number }, { outputs }: CommittedBatch): void {
  for (const { topic, value } of outputs) {
    if (topic === 'alerts') published.alerts += 1;
    if (topic === 'customer-changes' && (value as { kind: string }).kind === 'change') published.changes += 1;
  }
}
