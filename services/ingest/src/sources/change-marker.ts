import { type Feed, type GapCause, isId } from '@bellwether/events';
import { isJsonRecord, type JsonRecord } from './message-parts.ts';

/** A change event without its data: the system knows that something changed, not what (N14). */
export interface ChangeMarker {
  readonly cause: Extract<GapCause, 'gap-marker' | 'overflow-marker'>;
  readonly changeType: string;
  readonly entityName: string;
  /** The records that are concerned; empty: any of the entity. */
  readonly recordIds: readonly string[];
  /** When the change was committed, epoch ms; undefined where that is not told. */
  readonly committedAt: number | undefined;
  /** Identity of the change among those of its system, where it has one. */
  readonly id: string | undefined;
}

/** Records that a marker is read of; with more, any of the entity may be concerned. */
const MAX_RECORDS = 200;
/** The id that stands for no record. */
const NO_RECORD = /^0+A*$/;

/**
 * The gap or overflow marker in a change event, as Salesforce's change data capture writes them: a `ChangeEventHeader`
 * (of the body, its `payload` or its `data`) whose `changeType` is `GAP_CREATE`, `GAP_UPDATE`, `GAP_DELETE`,
 * `GAP_UNDELETE` or `GAP_OVERFLOW`. Undefined for everything else.
 */
export function changeMarkerOf(value: unknown): ChangeMarker | undefined {
  const header = headerOf(value);
  const changeType = textOf(header?.changeType);
  if (header === undefined || !changeType?.startsWith('GAP_')) return undefined;
  const isOverflow = changeType === 'GAP_OVERFLOW';
  const { commitTimestamp, transactionKey, sequenceNumber } = header;
  const transaction = textOf(transactionKey);
  return {
    cause: isOverflow ? 'overflow-marker' : 'gap-marker',
    changeType,
    entityName: textOf(header.entityName) ?? '',
    recordIds: isOverflow ? [] : recordsOf(header.recordIds),
    committedAt: Number.isSafeInteger(commitTimestamp) ? (commitTimestamp as number) : undefined,
    id: transaction === undefined ? undefined : `${transaction}:${String(sequenceNumber).slice(0, 20)}`,
  };
}

/** The entities of a CRM by the feed that carries what is known of them. */
const FEEDS_OF_ENTITIES: { readonly [entityName: string]: Feed } = {
  Account: 'customer',
  Contact: 'contact',
  Opportunity: 'opportunity',
  OpportunityLineItem: 'opportunity',
  Contract: 'agreement',
  Order: 'agreement',
  OrderItem: 'agreement',
  ServiceContract: 'agreement',
  Case: 'ticket',
  Task: 'engagement',
  Event: 'engagement',
  Campaign: 'marketing',
  CampaignMember: 'marketing',
};

/** The feed that carries an entity; undefined where that is not known. */
export function feedOfEntity(entityName: string): Feed | undefined {
  return Object.hasOwn(FEEDS_OF_ENTITIES, entityName) ? FEEDS_OF_ENTITIES[entityName] : undefined;
}

/** The customers that records stand for: accounts are customers, other records only belong to some. */
export function accountsOf({ entityName, recordIds }: ChangeMarker): readonly string[] {
  return entityName === 'Account' ? recordIds : [];
}

function headerOf(value: unknown): JsonRecord | undefined {
  if (!isJsonRecord(value)) return undefined;
  for (const body of [value, value.payload, value.data]) {
    const header = isJsonRecord(body) ? (body.ChangeEventHeader ?? inPayload(body)) : undefined;
    if (isJsonRecord(header)) return header;
  }
  return undefined;
}

function inPayload({ payload }: JsonRecord): unknown {
  return isJsonRecord(payload) ? payload.ChangeEventHeader : undefined;
}

function recordsOf(ids: unknown): readonly string[] {
  if (!Array.isArray(ids) || ids.length > MAX_RECORDS) return [];
  const named = ids.filter((id): id is string => isId(id) && !id.startsWith('@') && !NO_RECORD.test(id));
  // One that cannot be named may be any.
  return named.length === ids.length ? [...new Set(named)] : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 80) : undefined;
}
