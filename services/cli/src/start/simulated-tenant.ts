import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '@bellwether/events';
import { type ImportParts, type ImportResult, importEvents } from '@bellwether/ingest';
import { continueLive, type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';

/** The portfolio of the demo tenant: a function of these numbers alone, so they are kept with the data. */
export interface SimulatedPortfolio {
  readonly seed: number;
  readonly customers: number;
  readonly startDay: number;
  readonly endDay: number;
}

export const SIMULATED_TENANT = 'simulated';
const DEMO = { seed: 20_240_229, customers: 150, days: 365 } as const;
const FILE = 'simulation.json';

/** The portfolio that this data folder was begun with; a new folder gets the year that ended yesterday. */
export async function simulatedPortfolio(dataFolder: string, nowMs: number): Promise<SimulatedPortfolio> {
  const file = join(dataFolder, FILE);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SimulatedPortfolio;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const endDay = Math.floor(nowMs / DAY_MS) - 1;
  const portfolio = { seed: DEMO.seed, customers: DEMO.customers, startDay: endDay - DEMO.days + 1, endDay };
  await writeFile(file, JSON.stringify(portfolio));
  return portfolio;
}

/** Loads the simulated year as history of a tenant that is live afterwards. */
export function importSimulatedYear(
  portfolio: SimulatedPortfolio,
  parts: ImportParts,
): Promise<ImportResult> {
  const contentHash = createHash('sha256').update(JSON.stringify(portfolio)).digest('hex');
  return importEvents(
    {
      tenant: SIMULATED_TENANT,
      clock: 'live',
      synthetic: true,
      identity: {
        name: `simulation ${portfolio.seed}`,
        contentHash,
        mapVersion: 'cloudevents',
        currency: 'USD',
        timeZone: 'UTC',
      },
      events: simulatePortfolio(portfolio).events(),
    },
    parts,
  );
}

const EVENTS_PER_SECOND = 3;

/**
 * The portfolio's life from now on. It begins again with the present day's calendar: what was sent before is known by
 * its ids and counts as duplicate.
 */
export function liveEventsOf(portfolio: SimulatedPortfolio, nowMs: number): Iterable<SimulatedEvent> {
  const { seed, customers, startDay } = portfolio;
  const calendarFromMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return continueLive({
    seed,
    customers,
    startDay,
    fromMs: nowMs,
    calendarFromMs,
    ratePerSecond: EVENTS_PER_SECOND,
  });
}
