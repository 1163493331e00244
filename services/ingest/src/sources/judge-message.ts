import {
  acceptEvent,
  type CurrentRates,
  type CustomerEvent,
  type CustomerEventOf,
  type Feed,
  FUTURE_TOLERANCE_MS,
  type GapCause,
  isId,
  PORTFOLIO_CUSTOMER_ID,
  type QuarantineReason,
  type SourceMessage,
  shown,
  type TenantSettings,
} from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';
import type { Calendar } from '../tenants/calendar.ts';
import { accountsOf, type ChangeMarker, feedOfEntity } from './change-marker.ts';
import { type JsonRecord, type Refusal, whoseOf } from './message-parts.ts';
import { type ReadMessage, readMessage } from './read-message.ts';
import { type StreamPlace, streamPlaceOf } from './sequence-stream.ts';

/** What a message must know of its tenant. */
export interface SourceTenant {
  readonly settings: TenantSettings;
  /** Last day that stands in customer-events; the day at which a frozen tenant ends. */
  readonly day: number | null;
}

/** What judging needs besides the message. */
export interface JudgeParts {
  /** Undefined: no such tenant. Ingest may look around, since its output is the log itself (design 1). */
  readonly tenantOf: (tenant: string) => SourceTenant | undefined;
  readonly calendar: Calendar;
  readonly rates: CurrentRates;
}

/** What becomes of a message. */
export type Judgement =
  | {
      readonly kind: 'accepted';
      readonly event: CustomerEvent;
      /** Where its sequence is followed; undefined for most. */
      readonly place: StreamPlace | undefined;
      /** The tenant's local day (epoch day) of its receipt. */
      readonly receivedDay: number;
    }
  | {
      readonly kind: 'marker';
      readonly marker: ChangeMarker;
      /** One for each customer that is concerned, or one for all. */
      readonly gaps: readonly CustomerEventOf<'source.gap-detected'>[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A fault of ours. */
  | { readonly kind: 'failed'; readonly tenant: string | undefined; readonly error: unknown };

/** The header that marks what comes out of quarantine: the id of its entry there (N15). */
export const REDRIVEN_HEADER = 'bellwether-redriven';

/** Judges one message completely, at the time at which its record came. The same as over HTTP for the same event. */
export function judgeMessage(record: InputRecord<SourceMessage>, parts: JudgeParts): Judgement {
  try {
    return judge(record, parts);
  } catch (error) {
    return { kind: 'failed', tenant: whoseOf(record.key, record.value.headers).tenant, error };
  }
}

function judge(record: InputRecord<SourceMessage>, parts: JudgeParts): Judgement {
  const read = readMessage({ key: record.key, message: record.value });
  if (read.kind === 'refused') return read;
  const tenant = parts.tenantOf(read.tenant);
  if (tenant?.settings.clock === 'importing') {
    return refused(read, { reason: 'tenant-importing', expected: 'a tenant whose import is done' });
  }
  if (tenant === undefined) {
    const expected = 'a tenant that exists';
    return refused(read, { reason: 'unknown-tenant', path: '/tenant', expected, got: read.tenant });
  }
  return read.kind === 'marker'
    ? judgeMarker(record, read, { tenant, parts })
    : judgeEvent(record, read, { tenant, parts });
}

interface Around {
  readonly tenant: SourceTenant;
  readonly parts: JudgeParts;
}
type Read<Kind> = Extract<ReadMessage, { kind: Kind }>;

function judgeEvent(
  record: InputRecord<SourceMessage>,
  read: Read<'event'>,
  { tenant, parts }: Around,
): Judgement {
  const { settings, day } = tenant;
  const validation = acceptEvent(read.input, {
    tenant: read.tenant,
    settings,
    calendar: parts.calendar,
    receivedAt: record.timestampMs,
    historical: false,
    frozenDay: settings.clock === 'frozen' ? day : null,
    rates: parts.rates(),
  });
  if (!validation.ok) {
    const { reason, faults } = validation;
    return {
      kind: 'refused',
      refusal: { tenant: read.tenant, customerId: customerOf(read), reason, faults },
    };
  }
  const { partitionkey } = read.input;
  if (partitionkey !== undefined && !isId(partitionkey)) {
    const expected = 'an id: letters, digits and _ : . @ -, 1 to 128';
    return refused(read, { reason: 'not-a-cloudevent', path: '/partitionkey', expected, got: partitionkey });
  }
  const redriven = record.value.headers[REDRIVEN_HEADER];
  const event =
    redriven === undefined ? validation.event : { ...validation.event, redriven: redriven.slice(0, 300) };
  const receivedDay = parts.calendar.dayOf(settings.timeZone, record.timestampMs);
  return { kind: 'accepted', event, place: streamPlaceOf(event, read.input), receivedDay };
}

function judgeMarker(
  record: InputRecord<SourceMessage>,
  read: Read<'marker'>,
  { tenant, parts }: Around,
): Judgement {
  const { topic, partition, offset, timestampMs } = record;
  const { marker, input } = read;
  const time = instantOf(marker.committedAt, timestampMs);
  const day = parts.calendar.dayOf(tenant.settings.timeZone, time);
  if (tenant.settings.clock === 'frozen' && tenant.day !== null && day > tenant.day) {
    return refused(read, { reason: 'tenant-frozen', expected: 'a tenant whose history goes on' });
  }
  const source =
    typeof input.source === 'string' && input.source !== '' ? input.source.slice(0, 256) : `/${topic}`;
  const id =
    (typeof input.id === 'string' ? input.id.slice(0, 128) : marker.id) ?? `${topic}:${partition}:${offset}`;
  const customers = customersOf(read);
  const gaps = customers.map((customerId, index) => ({
    kind: 'event' as const,
    tenant: read.tenant,
    customerId,
    id: customers.length === 1 ? id : `${id}:${index}`,
    source,
    type: 'source.gap-detected' as const,
    time,
    day,
    receivedAt: timestampMs,
    historical: false,
    data: dataOf(marker),
  }));
  return { kind: 'marker', marker, gaps };
}

/** Named customers, or all: an overflow concerns everybody, and so does a record that nobody can tell the owner of. */
function customersOf({ marker, customerId, input }: Read<'marker'>): readonly string[] {
  if (marker.cause === 'overflow-marker') return [PORTFOLIO_CUSTOMER_ID];
  const accounts = accountsOf(marker);
  if (input.subject === undefined && accounts.length > 0) return accounts;
  return [customerId ?? PORTFOLIO_CUSTOMER_ID];
}

function dataOf({ cause, changeType, entityName }: ChangeMarker): {
  cause: GapCause;
  feed?: Feed;
  detail: string;
} {
  const feed = feedOfEntity(entityName);
  const detail = entityName === '' ? changeType : `${changeType} of ${entityName}`;
  return { cause, ...(feed === undefined ? {} : { feed }), detail };
}

/** When a change was committed, as far as that can be; a time that cannot is that of the message. */
function instantOf(committedAt: number | undefined, receivedAt: number): number {
  if (committedAt === undefined || committedAt < 0) return receivedAt;
  return committedAt > receivedAt + FUTURE_TOLERANCE_MS ? receivedAt : committedAt;
}

function refused(
  read: Read<'event' | 'marker'>,
  why: { reason: QuarantineReason; path?: string; expected: string; got?: unknown },
): Judgement {
  const { reason, path = '/', expected, got = read.tenant } = why;
  const faults = [{ path, expected, got: shown(got) }];
  return { kind: 'refused', refusal: { tenant: read.tenant, customerId: customerOf(read), reason, faults } };
}

function customerOf({ input }: { readonly input: JsonRecord }): string | null {
  return isId(input.subject) ? input.subject : null;
}
