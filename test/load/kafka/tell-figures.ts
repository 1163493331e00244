import { type Bar, drawBars } from '../report.ts';
import type { ByProcess } from './cpu-of-processes.ts';
import type { Delivery } from './installation.ts';
import type { Latency } from './latency-run.ts';
import type { Drained } from './measured-drain.ts';
import type { RawRate } from './raw-kafka.ts';
import type { RawMongo } from './raw-mongo.ts';

/** What the clients of the servers do alone. */
export interface Raw extends RawMongo {
  readonly produce: RawRate;
  readonly consume: RawRate;
}

/** What was measured in one delivery mode. */
export interface DeliveryFigures {
  readonly drain: Drained;
  readonly scoring: Drained;
  /** The last one is the one that counts; those before were more than could be sustained. */
  readonly latency: readonly Latency[];
}

const RAW_NAMES: Readonly<Record<keyof Raw, string>> = {
  produce: 'produce',
  consume: 'consume',
  inserts: 'insert',
  guardedUpdates: 'guarded update',
  guardedUpdatesAtOnce: 'guarded update, 6 bulks at once',
};

/** The rates of the servers alone, drawn. */
export function tellRaw(raw: Raw): string {
  const bars = (names: readonly (keyof Raw)[], pick: (rate: RawRate) => number | undefined): Bar[] =>
    names.map((name) => ({ name: RAW_NAMES[name], value: pick(raw[name]) ?? Number.NaN }));
  const records = ['produce', 'consume'] as const;
  const documents = ['inserts', 'guardedUpdates', 'guardedUpdatesAtOnce'] as const;
  return [
    drawBars(
      'kafkajs alone, 300 bytes a record',
      'records/s',
      bars(records, ({ perS }) => perS),
    ),
    drawBars(
      '  processor time in the client',
      'µs',
      bars(records, ({ clientCpuUs }) => clientCpuUs),
    ),
    drawBars(
      '  processor time in Kafka',
      'µs',
      bars(records, ({ serverCpuUs }) => serverCpuUs),
    ),
    drawBars(
      'MongoDB driver alone, 1.7 kB a document',
      'documents/s',
      bars(documents, ({ perS }) => perS),
    ),
    drawBars(
      '  processor time in the client',
      'µs',
      bars(documents, ({ clientCpuUs }) => clientCpuUs),
    ),
    drawBars(
      '  processor time in the store',
      'µs',
      bars(documents, ({ serverCpuUs }) => serverCpuUs),
    ),
  ].join('\n');
}

/** The drains of one delivery mode, drawn. */
export function tellDrains(delivery: Delivery, { drain, scoring }: Omit<DeliveryFigures, 'latency'>): string {
  const rates = [
    { name: 'all four services', value: drain.eventsPerS },
    { name: 'scoring alone', value: scoring.eventsPerS },
  ];
  return [
    drawBars(`Drain, ${delivery}`, 'events/s', rates),
    drawBars('  processor time of an event, all four', 'µs', barsOf(drain.cpuUsPerEvent)),
    drawBars('  processor time of an event, scoring alone', 'µs', barsOf(scoring.cpuUsPerEvent)),
    accountOf('all four services', drain),
    accountOf('scoring alone', scoring),
    '',
  ].join('\n');
}

/** The latencies of one delivery mode, drawn. */
export function tellLatency(delivery: Delivery, runs: readonly Latency[]): string {
  const run = runs.at(-1);
  if (!run) return '';
  const { ratePerS, isSustained, p50Ms, p90Ms, p99Ms, maxMs } = run;
  const asked = runs[0]?.ratePerS;
  const remark = isSustained
    ? `${ratePerS} events/s are sustained`
    : `even ${ratePerS} events/s are not sustained: the times say how long the run was`;
  return [
    drawBars(`From event to change at ${ratePerS} events/s, ${delivery}`, 'ms', [
      { name: 'p50', value: p50Ms },
      { name: 'p90', value: p90Ms },
      { name: 'p99', value: p99Ms },
      { name: 'max', value: maxMs },
    ]),
    drawBars('  processor time meanwhile, of one core', '%', barsOf(run.busy, 100)),
    `  ${remark}${ratePerS === asked ? '' : `, ${asked} are NOT`}; ` +
      `${run.sent} different events sent, ${run.changed} of them changed something`,
    '',
  ].join('\n');
}

/** The last line of the bench. */
export function figuresLine(parts: {
  readonly machine: string;
  /** Processes that wanted to run in the minute before, on average. */
  readonly loadBefore: number;
  readonly servers: readonly string[];
  readonly raw: Raw;
  readonly deliveries: Readonly<Record<Delivery, DeliveryFigures>>;
}): string {
  const deliveries = Object.entries(parts.deliveries).map(([name, { drain, scoring, latency }]) => [
    name,
    {
      drain,
      scoring,
      latency: latency.at(-1),
      tooMuch: latency.slice(0, -1).map(({ ratePerS }) => ratePerS),
    },
  ]);
  const figures = { ...parts, deliveries: Object.fromEntries(deliveries) };
  return JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value));
}

function accountOf(name: string, { events, seconds, outcome }: Drained): string {
  const { scored, duplicate, quarantined } = outcome;
  const account = `${scored} scored + ${duplicate} duplicate + ${quarantined} quarantined`;
  return `  ${name}: ${events} events = ${account}, in ${seconds.toFixed(1)} s`;
}

/** One bar a process; those whose time cannot be seen are left out. */
function barsOf(byProcess: ByProcess, factor = 1): Bar[] {
  return Object.entries(byProcess).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: value * factor }],
  );
}

/** Four figures that count are more than a machine gives twice. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
