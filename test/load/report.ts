import type { DrainResult } from './drain-scenario.ts';

/** The last line of the bench. */
export interface Figures {
  /** Events that all four services worked off in a second, on one core. */
  readonly eventsPerS: number;
  /** Processor time of an event in all four services, microseconds. */
  readonly cpuUsPerEvent: number;
  /** From the request of an event to its change in projection, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Most memory that one of the processes held. */
  readonly peakMiB: number;
  /** Processor time of an event with many customers / with a twentieth of them. */
  readonly costRatio: number;
}

/** One figure of a group that is compared. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const WIDTH = 32;

/** Figures of one unit below each other, drawn in proportion to the greatest. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const nameWidth = Math.max(...bars.map(({ name }) => name.length));
  const lines = bars.map(({ name, value, unit }) => {
    const bar = '█'.repeat(Math.round((WIDTH * value) / most));
    return `  ${name.padEnd(nameWidth)} ${bar.padEnd(WIDTH)} ${shown(value)} ${unit}`;
  });
  return [title, ...lines].join('\n');
}

/** Three figures that count; whole numbers from a hundred on. */
function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Processor time of an event by service, with and without many customers. */
export function serviceBars(small: DrainResult, large: DrainResult, names: readonly [string, string]): Bar[] {
  return (['ingest', 'scoring', 'alerting', 'projection'] as const).flatMap((service) =>
    [small, large].map((result, index) => ({
      name: `${service}, ${names[index]}`,
      value: result.spent.byService[service] / result.events,
      unit: 'µs',
    })),
  );
}

/** Processor time of an event, microseconds. */
export function cpuUsPerEvent({ spent, events }: DrainResult): number {
  return spent.cpuUs / events;
}

/** Events a second. */
export function eventsPerS({ spent, events }: DrainResult): number {
  return (events * 1e6) / spent.wallUs;
}
