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
  return readNumbers(words, DEFAULTS);
}

/**
 * Options that are whole numbers from 1 on, by name; those that are not given have their default.
 * @throws Error that says in one sentence what is wrong
 */
export function readNumbers<Options extends Readonly<Record<keyof Options, number>>>(
  words: readonly string[],
  defaults: Options,
): Options {
  const names = Object.keys(defaults);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...words], options });
  const given = Object.entries(values).map(([name, text]) => {
    if (!/^[1-9][0-9]{0,7}$/.test(String(text)))
      throw new Error(`--${name} takes a whole number from 1 on, not ${text}.`);
    return [name, Number(text)];
  });
  return { ...defaults, ...Object.fromEntries(given) };
}
