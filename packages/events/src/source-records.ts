import type {
  ContextRecord,
  CustomerEvent,
  DayRecord,
  FeedStatuses,
  TenantSettings,
} from './customer-events.ts';
import type { Feed } from './event-types.ts';
import type { Fault, InputPosition, QuarantineReason } from './quarantine.ts';

/** On `source-http` and `source-board`: an event that passed the edge, on disk before 202 was answered. */
export interface ReceivedEvent {
  readonly kind: 'received';
  readonly event: CustomerEvent;
}

/** On `source-import`: an importing tenant's history in order of event time, written by one importer. */
export type ImportRecord =
  | ImportBegin
  | ImportRow
  | ImportBadRow
  | {
      readonly kind: 'import-control';
      readonly tenant: string;
      readonly importId: string;
      readonly ordinal: number;
      readonly control: DayRecord | ContextRecord;
    }
  | ImportEnd;

/** The first record of an import: what is imported, into which tenant, under which settings. */
export interface ImportBegin {
  readonly kind: 'import-begin';
  readonly tenant: string;
  readonly importId: string;
  readonly ordinal: number;
  readonly fileName: string;
  readonly contentHash: string;
  readonly mapVersion: string;
  readonly until: number | null;
  readonly settings: TenantSettings;
  readonly at: number;
}
/** One good event of an import. */
export interface ImportRow {
  readonly kind: 'import-row';
  readonly tenant: string;
  readonly importId: string;
  readonly ordinal: number;
  readonly event: CustomerEvent;
}
/** One row that is no event, with its place and faults; it counts like any other. */
export interface ImportBadRow {
  readonly kind: 'import-bad-row';
  readonly tenant: string;
  readonly importId: string;
  readonly ordinal: number;
  readonly reason: QuarantineReason;
  readonly faults: readonly Fault[];
  readonly position: InputPosition;
  readonly original: string;
  readonly receivedAt: number;
}
/** The last record of an import: where the tenant's clock stands from now on. */
export interface ImportEnd {
  readonly kind: 'import-end';
  readonly tenant: string;
  readonly importId: string;
  readonly ordinal: number;
  /** The tenant's clock afterwards: frozen at `day`, or live from `day`. */
  readonly settings: TenantSettings;
  readonly day: number;
  readonly feeds: FeedStatuses;
  readonly at: number;
}

/** On `clock` (one partition): what the owner of the tenants' clocks reads. */
export type ClockRecord =
  | { readonly kind: 'tick'; readonly at: number }
  | {
      readonly kind: 'feed-seen';
      readonly tenant: string;
      readonly feed: Feed;
      readonly day: number;
      readonly at: number;
    }
  | {
      readonly kind: 'tenant';
      readonly tenant: string;
      readonly settings: TenantSettings;
      /** The last day that stands in customer-events; null for a tenant that begins now. */
      readonly day: number | null;
      readonly feeds: FeedStatuses;
      readonly at: number;
    };
