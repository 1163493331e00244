import { addCounts, type FaultCounts, noCounts } from '../../../packages/testkit/src/simulation/counts.ts';
import type { Ending } from '../../../packages/testkit/src/simulation/scenario.ts';
import { Simulation } from '../../../packages/testkit/src/simulation/simulation.ts';
import { endingFaults } from './check-ending.ts';
import { ledger } from './ledger.ts';
import { drawInput } from './ledger-input.ts';
import type { Setting } from './settings.ts';

/** A schedule after which something was wrong. */
export interface Violation {
  readonly seed: number;
  /** Number of events: the shortest schedule is the easiest to follow. */
  readonly events: number;
  readonly faults: readonly string[];
}

export interface ScheduleRun {
  readonly counts: FaultCounts;
  readonly violations: readonly Violation[];
}

/** Which schedules to run. */
export interface Schedules {
  readonly setting: Setting;
  /** Seed of the first one; each further one has the next. */
  readonly from: number;
  readonly count: number;
  /** Stops after so many violations. */
  readonly atMost: number;
}

/** Plays schedules one after the other. */
export async function runSchedules({ setting, from, count, atMost }: Schedules): Promise<ScheduleRun> {
  const counts = noCounts();
  const violations: Violation[] = [];
  for (let seed = from; seed < from + count && violations.length < atMost; seed += 1) {
    const schedule = await runSchedule(setting, seed);
    addCounts(counts, schedule.counts);
    if (schedule.faults.length > 0)
      violations.push({ seed, events: schedule.counts.events, faults: schedule.faults });
  }
  return { counts, violations };
}

/** Plays the schedule of one seed; `trace` is told of each of its events. */
export async function runSchedule(
  setting: Setting,
  seed: number,
  trace?: (line: string) => void,
): Promise<{ readonly counts: FaultCounts; readonly faults: readonly string[] }> {
  const { decideHead, ...plain } = ledger;
  const topology = setting.totals === 'none' ? plain : ledger;
  const { rules } = setting;
  const simulation = new Simulation({
    seed,
    topology,
    input: drawInput(seed),
    rules,
    ...(trace ? { trace } : {}),
  });
  const ending = await simulation.run();
  return { counts: ending.counts, faults: endingFaults(ending, setting) };
}

/** Plays the schedule of one seed, then makes the input anew under its name and starts everything again. */
export async function runRecreated({ rules }: Setting, seed: number): Promise<Ending> {
  const input = drawInput(seed);
  return await new Simulation({ seed, topology: ledger, input, rules, recreatesInput: true }).run();
}
