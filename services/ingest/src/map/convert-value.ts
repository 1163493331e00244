import { DAY_MS, isId, parseDate, parseInstant } from '@bellwether/events';
import { DateTime } from 'luxon';
import type { Conversion } from './map-schema.ts';
import { toMinorUnits } from './minor-units.ts';

export type Converted =
  | { readonly ok: true; readonly value: string | number | boolean }
  | { readonly ok: false; readonly expected: string };

export interface ConvertOptions {
  readonly as: Conversion;
  readonly format: string | undefined;
  readonly timeZone: string;
  readonly currency: string;
  /** Digits of the currency's minor unit. */
  readonly digits: number;
}

/** Distinct texts whose dates are remembered; a file has few of them, luxon needs 20 microseconds for each. */
const REMEMBERED_TEXTS = 20_000;

/** Makes the conversion of one field: a function from the text of a column to a value or to what was expected. */
export function converter(options: ConvertOptions): (text: string) => Converted {
  switch (options.as) {
    case 'text':
      return (text) => ({ ok: true, value: text });
    case 'id':
      return (text) =>
        isId(text) ? { ok: true, value: text } : no('an id: letters, digits and _ : . @ -, 1 to 128');
    case 'integer':
      return (text) => number(text, /^[+-]?\d{1,15}$/, 'a whole number');
    case 'number':
      return (text) => number(text, /^[+-]?\d{1,15}(\.\d{1,15})?$/, 'a number such as 4.5');
    case 'money':
      return (text) => {
        const value = toMinorUnits(text, options.digits);
        const expected = `an amount in ${options.currency} of at most 15 digits, ${options.digits} of them decimals, such as 1234.5`;
        return value === undefined ? no(expected) : { ok: true, value };
      };
    case 'boolean':
      return boolean;
    case 'date':
      return remembered((text) => dateOf(text, options));
    case 'instant':
      return remembered((text) => {
        const timeMs = instantOf(text, options);
        if (timeMs === undefined) return no(`an existing date and time, ${options.format ?? 'RFC 3339'}`);
        return { ok: true, value: new Date(timeMs).toISOString() };
      });
  }
}

function no(expected: string): Converted {
  return { ok: false, expected };
}

function number(text: string, pattern: RegExp, expected: string): Converted {
  return pattern.test(text) ? { ok: true, value: Number(text) } : no(expected);
}

function boolean(text: string): Converted {
  if (/^(true|yes|y|1)$/i.test(text)) return { ok: true, value: true };
  if (/^(false|no|n|0)$/i.test(text)) return { ok: true, value: false };
  return no('true or false, yes or no, 1 or 0');
}

function dateOf(text: string, { format }: ConvertOptions): Converted {
  if (format === undefined) {
    return parseDate(text) === undefined ? no('an existing date, YYYY-MM-DD') : { ok: true, value: text };
  }
  const date = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
  const expected = `an existing date, ${format}`;
  return date.isValid && date.year >= 1900 ? { ok: true, value: date.toFormat('yyyy-MM-dd') } : no(expected);
}

/** Epoch ms; a date without a time is the start of that day in the tenant's zone. */
function instantOf(text: string, { format, timeZone }: ConvertOptions): number | undefined {
  if (format !== undefined) {
    const time = DateTime.fromFormat(text, format, { zone: timeZone, locale: 'en' });
    return time.isValid && time.year >= 1900 ? time.toMillis() : undefined;
  }
  const day = parseDate(text);
  if (day === undefined) return parseInstant(text);
  return timeZone === 'UTC' ? day * DAY_MS : DateTime.fromISO(text, { zone: timeZone }).toMillis();
}

function remembered(convert: (text: string) => Converted): (text: string) => Converted {
  const known = new Map<string, Converted>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    if (known.size >= REMEMBERED_TEXTS) known.clear();
    const converted = convert(text);
    known.set(text, converted);
    return converted;
  };
}
