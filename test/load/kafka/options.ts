import { readNumbers } from '../options.ts';

/** What `npm run bench:kafka -- ...` may be told. */
export interface KafkaBenchOptions {
  /** Events of each drain. */
  readonly events: number;
  readonly customers: number;
  /** Events a second of the latency runs. */
  readonly rate: number;
  /** Length of a latency run. */
  readonly seconds: number;
  readonly seed: number;
}

/** More would take longer to publish than services may stand still without losing their partitions. */
const MOST_EVENTS = 100_000;

const DEFAULTS: KafkaBenchOptions = { events: 20_000, customers: 2_000, rate: 500, seconds: 30, seed: 42 };

export const USAGE = `Usage: npm run bench:kafka -- [--events N] [--customers N] [--rate N] [--seconds N] [--seed N]
  --events N     events of each drain (${DEFAULTS.events})
  --customers N  customers that the events are about (${DEFAULTS.customers})
  --rate N       events a second of the latency runs (${DEFAULTS.rate})
  --seconds N    length of each latency run (${DEFAULTS.seconds})
  --seed N       of the workload (${DEFAULTS.seed})`;

/** @throws Error that says in one sentence what is wrong */
export function readOptions(words: readonly string[]): KafkaBenchOptions {
  const options = readNumbers(words, DEFAULTS);
  if (options.events > MOST_EVENTS) throw new Error(`--events takes at most ${MOST_EVENTS}.`);
  return options;
}
