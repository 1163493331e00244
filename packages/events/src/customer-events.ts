import type { Census } from './census.ts';
import type { EventData, EventType } from './event-types.ts';
import type { Feed } from './feeds.ts';
import type { ToldModels } from './models.ts';
import type { TransferRecord } from './transfers.ts';

/** Amounts that came in another currency than their tenant's, and by what they were converted (D23). */
export interface Conversion {
  /** Of the amounts as they came. */
  readonly currency: string;
  /** As they came, in minor units of that currency, by field of `data`. */
  readonly amounts: readonly { readonly field: string; readonly valueMinor: number }[];
  /** How many of the tenant's currency one of that one was worth: decimal text, rounded to 8 places. */
  readonly rate: string;
  /** Epoch day that the rate was published for. */
  readonly rateDay: number;
  /** Of the table of rates. */
  readonly ratesVersion: string;
}

/**
 * One event on `customer-events`: accepted, validated, stamped with its local day by ingest.
 * `time`, `receivedAt` are epoch milliseconds; `day` is the epoch day of `time` in the tenant's zone.
 */
export interface CustomerEventOf<T extends EventType> {
  readonly kind: 'event';
  readonly tenant: string;
  readonly customerId: string;
  /** CloudEvents id; identity is (tenant, source, id). */
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly time: number;
  readonly day: number;
  readonly receivedAt: number;
  /** Loaded by an import: states are built from it, nothing is delivered. */
  readonly historical: boolean;
  /** The source's own sequence per entity, if it has one. */
  readonly sequence?: number;
  readonly data: EventData<T>;
  /** Id of the quarantine entry that it was re-driven from; received when that was done (N15). */
  readonly redriven?: string;
  /** The amounts of `data` are converted ones (D23). */
  readonly conversion?: Conversion;
}
/** Distributes over the types, so that `event.type` narrows `event.data`. */
export type CustomerEvent = { [T in EventType]: CustomerEventOf<T> }[EventType];

/** A day has begun in the tenant's zone, for customers whose slot is in [slotFrom, slotTo]. */
export interface DayRecord {
  readonly kind: 'day';
  readonly tenant: string;
  readonly day: number;
  /** Epoch milliseconds at which the day starts in the tenant's zone. */
  readonly startsAt: number;
  readonly slotFrom: number;
  readonly slotTo: number;
  readonly receivedAt: number;
  readonly historical: boolean;
  /** The portfolio is counted as the day begins; told with the last range of its slots. */
  readonly isCounted?: boolean;
}

/** As `day`, at the tenant's present date, when something must not wait for the next day. */
export interface ReviewRecord {
  readonly kind: 'review';
  readonly tenant: string;
  readonly version: number;
  readonly slotFrom: number;
  readonly slotTo: number;
  readonly receivedAt: number;
  /** The portfolio is counted as it stands now. */
  readonly isCounted?: boolean;
}

/** Wall-clock progress while any tenant is live. */
export interface MinuteRecord {
  readonly kind: 'minute';
  readonly asOf: number;
}

/** Whether a feed of a tenant still delivers. */
export interface FeedStatus {
  readonly status: 'fresh' | 'stale';
  /** Epoch day of the feed's newest event when the status was told. */
  readonly lastDay: number;
  /** Its source has lost some of it for the whole tenant: data may be missing since then, epoch ms (N14). */
  readonly missingSince?: number;
}
/** A feed that is not named has never delivered anything. */
export type FeedStatuses = { readonly [F in Feed]?: FeedStatus };

/** What holds for a whole tenant: one currency, one time zone, the state of its clock. */
export interface TenantSettings {
  readonly currency: string;
  readonly timeZone: string;
  /** Generated data; shown wherever the tenant is shown. */
  readonly synthetic: boolean;
  readonly clock: 'live' | 'importing' | 'frozen';
}

interface ContextOf<Item extends string, Value> {
  readonly kind: 'context';
  readonly tenant: string;
  readonly item: Item;
  /** Only ever grows per (tenant, item); an older or equal one is ignored. */
  readonly version: number;
  readonly receivedAt: number;
  readonly value: Value;
}
/** One item of what scores depend on besides a customer's own events. */
export type ContextRecord =
  | ContextOf<'settings', TenantSettings>
  | ContextOf<'feeds', FeedStatuses>
  | ContextOf<'census', Census>
  | ContextOf<'models', ToldModels>;

export type ControlRecord = DayRecord | ReviewRecord | MinuteRecord | ContextRecord;
/** The value of every record on `customer-events`. */
export type CustomerEventsRecord = CustomerEvent | ControlRecord | TransferRecord;
