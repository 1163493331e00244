import { inCurrencyOf } from './convert-amounts.ts';
import type { CustomerEvent, TenantSettings } from './customer-events.ts';
import { isSourceNotice } from './event-types.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { PORTFOLIO_CUSTOMER_ID } from './ids.ts';
import type { Fault, QuarantineReason } from './quarantine.ts';
import { formatDay } from './time.ts';
import { shown, type Validation, validateEvent } from './validate-event.ts';

/** Largest single event, bytes of its JSON or Avro. */
export const MAX_EVENT_BYTES = 262_144;
/** How far ahead of this machine's clock an event time may lie: five minutes, for clocks that disagree. */
export const FUTURE_TOLERANCE_MS = 300_000;

/** What an event is accepted under. */
export interface AcceptanceContext {
  readonly tenant: string;
  readonly settings: TenantSettings;
  /** `dayOf`: epoch day of an instant (epoch ms) in a time zone. */
  readonly calendar: { dayOf(timeZone: string, timeMs: number): number };
  readonly receivedAt: number;
  readonly historical: boolean;
  /** Last day (epoch day) that an event may fall on; null: no such limit. */
  readonly frozenDay: number | null;
  /** By which amounts in other currencies are converted (D23); null: they are refused. */
  readonly rates: ExchangeRates | null;
}

/**
 * Checks one CloudEvent completely: its schema, then what depends on the tenant (reserved names, time), and converts
 * what it tells in another currency (D23).
 * The one gate of every edge. Never throws on any input that came from `JSON.parse`.
 */
export function acceptEvent(input: unknown, context: AcceptanceContext): Validation {
  const { tenant, settings, calendar, receivedAt, historical, rates } = context;
  const validation = validateEvent(withoutPrototypes(input), {
    tenant,
    receivedAt,
    historical,
    dayOf: (timeMs) => calendar.dayOf(settings.timeZone, timeMs),
  });
  if (!validation.ok) return validation;
  const wrong = tenantFault(validation.event, context);
  if (wrong !== undefined) return wrong;
  const converted = inCurrencyOf(settings.currency, validation.event, rates);
  return converted.ok ? converted : rejected('currency-not-convertible', converted.fault);
}

/** True for what people do at the board: it is not part of the history that a tenant's clock bounds. */
function isAction(event: CustomerEvent): boolean {
  return event.type.startsWith('alert.');
}

function tenantFault(event: CustomerEvent, context: AcceptanceContext): Validation | undefined {
  const { customerId } = event;
  const isForAll = customerId === PORTFOLIO_CUSTOMER_ID && (isAction(event) || isSourceNotice(event.type));
  if (customerId.startsWith('@') && !isForAll) {
    return rejected(
      'not-a-cloudevent',
      fault('/subject', 'an id that does not start with @ (reserved)', customerId),
    );
  }
  if (event.type === 'customer.merged' && event.data.into.startsWith('@')) {
    const expected = 'an id that does not start with @ (reserved)';
    return rejected('invalid-data', fault('/data/into', expected, event.data.into));
  }
  if (event.time > context.receivedAt + FUTURE_TOLERANCE_MS) {
    const latest = new Date(context.receivedAt + FUTURE_TOLERANCE_MS).toISOString();
    return rejected(
      'future-time',
      fault('/time', `a time up to ${latest}`, new Date(event.time).toISOString()),
    );
  }
  if (context.frozenDay !== null && event.day > context.frozenDay && !isAction(event)) {
    const expected = `a day up to ${formatDay(context.frozenDay)}, where this tenant is frozen`;
    return rejected('tenant-frozen', fault('/time', expected, formatDay(event.day)));
  }
  return undefined;
}

function fault(path: string, expected: string, got: string): Fault {
  return { path, expected, got: shown(got) };
}

function rejected(reason: QuarantineReason, found: Fault): Validation {
  return { ok: false, reason, faults: [found] };
}

/** Names that mean something to every JavaScript object. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype'];

/** Drops own keys of reserved names, which JSON may carry; the schemas of events have no deeper level than `data`. */
function withoutPrototypes(input: unknown): unknown {
  const event = withoutPrototype(input);
  if (!isRecord(event)) return event;
  const data = withoutPrototype(event.data);
  return data === event.data ? event : { ...event, data };
}

function withoutPrototype(value: unknown): unknown {
  if (!isRecord(value) || !RESERVED_NAMES.some((name) => Object.hasOwn(value, name))) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !RESERVED_NAMES.includes(name)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
