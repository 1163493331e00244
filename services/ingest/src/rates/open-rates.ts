import { readFileSync, statSync } from 'node:fs';
import { type CurrentRates, type ExchangeRates, faultText } from '@bellwether/events';
import { OperatorError } from '@bellwether/runtime';
import { readRates } from './read-rates.ts';

/** How often a file is asked whether it is another one now: rates are published once a day. */
const LOOK_EVERY_MS = 60_000;
/** Of a file that is wrong all over. */
const MOST_FAULTS = 5;

/** A file of exchange rates that may be replaced while it is used (D23). */
export interface RatesFile {
  readonly current: CurrentRates;
  close(): void;
}

/**
 * Reads a file of exchange rates, and again whenever it is replaced.
 * @param onRefusal told of a new file that cannot be used: the rates before it go on to hold
 * @throws OperatorError where it cannot be used now
 */
export function openRates(
  path: string,
  {
    onRefusal,
    lookEveryMs = LOOK_EVERY_MS,
  }: { readonly onRefusal: (refusal: OperatorError) => void; readonly lookEveryMs?: number },
): RatesFile {
  // Taken before the file is read, so that one that is replaced meanwhile is read again.
  let stamp = stampOf(path);
  let rates = ratesOf(path);
  const look = (): void => {
    const now = stampOf(path);
    if (now === stamp) return;
    stamp = now;
    try {
      rates = ratesOf(path);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      onRefusal(error);
    }
  };
  const looking = setInterval(look, lookEveryMs);
  looking.unref();
  return { current: () => rates, close: () => clearInterval(looking) };
}

/** Differs once the file is another one. */
function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

function ratesOf(path: string): ExchangeRates {
  const read = readRates(textOf(path));
  if (read.ok) return read.rates;
  const told = read.faults.slice(0, MOST_FAULTS).map(faultText);
  const more = read.faults.length - told.length;
  const rest = more > 0 ? [`and ${more} more`] : [];
  throw new OperatorError(`The exchange rates in ${path} cannot be used: ${[...told, ...rest].join('; ')}.`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`The exchange rates cannot be read: ${why}.`);
  }
}
