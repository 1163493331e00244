import { availableParallelism, cpus } from 'node:os';
import { startOfToday } from './latency-scenario.ts';
import { type BenchOptions, readOptions, USAGE } from './options.ts';
import { percentile } from './percentile.ts';
import { cpuUsPerEvent, drawBars, eventsPerS, type Figures, serviceBars } from './report.ts';
import { type Ran, runDrainProcess, runLatencyProcess } from './run-scenario.ts';
import { type SentAt, sendEvents } from './send-events.ts';
import type { DrainResult } from './drain-scenario.ts';
import { createWorkload } from './workload.ts';

/** `npm run bench`: what this machine does with all four services; docs/performance.md says what is measured. */
const SMALLER_BY = 20;
const NS_PER_MS = 1e6;

interface Live {
  readonly latenciesMs: readonly number[];
  readonly sent: number;
  readonly cpuUs: number;
  readonly peakMiB: number;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { events, customers, seed } = options;
  const few = Math.max(1, Math.round(customers / SMALLER_BY));
  say(`Bellwether bench on ${cpus()[0]?.model ?? 'an unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  say('SQLite on disk, WAL; the loops do not wait for the disk (synchronous NORMAL), the HTTP edge does (FULL).\n');
  const small = await runDrainProcess({ seed, customers: few, events });
  const large = await runDrainProcess({ seed, customers, events });
  tellDrains([small, large], [few, customers]);
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

function tellDrains(ran: readonly [Ran<DrainResult>, Ran<DrainResult>], customers: readonly number[]): void {
  const names = customers.map((count) => `${count.toLocaleString('en')} customers`) as [string, string];
  const bars = (unit: string, value: (one: Ran<DrainResult>) => number) =>
    ran.map((one, index) => ({ name: names[index] ?? '', value: value(one), unit }));
  const [small, large] = ran;
  say(drawBars('Events a second, all four services on one core', bars('events/s', ({ result }) => eventsPerS(result))));
  say(drawBars('Processor time of an event', bars('µs', ({ result }) => cpuUsPerEvent(result))));
  say(drawBars('  of it by service', serviceBars(small.result, large.result, names)));
  say(drawBars('A day that begins, for each customer', ran.map(({ result }, index) => ({ name: names[index] ?? '', value: result.day.spent.cpuUs / (customers[index] ?? 1), unit: 'µs' }))));
  say(drawBars('Peak memory', bars('MiB', ({ peakMiB }) => peakMiB)));
  for (const [index, { result }] of ran.entries()) {
    const { scored, duplicate, quarantined } = result.outcome;
    say(`  ${names[index]}: ${result.events} events = ${scored} scored + ${duplicate} duplicate + ${quarantined} quarantined; ${result.changes} changes, ${result.alerts} alerts`);
  }
}

async function runLive(options: BenchOptions, customers: number): Promise<Live> {
  const { seed, rate, seconds } = options;
  const historyEvents = Math.min(options.events, 10_000);
  const todayMs = startOfToday();
  let sentAt: SentAt = new Map();
  let cameBack = 0;
  const ran = await runLatencyProcess({ seed, customers, historyEvents, rate, seconds, todayMs }, async (port) => {
    const workload = createWorkload({ seed, customers, todayMs });
    for (const _ of workload.pilot()) cameBack += 1;
    for (const _ of workload.history(historyEvents)) cameBack += 1;
    sentAt = await sendEvents({ port, events: workload.today(rate * seconds), rate });
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
    unit: 'ms',
  }));
  say(drawBars(`From request to change at ${rate} events/s`, bars));
  const busy = Math.round(cpuUs / seconds / 10_000);
  say(`  ${sent} events sent, ${latenciesMs.length} of them changed something; the services used ${busy} % of a core\n`);
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
