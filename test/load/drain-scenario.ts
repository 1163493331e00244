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
  /** Events that are measured, spread evenly over `days` days. */
  readonly events: number;
  readonly days: number;
}

export interface DrainResult {
  readonly events: number;
  /** What became of the measured events; together they are `events`. */
  readonly outcome: Outcome;
  /** Records that the measured days led to. */
  readonly changes: number;
  readonly alerts: number;
  /** For the events themselves, and for the days that began: customers that are due are decided again. */
  readonly forEvents: Spent;
  readonly forDays: Spent;
}

/** 1 January 2025: the same days in every run, so that every run has the same events. */
const TODAY_MS = Date.UTC(2025, 0, 1);

/**
 * Loads history, then measures day by day how all four services begin the day and work off its events, which already
 * stand on `source-http`.
 */
export async function runDrain(options: DrainOptions): Promise<DrainResult> {
  const published = { changes: 0, alerts: 0 };
  const loaded = openLoadedEngine({ onCommitted: (batch) => count(published, batch) });
  try {
    const workload = createWorkload({ ...options, todayMs: TODAY_MS });
    await loadHistory(loaded, workload, options.historyPerCustomer * options.customers);
    const before = { ...published, outcome: await outcomeOf(loaded.engine) };
    const { events, forEvents, forDays } = await measureDays(loaded, workload, options);
    const outcome = difference(await outcomeOf(loaded.engine), before.outcome);
    if (outcome.scored + outcome.duplicate + outcome.quarantined !== events) {
      throw new Error(`Of ${events} events only ${JSON.stringify(outcome)} came out.`);
    }
    const [changes, alerts] = [published.changes - before.changes, published.alerts - before.alerts];
    return { events, outcome, changes, alerts, forEvents, forDays };
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

async function measureDays(loaded: LoadedEngine, workload: Workload, options: DrainOptions) {
  let [forEvents, forDays] = [NOTHING_SPENT, NOTHING_SPENT];
  let events = 0;
  for (let day = 1; day <= options.days; day += 1) {
    const upToHere = Math.round((options.events * day) / options.days);
    await loaded.tick(TODAY_MS + day * DAY_MS);
    forDays = addSpent(forDays, await loaded.drain());
    events += await loaded.append(workload.day(day, upToHere - events));
    forEvents = addSpent(forEvents, await loaded.drain());
  }
  return { events, forEvents, forDays };
}

function count(published: { changes: number; alerts: number }, { outputs }: CommittedBatch): void {
  for (const { topic, value } of outputs) {
    if (topic === 'alerts') published.alerts += 1;
    if (topic === 'customer-changes' && (value as { kind: string }).kind === 'change') published.changes += 1;
  }
}
