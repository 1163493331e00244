import { parseArgs } from 'node:util';

/** What `npm run bench -- ...` may be told. */
export interface BenchOptions {
  /** Events of each measured drain. */
  readonly events: number;
  /** Customers of the large drain; the small one has a twentieth. */
  readonly customers: number;
  /** Events a second of the live run. */
  readonly rate: number;
  /** Length of the live run. */
  readonly seconds: number;
  readonly seed: number;
}

const DEFAULTS: BenchOptions = { events: 40_000, customers: 20_000, rate: 200, seconds: 20, seed: 42 };

export const USAGE = `Usage: npm run bench -- [--events N] [--customers N] [--rate N] [--seconds N] [--seed N]
  --events N     events of each measured drain (${DEFAULTS.events})
  --customers N  customers of the large drain, the small one has a twentieth (${DEFAULTS.customers})
  --rate N       events a second of the live run (${DEFAULTS.rate})
  --seconds N    length of the live run (${DEFAULTS.seconds})
  --seed N       of the workload (${DEFAULTS.seed})`;

/** @throws Error that says in one sentence what is wrong */
export function readOptions(words: readonly string[]): BenchOptions {
  const names = Object.keys(DEFAULTS) as (keyof BenchOptions)[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...words], options });
  const read = (name: keyof BenchOptions) => {
    const text = values[name];
    if (text === undefined) return DEFAULTS[name];
    if (!/^[1-9][0-9]{0,7}$/.test(String(text)))
      throw new Error(`--${name} takes a whole number from 1 on, not ${text}.`);
    return Number(text);
  };
  return {
    events: read('events'),
    customers: read('customers'),
    rate: read('rate'),
    seconds: read('seconds'),
    seed: read('seed'),
  };
}
