import type { Conversion, CustomerEvent } from './customer-events.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { MAX_AMOUNT_MINOR } from './ids.ts';
import type { Fault } from './quarantine.ts';
import { formatDay, parseDate } from './time.ts';
import { shown } from './validate-event.ts';

/** The event in the currency of its tenant, or why it cannot be. */
export type Converted =
  | { readonly ok: true; readonly event: CustomerEvent }
  | { readonly ok: false; readonly fault: Fault };

/** What amounts that an event may tell have in common. */
interface Told {
  readonly currency?: string;
  readonly signedDate?: string;
  readonly effectiveDate?: string;
}

/**
 * An event of amounts in another currency than the tenant's, with these converted at the rate of the day on which they
 * were signed, else on which they take effect, else on which the event happened (D23). What came, the rate and the
 * version of the table stay with the event, so that a log that is read again needs no rates and gives the same scores.
 * @param rates null: there are none
 */
export function inCurrencyOf(currency: string, event: CustomerEvent, rates: ExchangeRates | null): Converted {
  const told = event.data as Told;
  if (told.currency === undefined || told.currency === currency) return { ok: true, event };
  const from = told.currency;
  const amounts = amountsOf(event);
  const day = dayOfRate(event, told);
  const rate = rates?.on(day, { from, to: currency });
  if (rates === null || rate === undefined) {
    const lack =
      rates === null ? 'no exchange rates are configured' : `there is no rate of it for ${formatDay(day)}`;
    return failure('currency', `${currency}, the currency of this tenant: ${lack}`, from);
  }
  const data: Record<string, unknown> = { ...event.data, currency };
  for (const { field, valueMinor } of amounts) {
    const converted = Number(rate.convert(valueMinor));
    if (Math.abs(converted) > MAX_AMOUNT_MINOR) {
      const expected = `an amount of which ${rate.text} times as much is at most ${MAX_AMOUNT_MINOR}`;
      return failure(field, expected, valueMinor);
    }
    data[field] = converted;
  }
  const conversion: Conversion = {
    currency: from,
    amounts,
    rate: rate.text,
    rateDay: rate.day,
    ratesVersion: rates.version,
  };
  // Only amounts and the currency differ, so `data` still belongs to the type of the event.
  return { ok: true, event: { ...event, data, conversion } as CustomerEvent };
}

/** The data of an event as it came, with amounts in the currency in which they were told. */
export function dataAsItCame({ data, conversion }: Pick<CustomerEvent, 'data' | 'conversion'>): object {
  if (conversion === undefined) return data;
  const { currency, amounts } = conversion;
  const came = amounts.map(({ field, valueMinor }) => [field, valueMinor]);
  return { ...data, currency, ...Object.fromEntries(came) };
}

/** The amounts of an event, by the fields that hold them. */
function amountsOf({ data }: CustomerEvent): Conversion['amounts'] {
  return Object.entries(data).flatMap(([field, value]) =>
    field.endsWith('Minor') && typeof value === 'number' ? [{ field, valueMinor: value }] : [],
  );
}

function dayOfRate({ day }: CustomerEvent, { signedDate, effectiveDate }: Told): number {
  const date = signedDate ?? effectiveDate;
  return (date === undefined ? undefined : parseDate(date)) ?? day;
}

function failure(field: string, expected: string, got: unknown): Converted {
  return { ok: false, fault: { path: `/data/${field}`, expected, got: shown(got) } };
}
