import { parseArgs } from 'node:util';
import { OperatorError } from '@bellwether/runtime';

/** What `npm run bench:peers -- ...` may be told. */
export interface PeersOptions {
  /** Runs of each engine. */
  readonly runs: number;
  /** Processes of this project. */
  readonly processes: number;
}

const DEFAULTS: PeersOptions = { runs: 3, processes: 1 };

export const USAGE = `Usage: npm run bench:peers -- [--runs N] [--processes N]
  --runs N       runs of each engine, in turn (${DEFAULTS.runs})
  --processes N  processes of this project that share the work (${DEFAULTS.processes})`;

/** @throws OperatorError that says in one sentence what is wrong */
export function readOptions(words: readonly string[]): PeersOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { runs: { type: 'string' }, processes: { type: 'string' } },
  });
  const read = (name: keyof PeersOptions): number => {
    const text = values[name];
    if (text === undefined) return DEFAULTS[name];
    if (!/^[1-9]\d?$/.test(text))
      throw new OperatorError(`--${name} takes a number from 1 to 99, not ${text}.`);
    return Number(text);
  };
  return { runs: read('runs'), processes: read('processes') };
}
