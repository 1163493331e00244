import { type Bar, drawBars } from '../../load/report.ts';
import type { CpuUs, Drained } from './measure-drain.ts';

/** The runs of one engine. */
export interface EngineRuns {
  readonly name: string;
  readonly runs: readonly Drained[];
}

/** The last line of the bench; figures are medians of the runs. */
export interface PeersFigures {
  /** `eventsPerS` / `kafkaStreamsEventsPerS`. */
  readonly ratio: number;
  readonly eventsPerS: number;
  readonly kafkaStreamsEventsPerS: number;
  /** Processor time that an event of this project takes in service, broker and store together, µs. */
  readonly cpuUsPerEvent: number;
  readonly kafkaStreamsCpuUsPerEvent: number;
  /** Whether every run of both had the output that the workload states. */
  readonly exact: boolean;
}

/** What the runs come to. */
export function figuresOf(own: EngineRuns, peer: EngineRuns): PeersFigures {
  const eventsPerS = Math.round(median(own.runs.map((run) => run.eventsPerS)));
  const kafkaStreamsEventsPerS = Math.round(median(peer.runs.map((run) => run.eventsPerS)));
  return {
    ratio: Number((eventsPerS / kafkaStreamsEventsPerS).toFixed(3)),
    eventsPerS,
    kafkaStreamsEventsPerS,
    cpuUsPerEvent: Math.round(median(own.runs.map(({ cpuUs }) => totalOf(cpuUs)))),
    kafkaStreamsCpuUsPerEvent: Math.round(median(peer.runs.map(({ cpuUs }) => totalOf(cpuUs)))),
    exact: [own, peer].every(({ runs }) => runs.every(({ exact }) => exact)),
  };
}

/** One run in a line. */
export function lineOf(name: string, run: Drained): string {
  const { service, broker, store } = run.cpuUs;
  const parts = [
    `service ${shown(service)}`,
    `broker ${shown(broker)}`,
    ...(store === undefined || store < 1 ? [] : [`store ${shown(store)}`]),
  ];
  const outcome = run.exact ? 'exact' : `NOT EXACT (${run.outputs} outputs, digest ${run.digest})`;
  return (
    `${name.padEnd(14)} ${Math.round(run.eventsPerS).toLocaleString('en')} events/s, ` +
    `${run.seconds.toFixed(1)} s, µs of processor an event: ${parts.join(', ')}; ${outcome}`
  );
}

/** Both engines beside each other. */
export function chartOf(engines: readonly EngineRuns[]): string {
  const bars = (pick: (run: Drained) => number): Bar[] =>
    engines.map(({ name, runs }) => ({ name, value: median(runs.map(pick)) }));
  return [
    drawBars(
      'Events a second (median)',
      'events/s',
      bars((run) => run.eventsPerS),
    ),
    drawBars(
      'Processor time of an event (median)',
      'µs',
      bars(({ cpuUs }) => totalOf(cpuUs)),
    ),
  ].join('\n');
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function totalOf({ service, broker = 0, store = 0 }: CpuUs): number {
  return service + broker + store;
}

function shown(us: number | undefined): string {
  return us === undefined ? 'unknown' : us.toFixed(1);
}
