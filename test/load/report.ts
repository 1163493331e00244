import type { DrainResult } from './drain-scenario.ts';
import { byService } from './loaded-engine.ts';

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
}

const BAR_CHARACTERS = 32;

/** Figures of one unit below each other, drawn in proportion to the greatest. */
export function drawBars(title: string, unit: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const nameCharacters = Math.max(...bars.map(({ name }) => name.length));
  const lines = bars.map(({ name, value }) => {
    const bar = '█'.repeat(Math.round((BAR_CHARACTERS * value) / most) || 0);
    return `  ${name.padEnd(nameCharacters)} ${bar.padEnd(BAR_CHARACTERS)} ${shown(value)} ${unit}`;
  });
  return [title, ...lines, ''].join('\n');
}

/** Three figures that count; whole numbers from a hundred on. */
function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Processor time of an event in each service. */
export function serviceBars(name: string, { portion, forDays, events }: DrainResult): Bar[] {
  const ofDays = byService(forDays);
  return Object.entries(byService(portion.spent)).map(([service, us]) => ({
    name: `${service}, ${name}`,
    value: us / portion.events + ofDays[service as keyof typeof ofDays] / events,
  }));
}

/** Processor time of an event in all services, microseconds; that of the days is shared among the events. */
export function cpuUsPerEvent({ portion, forDays, events }: DrainResult): number {
  return portion.spent.cpuUs / portion.events + forDays.cpuUs / events;
}

/** Events a second, the days included. */
export function eventsPerS({ portion, forDays, events }: DrainResult): number {
  return 1e6 / (portion.spent.wallUs / portion.events + forDays.wallUs / events);
}
