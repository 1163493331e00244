import Type from 'typebox';
import type { AccountingRecord, Tally } from '../accounting.ts';
import type { ContextRecord, DayRecord, ReviewRecord } from '../customer-events.ts';
import { GAP_CAUSES } from '../families/source.ts';
import { FEEDS } from '../feeds.ts';
import { EpochDay, EpochMs, Id } from '../ids.ts';
import { type Fault, type InputPosition, QUARANTINE_REASONS, type QuarantineRecord } from '../quarantine.ts';
import type {
  ClockRecord,
  ImportRecord,
  ReceivedEvent,
  RedriveRecord,
  ResyncRequest,
} from '../source-records.ts';
import {
  CONTEXT_SCHEMA,
  DAY_SCHEMA,
  FEED_STATUSES_SCHEMA,
  REVIEW_SCHEMA,
  SETTINGS_SCHEMA,
} from './control-schemas.ts';
import { CUSTOMER_EVENT_SCHEMA } from './customer-event-schemas.ts';
import { describes, nullable, taggedInside } from './shapes.ts';

const FAULT_SCHEMA = describes<Fault>()(
  Type.Object({ path: Type.String(), expected: Type.String(), got: Type.String() }, { title: 'Fault' }),
);
const POSITION_SCHEMA = describes<InputPosition>()(
  Type.Object(
    {
      file: Type.Optional(Type.String()),
      row: Type.Optional(Type.Integer()),
      topic: Type.Optional(Type.String()),
      partition: Type.Optional(Type.Integer()),
      offset: Type.Optional(Type.Integer()),
    },
    { title: 'InputPosition', description: 'A file and row, or a topic position.' },
  ),
);
const Reason = Type.Enum(QUARANTINE_REASONS);
const Faults = Type.Array(FAULT_SCHEMA);

/** The value of a record on the quarantine topics. */
export const QUARANTINE_SCHEMA = describes<QuarantineRecord>()(
  Type.Object(
    {
      kind: Type.Literal('quarantined'),
      tenant: Id,
      quarantineId: Type.String(),
      customerId: nullable(Type.String()),
      stage: Type.Enum(['ingest', 'scoring']),
      reason: Reason,
      faults: Faults,
      position: POSITION_SCHEMA,
      original: Type.String({ description: 'the input as it came' }),
      encoding: Type.Enum(['utf8', 'base64']),
      receivedAt: EpochMs,
      key: Type.Optional(Type.String()),
      headers: Type.Optional(Type.Record(Type.String(), Type.String())),
      schemaId: Type.Optional(Type.Integer()),
      truncated: Type.Optional(Type.Boolean({ description: 'only the beginning of the original is kept' })),
    },
    { title: 'Quarantined', description: 'An input that was wrong, with everything needed to mend it.' },
  ),
);

const TALLY_SCHEMA = describes<Tally>()(
  Type.Object(
    { ok: Type.Integer(), duplicate: Type.Integer(), quarantined: Type.Integer() },
    { title: 'Tally', description: 'Totals since the beginning.' },
  ),
);

/** The value of a record on the accounting topics. */
export const ACCOUNTING_SCHEMA = describes<AccountingRecord>()(
  Type.Object(
    {
      kind: Type.Literal('tally'),
      group: Type.String(),
      topic: Type.String(),
      partition: Type.Integer(),
      tenant: Id,
      tally: TALLY_SCHEMA,
    },
    { title: 'Accounting' },
  ),
);

/** The value of a record on `source-http` and `source-board`. */
export const RECEIVED_EVENT_SCHEMA = describes<ReceivedEvent>()(
  Type.Object({ kind: Type.Literal('received'), event: CUSTOMER_EVENT_SCHEMA }, { title: 'ReceivedEvent' }),
);

const imported = { tenant: Id, importId: Type.String() };
const ordinal = Type.Integer({ description: 'place of the record in its import, 1..n' });

/** The value of a record on `source-import`. */
export const IMPORT_SCHEMA = describes<ImportRecord>()(
  taggedInside('ImportRecord', 'kind', {
    begin: Type.Object(
      {
        kind: Type.Literal('import-begin'),
        ...imported,
        fileName: Type.String(),
        contentHash: Type.String(),
        mapVersion: Type.String(),
        until: nullable(EpochMs),
        settings: SETTINGS_SCHEMA,
        at: EpochMs,
        ordinal,
      },
      { title: 'ImportBegin' },
    ),
    row: Type.Object(
      { kind: Type.Literal('import-row'), ...imported, event: CUSTOMER_EVENT_SCHEMA, ordinal },
      { title: 'ImportRow' },
    ),
    badRow: Type.Object(
      {
        kind: Type.Literal('import-bad-row'),
        ...imported,
        reason: Reason,
        faults: Faults,
        original: Type.String(),
        position: POSITION_SCHEMA,
        receivedAt: EpochMs,
        ordinal,
      },
      { title: 'ImportBadRow' },
    ),
    control: Type.Object(
      {
        kind: Type.Literal('import-control'),
        ...imported,
        control: describes<DayRecord | ContextRecord | ReviewRecord>()(
          taggedInside('ImportedControl', 'kind', {
            day: DAY_SCHEMA,
            context: CONTEXT_SCHEMA,
            review: REVIEW_SCHEMA,
          }),
        ),
        ordinal,
      },
      { title: 'ImportControl' },
    ),
    end: Type.Object(
      {
        kind: Type.Literal('import-end'),
        ...imported,
        settings: SETTINGS_SCHEMA,
        day: EpochDay,
        feeds: FEED_STATUSES_SCHEMA,
        at: EpochMs,
        ordinal,
      },
      { title: 'ImportEnd' },
    ),
  }),
);

/** The value of a record on `ingest-redrives`. */
export const REDRIVE_SCHEMA = describes<RedriveRecord>()(
  taggedInside('RedriveRecord', 'kind', {
    waiting: Type.Object(
      { kind: Type.Literal('waiting'), tenant: Id, entry: QUARANTINE_SCHEMA },
      { title: 'Waiting', description: 'An input that waits in quarantine for its tenant.' },
    ),
    redriven: Type.Object(
      { kind: Type.Literal('redriven'), tenant: Id, quarantineId: Type.String(), at: EpochMs },
      { title: 'Redriven', description: 'An input that was given again.' },
    ),
  }),
);

/** The value of a record on `resync-requests`. */
export const RESYNC_REQUEST_SCHEMA = describes<ResyncRequest>()(
  Type.Object(
    {
      kind: Type.Literal('resync-request'),
      tenant: Id,
      customerId: nullable(Id),
      requestId: Type.String(),
      topic: Type.String({ description: 'source topic of the gap' }),
      source: Type.String({ description: 'CloudEvents source' }),
      cause: Type.Enum(GAP_CAUSES),
      feed: nullable(Type.Enum(FEEDS)),
      since: EpochMs,
      through: EpochMs,
      entityName: Type.Optional(Type.String()),
      recordIds: Type.Optional(Type.Array(Type.String())),
      missingFrom: Type.Optional(Type.Integer()),
      missingTo: Type.Optional(Type.Integer()),
      requestedAt: EpochMs,
    },
    { title: 'ResyncRequest', description: 'A source is asked to send again what may be missing.' },
  ),
);

/** The value of a record on `clock`. */
export const CLOCK_SCHEMA = describes<ClockRecord>()(
  taggedInside('ClockRecord', 'kind', {
    tick: Type.Object({ kind: Type.Literal('tick'), at: EpochMs }, { title: 'Tick' }),
    feedSeen: Type.Object(
      {
        kind: Type.Literal('feed-seen'),
        tenant: Id,
        feed: Type.Enum(FEEDS),
        day: EpochDay,
        at: EpochMs,
      },
      { title: 'FeedSeen' },
    ),
    tenant: Type.Object(
      {
        kind: Type.Literal('tenant'),
        tenant: Id,
        settings: SETTINGS_SCHEMA,
        day: nullable(EpochDay),
        feeds: FEED_STATUSES_SCHEMA,
        at: EpochMs,
      },
      { title: 'Tenant' },
    ),
    sourceNotice: Type.Object(
      {
        kind: Type.Literal('source-notice'),
        tenant: Id,
        event: CUSTOMER_EVENT_SCHEMA,
        feeds: Type.Array(Type.Enum(FEEDS)),
        at: EpochMs,
      },
      { title: 'SourceNotice', description: 'A source tells of itself for a whole tenant.' },
    ),
  }),
);
