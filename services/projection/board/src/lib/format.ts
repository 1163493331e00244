const MINUS = '\u2212';
const digitsByCurrency = new Map<string, number>();

/** Minor-unit digits of a currency: 2 for USD, 0 for JPY. Unknown codes count as 2. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
  } catch (error) {
    // Not an ISO code: two digits is what almost every currency has.
    void error;
  }
  digitsByCurrency.set(currency, digits);
  return digits;
}

/** Whole units of an amount in minor units. */
export function majorUnits(valueMinor: number, currency: string): number {
  return valueMinor / 10 ** minorDigits(currency);
}

function threeDigits(value: number): string {
  if (value >= 100) return Math.round(value).toString();
  return value >= 10 ? value.toFixed(1) : value.toFixed(value === 0 ? 0 : 2);
}

/** Short money for tables, without a currency sign: `14.0 M`, `950 k`, `0`. Three significant digits. */
export function shortMoney(valueMinor: number, currency: string): string {
  const value = majorUnits(Math.abs(valueMinor), currency);
  const sign = valueMinor < 0 ? MINUS : '';
  if (value >= 999_500_000) return `${sign}${threeDigits(value / 1e9)} bn`;
  if (value >= 999_500) return `${sign}${threeDigits(value / 1e6)} M`;
  if (value >= 1_000) return `${sign}${threeDigits(value / 1e3)} k`;
  return `${sign}${value === 0 ? '0' : Math.round(value) || '<1'}`;
}

/** The exact amount with its currency: `14,006,479.11 USD`. */
export function exactMoney(valueMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text.format(majorUnits(valueMinor, currency))} ${currency}`.replace('-', MINUS);
}

/** Points of 100 with one decimal: `48.9`. */
export function points(value: number): string {
  return value.toFixed(1);
}

/** The exact amount of a change, with its sign: `+96,525.85 USD`. */
export function signedMoney(deltaMinor: number, currency: string): string {
  return (deltaMinor > 0 ? '+' : '') + exactMoney(deltaMinor, currency);
}

/** A signed number with one decimal and a true minus: `+3.1`, `−0.4`, `0.0`. */
export function signed(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return (value > 0 ? '+' : MINUS) + text;
}

/** Grouped whole number: `2,357`. */
export function count(value: number): string {
  return new Intl.NumberFormat('en').format(value);
}

/** A share given in percent: `75.8 %`. */
export function percent(value: number, decimals = 1): string {
  return `${value.toFixed(decimals)} %`;
}

/** `1 alert`, `3 alerts`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** Words that are said letter by letter. */
const INITIALS = /\b(?:api|ces|csat|hhi|id|ltv|msa|nps|qbr|rfm|sla|sow)\b/gi;

/** `usage.login-days` as words: `usage: login days`; `churnRisk30` as `churn risk 30`; `feedback.csat` keeps CSAT. */
export function inWords(code: string): string {
  return code
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .replace(/\./g, ': ')
    .replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase())
    .replace(INITIALS, (word) => word.toUpperCase())
    .trim();
}

/** The same with a capital first letter. */
export function inTitle(code: string): string {
  const words = inWords(code);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Text cut to `limit` characters with an ellipsis. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
