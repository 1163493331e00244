import { availableParallelism, cpus } from 'node:os';
import type { DrainResult } from './drain-scenario.ts';
import { startOfToday } from './latency-scenario.ts';
import { type BenchOptions, readOptions, USAGE } from './options.ts';
import { percentile } from './percentile.ts';
import { cpuUsPerEvent, drawBars, eventsPerS, type Figures, serviceBars } from './report.ts';
import { type Ran, runDrainProcess, runLatencyProcess } from './run-scenario.ts';
import { type SentAt, sendEvents } from './send-events.ts';
import { createWorkload } from './workload.ts';

/** `npm run bench`: what this machine does with all four services; docs/performance.md says what is measured. */
/** The small drain has this many times fewer customers, and as many times more days: the same pace for a customer. */
const TIMES_FEWER = 20;
const NS_PER_MS = 1e6;

/** Events of history that an average customer has behind it. */
const HISTORY_PER_CUSTOMER = 3;

interface Live {
  readonly latenciesMs: readonly number[];
  readonly sent: number;
  readonly cpuUs: number;
  readonly peakMiB: number;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { events, customers, seed } = options;
  const few = Math.max(1, Math.round(customers / TIMES_FEWER));
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
  say(`All four services in one process on ${machine}, Node ${process.version}.`);
  say(
    'SQLite on disk, WAL: the loops do not wait for the disk (synchronous NORMAL), the HTTP edge does (FULL).\n',
  );
  const portions = Math.min(TIMES_FEWER, events);
  const drain = { seed, events, portions, historyPerCustomer: HISTORY_PER_CUSTOMER };
  const small = await runDrainProcess({ ...drain, customers: few, days: portions });
  const large = await runDrainProcess({ ...drain, customers, days: 1 });
  tellDrains([
    { name: `${few.toLocaleString('en')} customers`, customers: few, ...small },
    { name: `${customers.toLocaleString('en')} customers`, customers, ...large },
  ]);
  const live = await runLive(options, few);
  tellLive(live, options);
  const figures: Figures = {
    eventsPerS: Math.round(eventsPerS(large.result)),
    cpuUsPerEvent: rounded(cpuUsPerEvent(large.result), 1),
    p50Ms: rounded(percentile(live.latenciesMs, 0.5), 2),
    p99Ms: rounded(percentile(live.latenciesMs, 0.99), 2),
    peakMiB: Math.max(small.peakMiB, large.peakMiB, live.peakMiB),
    costRatio: rounded(cpuUsPerEvent(large.result) / cpuUsPerEvent(small.result), 3),
  };
  say(JSON.stringify(figures));
}

type DrainRun = Ran<DrainResult> & { readonly name: string; readonly customers: number };

function tellDrains(runs: readonly DrainRun[]): void {
  const draw = (title: string, unit: string, pick: (run: DrainRun) => number) =>
    say(
      drawBars(
        title,
        unit,
        runs.map((run) => ({ name: run.name, value: pick(run) })),
      ),
    );
  draw('Events a second', 'events/s', ({ result }) => eventsPerS(result));
  draw('Processor time of an event', 'µs', ({ result }) => cpuUsPerEvent(result));
  say(
    drawBars(
      '  by service',
      'µs',
      runs.flatMap(({ name, result }) => serviceBars(name, result)),
    ),
  );
  draw('  of it for days that begin', 'µs', ({ result }) => result.forDays.cpuUs / result.events);
  draw('Peak memory', 'MiB', ({ peakMiB }) => peakMiB);
  for (const { name, result } of runs) {
    const { scored, duplicate, quarantined } = result.outcome;
    say(
      `  ${name}: ${result.events} events = ${scored} scored + ${duplicate} duplicate + ${quarantined} quarantined, ` +
        `leading to ${result.changes} changes and ${result.alerts} alert records`,
    );
  }
}

/** Sends from this process to the services in another one. */
async function runLive(options: BenchOptions, customers: number): Promise<Live> {
  const { seed, rate, seconds } = options;
  const historyEvents = HISTORY_PER_CUSTOMER * customers;
  const todayMs = startOfToday();
  let sentAt: SentAt = new Map();
  const ran = await runLatencyProcess({ seed, customers, historyEvents, todayMs }, async (port) => {
    const workload = createWorkload({ seed, customers, todayMs });
    // The events of the live run follow those that the other process has loaded.
    for (const past of [workload.pilot(), workload.history(historyEvents)]) Array.from(past);
    sentAt = await sendEvents({ port, events: workload.day(0, rate * seconds), rate });
  });
  const latenciesMs = ran.result.committed.flatMap(([id, atNs]) => {
    const sentNs = sentAt.get(id);
    return sentNs === undefined ? [] : [Number(atNs - sentNs) / NS_PER_MS];
  });
  return { latenciesMs, sent: sentAt.size, cpuUs: ran.result.cpuUs, peakMiB: ran.peakMiB };
}

function tellLive({ latenciesMs, sent, cpuUs }: Live, { rate, seconds }: BenchOptions): void {
  const bars = [0.5, 0.9, 0.99, 1].map((share) => ({
    name: share === 1 ? 'max' : `p${share * 100}`,
    value: percentile(latenciesMs, share),
  }));
  say(drawBars(`From request to change at ${rate} events/s`, 'ms', bars));
  const busy = Math.round(cpuUs / seconds / 10_000);
  say(
    `  ${sent} different events sent, ${latenciesMs.length} of them changed something; ` +
      `the services were busy for ${busy} % of the time\n`,
  );
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (process.argv.includes('--help')) say(USAGE);
else {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 1;
  });
}
