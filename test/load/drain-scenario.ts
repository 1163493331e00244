import { DAY_MS } from '@bellwether/events';
import type { CommittedBatch } from '../../services/cli/src/engine.ts';
import { BENCH_TENANT, type LoadedEngine, openLoadedEngine, type Spent } from './loaded-engine.ts';
import { createWorkload } from './workload.ts';

export interface DrainOptions {
  readonly seed: number;
  readonly customers: number;
  /** Events that are measured, and as many before them to make the customers' history. */
  readonly events: number;
}

export interface DrainResult {
  readonly events: number;
  /** What became of the measured events; together they are `events`. */
  readonly outcome: Outcome;
  /** Records that the measured events led to. */
  readonly changes: number;
  readonly alerts: number;
  readonly spent: Spent;
  /** A day that begins with no event: customers decided again. */
  readonly day: { readonly reviewed: number; readonly spent: Spent };
}

interface Outcome {
  readonly scored: number;
  readonly duplicate: number;
  readonly quarantined: number;
}

/** 1 January 2025: the same day in every run, so that every run has the same events. */
const TODAY_MS = Date.UTC(2025, 0, 1);

/**
 * Loads history, then measures how all four services work off a day's events that already stand on `source-http`, and
 * then how they begin the next day.
 */
export async function runDrain(options: DrainOptions): Promise<DrainResult> {
  const published = { changes: 0, alerts: 0, reviewed: 0 };
  const loaded = openLoadedEngine({ onCommitted: (batch) => count(published, batch) });
  try {
    const workload = createWorkload({ ...options, todayMs: TODAY_MS });
    await loaded.begin(TODAY_MS);
    await loaded.append(workload.pilot());
    await loaded.drain();
    // The clock learns of fresh feeds with the pilot and tells scoring at its next tick.
    await loaded.tick(TODAY_MS + 1);
    await loaded.append(workload.history(options.events));
    await loaded.drain();
    const events = await loaded.append(workload.today(options.events));
    const before = { ...published, outcome: await outcomeOf(loaded) };
    const spent = await loaded.drain();
    const outcome = difference(await outcomeOf(loaded), before.outcome);
    if (outcome.scored + outcome.duplicate + outcome.quarantined !== events) {
      throw new Error(`of ${events} events only ${JSON.stringify(outcome)} came out`);
    }
    const [changes, alerts] = [published.changes - before.changes, published.alerts - before.alerts];
    published.reviewed = 0;
    await loaded.tick(TODAY_MS + DAY_MS);
    const day = await loaded.drain();
    return { events, outcome, changes, alerts, spent, day: { reviewed: published.reviewed, spent: day } };
  } finally {
    await loaded.close();
  }
}

function count(published: { changes: number; alerts: number; reviewed: number }, batch: CommittedBatch): void {
  for (const { topic, value } of batch.outputs) {
    if (topic === 'alerts') published.alerts += 1;
    if (topic !== 'customer-changes' || (value as { kind: string }).kind !== 'change') continue;
    published.changes += 1;
    if ((value as { cause: string }).cause === 'time-decay') published.reviewed += 1;
  }
}

/** What the accounting of the tenant says so far (design guarantee: everything is counted once). */
async function outcomeOf({ engine }: LoadedEngine): Promise<Outcome> {
  const tallies = async (collection: string) => {
    const found = await engine.readModels.find<{ tally: { ok: number; duplicate: number; quarantined: number } }>(
      collection,
      { group: BENCH_TENANT, sort: [], limit: 100 },
    );
    return found.map(({ state }) => state.tally);
  };
  const ingest = await tallies('projection-ingest-tallies');
  const scoring = await tallies('projection-scoring-tallies');
  const sum = (list: typeof ingest, field: 'ok' | 'duplicate' | 'quarantined') =>
    list.reduce((total, tally) => total + tally[field], 0);
  return {
    scored: sum(scoring, 'ok'),
    duplicate: sum(ingest, 'duplicate') + sum(scoring, 'duplicate'),
    quarantined: sum(ingest, 'quarantined') + sum(scoring, 'quarantined'),
  };
}

function difference(after: Outcome, before: Outcome): Outcome {
  return {
    scored: after.scored - before.scored,
    duplicate: after.duplicate - before.duplicate,
    quarantined: after.quarantined - before.quarantined,
  };
}
