import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomerEventOf, DAY_MS, parseDate } from '@bellwether/events';

/** The CDNOW sample (Fader, Hardie and Lee 2005), as it lies in the examples. */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'examples', 'cdnow');

/** A row of the published summaries; weeks with two decimals, dollars. */
export interface SummaryRow {
  readonly customerId: string;
  readonly frequency: number;
  readonly recencyWeeks: number;
  readonly ageWeeks: number;
}

/** Customers frozen at 1997-09-30, as published. */
export function readSummary(): readonly SummaryRow[] {
  return rowsOf('cdnow_customers_summary.csv').map(([customerId = '', x, recency, age]) => ({
    customerId,
    frequency: Number(x),
    recencyWeeks: Number(recency),
    ageWeeks: Number(age),
  }));
}

/** Repeat transactions and their mean spend in minor units, as published. */
export function readSpend(): readonly { readonly frequency: number; readonly meanSpendMinor: number }[] {
  return rowsOf('cdnow_customers_summary_with_transactions.csv').map(([, x, , , mean]) => ({
    frequency: Number(x),
    meanSpendMinor: Math.round(Number(mean) * 100),
  }));
}

function rowsOf(file: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(','));
}

/** One purchase of the raw log. */
export interface Purchase {
  readonly customerId: string;
  readonly day: number;
  readonly amountMinor: number;
}

/** The raw log: 6,919 purchases, 1997-01-01 to 1998-06-30, in the order of the file. */
export function readPurchases(): readonly Purchase[] {
  const lines = readFileSync(join(FOLDER, 'CDNOW_sample.txt'), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [, sampleId, date = '', , dollars] = line.trim().split(/\s+/);
    return {
      customerId: String(Number(sampleId)),
      day: dayOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`),
      amountMinor: Math.round(Number(dollars) * 100),
    };
  });
}

/** Epoch day of a date that exists. */
export function dayOf(date: string): number {
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`${date} is no date`);
  return day;
}

/** The purchase as scoring gets it. */
export function paymentOf({ customerId, day, amountMinor }: Purchase): CustomerEventOf<'payment.paid'> {
  return {
    kind: 'event',
    tenant: 'cdnow',
    customerId,
    id: `${customerId}-${day}-${amountMinor}`,
    source: '/cdnow/purchases',
    type: 'payment.paid',
    time: day * DAY_MS,
    day,
    receivedAt: day * DAY_MS,
    historical: true,
    data: { amountMinor },
  };
}
