import { percentile } from '../percentile.ts';
import { accountsOfAll, expectAccounted } from './accounts.ts';
import { watchChanges } from './change-arrivals.ts';
import { type ByProcess, cpuBetween, cpuOf } from './cpu-of-processes.ts';
import type { Loaded } from './drain-runs.ts';
import { PUBLIC_WITHIN_MS } from './measured-drain.ts';
import type { KafkaBenchOptions } from './options.ts';

/** What is tried when all of it is too much, in fifths of the rate that was asked for. */
const FIFTHS = [5, 4, 3, 2, 1];
/**
 * A rate is sustained when the median wait of the last quarter of a run is less than this above that of the second:
 * what is not worked off piles up, and the wait with it.
 */
const MOST_GROWTH_MS = 1_000;

/** One run at a fixed rate. */
export interface Latency {
  readonly ratePerS: number;
  /** Whether the services kept up: otherwise the times tell how long the run was rather than how fast they are. */
  readonly isSustained: boolean;
  /** From the send of an event to the arrival of the change it caused, ms. */
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Different events that were sent, and those of them that changed something. */
  readonly sent: number;
  readonly changed: number;
  /** Processor time of each process while events were sent, as a share of one core. */
  readonly busy: ByProcess;
}

/** The rate that was asked for, and lower ones until one is sustained; the last run is the one that counts. */
export async function measureLatency(
  loaded: Loaded,
  { rate, seconds }: KafkaBenchOptions,
  say: (line: string) => void,
): Promise<readonly Latency[]> {
  const runs: Latency[] = [];
  for (const fifths of FIFTHS) {
    const ratePerS = Math.max(1, Math.round((rate * fifths) / FIFTHS.length));
    say(`Latency: ${ratePerS} events/s for ${seconds} s…`);
    const run = await runAtRate(loaded, ratePerS, seconds);
    runs.push(run);
    if (run.isSustained) break;
    say(`  ${ratePerS} events/s are more than can be sustained: the wait grows all the time.`);
  }
  return runs;
}

async function runAtRate(loaded: Loaded, ratePerS: number, seconds: number): Promise<Latency> {
  const { installation, source, workload } = loaded;
  const accounts = accountsOfAll(installation.backend);
  const before = await accounts();
  const arrivals = await watchChanges(installation.backend.log);
  const events = [...workload.day(1, ratePerS * seconds)];
  const cpuBefore = cpuOf(installation);
  const startMs = performance.now();
  const sentAt = await source.publishAtRate(events, ratePerS);
  const busy = cpuBetween(cpuBefore, cpuOf(installation), performance.now() - startMs);
  await installation.published.untilAll(PUBLIC_WITHIN_MS);
  expectAccounted(before, await accounts(), events.length);
  await arrivals.stop();
  const latencies = [...sentAt].flatMap(([id, sentMs]) => {
    const arrivedMs = arrivals.at.get(id);
    return arrivedMs === undefined ? [] : [arrivedMs - sentMs];
  });
  return {
    ratePerS,
    isSustained: growth(latencies) < MOST_GROWTH_MS,
    p50Ms: percentile(latencies, 0.5),
    p90Ms: percentile(latencies, 0.9),
    p99Ms: percentile(latencies, 0.99),
    maxMs: percentile(latencies, 1),
    sent: sentAt.size,
    changed: latencies.length,
    busy,
  };
}

/** How much longer the events of the last quarter waited than those of the second; in the first, work only begins. */
function growth(latencies: readonly number[]): number {
  const quarter = (number: number) =>
    latencies.slice(((number - 1) * latencies.length) / 4, (number * latencies.length) / 4);
  return percentile(quarter(4), 0.5) - percentile(quarter(2), 0.5);
}
