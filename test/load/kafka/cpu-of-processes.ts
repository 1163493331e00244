import { cpuMsOf, TELLS_CPU } from '../../peers/harness/process-cpu.ts';
import type { BenchServers, Installation } from './installation.ts';

/** Figures by process: services by name, `kafka`, `mongodb`, and `bench`; undefined where it cannot be seen. */
export type ByProcess = Readonly<Record<string, number | undefined>>;

/** Processor time, user and system, that each process has used so far, ms. */
export function cpuOf({ servers, processes }: Pick<Installation, 'servers' | 'processes'>): ByProcess {
  const ids = processes.map((each) => [each.name, each.processId()] as const);
  return {
    ...Object.fromEntries(ids.map(([name, id]) => [name, cpuOfIds(id === undefined ? undefined : [id])])),
    ...cpuOfServers(servers),
    bench: ownCpuMs(),
  };
}

/** The same of the servers alone. */
export function cpuOfServers({ kafka, mongodb }: BenchServers): ByProcess {
  return { kafka: cpuOfIds(kafka.processIds?.()), mongodb: cpuOfIds(mongodb.processIds?.()) };
}

/** Processor time of this process so far, ms; measured more finely than that of others. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What was used in between, each divided by `by`. */
export function cpuBetween(before: ByProcess, after: ByProcess, by: number): ByProcess {
  const names = Object.keys(after);
  return Object.fromEntries(
    names.map((name) => {
      const [start, end] = [before[name], after[name]];
      return [name, start === undefined || end === undefined ? undefined : (end - start) / by];
    }),
  );
}

function cpuOfIds(ids: readonly number[] | undefined): number | undefined {
  if (!TELLS_CPU || ids === undefined || ids.length === 0) return undefined;
  return ids.reduce((sum, id) => sum + cpuMsOf(id), 0);
}
