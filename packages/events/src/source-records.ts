import type {
  ContextRecord,
  CustomerEvent,
  DayRecord,
  FeedStatuses,
  ReviewRecord,
  TenantSettings,
} from './customer-events.ts';
import type { GapCause } from './families/source.ts';
import type { Feed } from './feeds.ts';
import type { Fault, InputPosition, QuarantineReason, QuarantineRecord } from './quarantine.ts';

/** On `source-http` and `source-board`: an event that passed the edge, on disk before 202 was answered. */
export interface ReceivedEvent {
  readonly kind: 'received';
  readonly event: CustomerEvent;
}

/**
 * On the source topics of other systems: a message as its producer wrote it, its body read as far as its format goes.
 * What it means is judged by ingest.
 */
export interface SourceMessage {
  readonly kind: 'source-message';
  /** Transport headers in lower case: `content-type`, and in binary mode the CloudEvents attributes as `ce_<name>`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: SourceBody;
}

/** The body of a message: JSON as text, Avro as a value of the schema it was written with, or neither. */
export type SourceBody =
  | { readonly kind: 'json'; readonly text: string }
  | {
      readonly kind: 'avro';
      readonly schemaId: number;
      /** Full name of the schema's record. */
      readonly schemaName: string;
      readonly value: unknown;
      /** The bytes as they came. */
      readonly base64: string;
    }
  | {
      readonly kind: 'unreadable';
      /** `schema-break`: a registered schema, but not one that can be read as ours. The others are garbage. */
      readonly reason:
        | 'not-utf8'
        | 'bad-magic'
        | 'unknown-schema'
        | 'not-this-schema'
        | 'schema-break'
        | 'too-large';
      readonly detail: string;
      readonly base64: string;
    };

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
      readonly control: DayRecord | ContextRecord | ReviewRecord;
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
    }
  | {
      readonly kind: 'source-notice';
      readonly tenant: string;
      /** What a source tells of itself for the whole tenant. */
      readonly event: CustomerEvent;
      /** The feeds that it concerns. */
      readonly feeds: readonly Feed[];
      readonly at: number;
    };

/** On `ingest-redrives`: what waits in quarantine for its tenant, and what was given again. */
export type RedriveRecord =
  | { readonly kind: 'waiting'; readonly tenant: string; readonly entry: QuarantineRecord }
  | {
      readonly kind: 'redriven';
      readonly tenant: string;
      readonly quarantineId: string;
      /** Epoch ms. */
      readonly at: number;
    };

/**
 * On `resync-requests`: a source is asked to send again what may be missing, and then `source.resynced` for the same
 * customer with a time not before `through` (N14).
 */
export interface ResyncRequest {
  readonly kind: 'resync-request';
  readonly tenant: string;
  /** Null: all customers of the tenant. */
  readonly customerId: string | null;
  /** The id of the gap that it asks about. */
  readonly requestId: string;
  /** The source topic on which the gap was noticed. */
  readonly topic: string;
  /** CloudEvents source. */
  readonly source: string;
  readonly cause: GapCause;
  /** Null: everything that the source delivers. */
  readonly feed: Feed | null;
  /** Data may be missing between these two, epoch ms. */
  readonly since: number;
  readonly through: number;
  /** The records that the source itself named. */
  readonly entityName?: string;
  readonly recordIds?: readonly string[];
  /** The sequence numbers that are missing, both ends included. */
  readonly missingFrom?: number;
  readonly missingTo?: number;
  /** Epoch ms. */
  readonly requestedAt: number;
}
