import { ExchangeRates, type Fault, formatDay, parseDate, shortHash, shown } from '@bellwether/events';
import { parse } from 'csv-parse/sync';

/** A table of rates that can be used, or all that is wrong with it. */
export type ReadRates =
  | { readonly ok: true; readonly rates: ExchangeRates }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The table of the European Central Bank says what one euro was worth, and has no column for it. */
const EURO = 'EUR';
const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^\d{1,12}(?:\.\d{1,12})?$/;
/** What stands where nothing was published. */
const NOTHING = ['', 'N/A'];

/** A column of a currency. */
interface Column {
  readonly currency: string;
  readonly index: number;
}

interface Row {
  readonly day: number | undefined;
  readonly worths: readonly (string | null)[];
  readonly faults: readonly Fault[];
}

/**
 * Reads exchange rates from CSV in the form in which the European Central Bank publishes them (D23): `Date`, then a
 * column a currency; a row a day with what one euro was worth. A table in another base has a column `EUR`.
 */
export function readRates(text: string): ReadRates {
  const cells = cellsOf(text);
  if (typeof cells === 'string') return { ok: false, faults: [fault('the file', 'CSV (RFC 4180)', cells)] };
  const [header = [], ...lines] = cells;
  const columns = columnsOf(header);
  const rows = lines.map((line, index) => rowOf(line, index + 2, columns));
  const faults = [...headerFaults(header, columns), ...rows.flatMap((row) => row.faults), ...toldTwice(rows)];
  if (lines.length === 0) faults.push(fault('row 2', 'a day with its rates', 'no row'));
  if (faults.length > 0) return { ok: false, faults };
  const days = rows.flatMap(({ day, worths }) => (day === undefined ? [] : [{ day, worths }]));
  const newest = days.reduce((last, { day }) => Math.max(last, day), Number.NEGATIVE_INFINITY);
  const version = `${formatDay(newest)}-${shortHash(text)}`;
  const currencies = columns.map(({ currency }) => currency);
  if (currencies.includes(EURO)) return { ok: true, rates: new ExchangeRates({ version, currencies, days }) };
  const inEuro = days.map(({ day, worths }) => ({ day, worths: [...worths, '1'] }));
  const table = { version, currencies: [...currencies, EURO], days: inEuro };
  return { ok: true, rates: new ExchangeRates(table) };
}

/** What is wrong with the text where it is no CSV. */
function cellsOf(text: string): readonly (readonly string[])[] | string {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The first column is the day; a comma at the end of each line makes a last one without a name. */
function columnsOf(header: readonly string[]): readonly Column[] {
  return header.flatMap((currency, index) => (index > 0 && currency !== '' ? [{ currency, index }] : []));
}

function headerFaults(header: readonly string[], columns: readonly Column[]): Fault[] {
  const faults: Fault[] = [];
  if (header[0] !== 'Date') faults.push(fault('row 1', 'Date as the first column', header[0] ?? 'nothing'));
  if (columns.length === 0) faults.push(fault('row 1', 'a column for each currency', 'none'));
  for (const { currency, index } of columns) {
    const path = `row 1, column ${index + 1}`;
    if (!CURRENCY.test(currency)) faults.push(fault(path, 'an ISO 4217 code', currency));
    else if (header.indexOf(currency) < index) faults.push(fault(path, 'each currency once', currency));
  }
  return faults;
}

function rowOf(cells: readonly string[], number: number, columns: readonly Column[]): Row {
  const date = cells[0] ?? '';
  const day = parseDate(date);
  const faults = day === undefined ? [fault(`row ${number}, Date`, 'a date as YYYY-MM-DD', date)] : [];
  const worths = columns.map(({ currency, index }) => {
    const cell = cells[index] ?? '';
    if (NOTHING.includes(cell)) return null;
    if (RATE.test(cell) && Number(cell) > 0) return cell;
    faults.push(fault(`row ${number}, ${currency}`, 'a decimal number above 0, or N/A', cell));
    return null;
  });
  return { day, worths, faults };
}

function toldTwice(rows: readonly Row[]): readonly Fault[] {
  const seen = new Set<number>();
  return rows.flatMap(({ day }, index) => {
    if (day === undefined) return [];
    const isNew = !seen.has(day);
    seen.add(day);
    return isNew ? [] : [fault(`row ${index + 2}, Date`, 'each day once', formatDay(day))];
  });
}

function fault(path: string, expected: string, got: string): Fault {
  return { path, expected, got: shown(got) };
}
