import { minorDigits } from './currencies.ts';
import { roundedQuotient } from './quotients.ts';

/** Days for which a published rate still holds: weekends and the longest row of bank holidays. */
const MOST_DAYS_OLD = 7;
/** Decimals of a rate as it is told; amounts are converted exactly. */
const TOLD_DECIMALS = 8;

/** What one and the same thing (one euro) was worth on a day. */
export interface RatesOfDay {
  /** Epoch day. */
  readonly day: number;
  /** In each currency of the table, in its order: decimal text above 0; null: nothing was published. */
  readonly worths: readonly (string | null)[];
}

/** Rates as they were published. */
export interface RatesTable {
  /** Names the table: the same version always gives the same rates. */
  readonly version: string;
  /** ISO 4217 codes. */
  readonly currencies: readonly string[];
  /** At most one for each day, in any order. */
  readonly days: readonly RatesOfDay[];
}

/** How many of one currency one of another was worth. */
export interface ExchangeRate {
  /** Epoch day that the rate was published for. */
  readonly day: number;
  /** Decimal text, rounded to 8 places. */
  readonly text: string;
  /** An amount in minor units converted exactly, then rounded half away from zero. */
  convert(amountMinor: number): bigint;
}

/** The rates that hold now; null: none are configured. A table may be replaced while a process runs. */
export type CurrentRates = () => ExchangeRates | null;

export const NO_RATES: CurrentRates = () => null;

/** A table of exchange rates (D23). */
export class ExchangeRates {
  readonly version: string;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #days: readonly RatesOfDay[];

  constructor({ version, currencies, days }: RatesTable) {
    this.version = version;
    this.#columns = new Map(currencies.map((currency, column) => [currency, column]));
    this.#days = days.toSorted((a, b) => a.day - b.day);
  }

  /** The rate of a day, or of the last one before it that has both, up to a week back; undefined: there is none. */
  on(day: number, { from, to }: { readonly from: string; readonly to: string }): ExchangeRate | undefined {
    for (let at = this.#lastUntil(day); at >= 0; at -= 1) {
      const published = this.#days[at];
      if (published === undefined || published.day < day - MOST_DAYS_OLD) return undefined;
      const [source, target] = [this.#worthIn(from, published), this.#worthIn(to, published)];
      if (source && target) return rateOf(published.day, { from, source, to, target });
    }
    return undefined;
  }

  #worthIn(currency: string, { worths }: RatesOfDay): Decimal | undefined {
    const text = worths[this.#columns.get(currency) ?? -1];
    return text == null ? undefined : decimalOf(text);
  }

  /** Index of the last day that is not after `day`; -1: all are. */
  #lastUntil(day: number): number {
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle]?.day ?? 0) <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** A decimal number, exact: `units / 10 ** decimals`. */
interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

function decimalOf(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), decimals: fraction.length };
}

interface Pair {
  readonly from: string;
  readonly source: Decimal;
  readonly to: string;
  readonly target: Decimal;
}

function rateOf(day: number, { from, source, to, target }: Pair): ExchangeRate {
  const numerator = target.units * 10n ** BigInt(source.decimals);
  const denominator = source.units * 10n ** BigInt(target.decimals);
  const [up, down] = [10n ** BigInt(minorDigits(to)), 10n ** BigInt(minorDigits(from))];
  return {
    day,
    text: decimalText(roundedQuotient(numerator * 10n ** BigInt(TOLD_DECIMALS), denominator)),
    convert: (amountMinor) => roundedQuotient(BigInt(amountMinor) * numerator * up, denominator * down),
  };
}

/** `108340000` as `1.0834`. */
function decimalText(scaled: bigint): string {
  const digits = String(scaled).padStart(TOLD_DECIMALS + 1, '0');
  const [whole, fraction] = [digits.slice(0, -TOLD_DECIMALS), digits.slice(-TOLD_DECIMALS)];
  return `${whole}.${fraction}`.replace(/\.?0+$/, '');
}
