import { setImmediate } from 'node:timers/promises';
import { isMembershipEvent, Retrospect, type RetrospectRecord } from '@bellwether/domain';
import { type ContextRecord, type CustomerEvent, customerKey, partitionOf } from '@bellwether/events';
import type { EntryRow, Log, ReadModels } from '@bellwether/stream';
import { countsWithOthers, ProblemError } from '../api/problem.ts';
import { ENTRIES, tenantKey } from '../collections.ts';
import { type ControlEntry, contextId } from '../steps/make-control-entries.ts';
import { type EventEntry, eventOfEntry } from '../steps/make-event-entry.ts';
import { allEntries } from './read-entries.ts';

/** Events of one customer that a question about the past goes through. */
export const MOST_EVENTS = 20_000;
/** Days and contexts of a tenant: some decades. */
const MOST_CONTROLS = 100_000;
/** Records taken before others have their turn: some milliseconds. */
const TURN = 200;

interface Customer {
  readonly tenant: string;
  readonly customerId: string;
}

/**
 * All that scoring saw of a customer, in the order of its partition: its events and what the log told of the tenant.
 * @throws ProblemError 409 for a customer of more than `MOST_EVENTS` events, for one that was ever merged
 * into another, and for a read model of before
 */
export async function readCustomerLog(
  deps: { readonly readModels: ReadModels; readonly log: Pick<Log, 'partitions'> },
  customer: Customer,
): Promise<readonly RetrospectRecord[]> {
  // Events first: whatever stands before an event in the log is in the read model by then.
  const events = await readEvents(deps.readModels, customer);
  const group = tenantKey(customer.tenant, partitionOfCustomer(deps.log, customer));
  const controls = await allEntries<ControlEntry>(
    deps.readModels,
    { collection: ENTRIES.controls, group },
    MOST_CONTROLS,
  );
  const contexts = await allEntries<ContextRecord>(
    deps.readModels,
    { collection: ENTRIES.contexts, group: customer.tenant },
    MOST_CONTROLS,
  );
  refuseOutdated(events, contexts);
  if (events.some(({ value }) => isMembershipEvent(value))) throw countsWithOthers(customer.customerId);
  const byId = new Map(contexts.map(({ id, value }) => [id, value]));
  const placed = [
    ...events.map(({ value }) => ({ at: value.position, record: eventOfEntry(value, customer) })),
    ...controls.map(({ order, value }) => ({ at: order, record: recordOf(value, customer.tenant, byId) })),
  ];
  return placed.sort((one, other) => one.at - other.at).map(({ record }) => record);
}

/** Takes records one after the other; between two turns the process does something else. */
export async function takeRecords(records: readonly RetrospectRecord[]): Promise<Retrospect> {
  const retrospect = new Retrospect();
  for (const [index, record] of records.entries()) {
    retrospect.take(record);
    if (index % TURN === TURN - 1) await setImmediate();
  }
  return retrospect;
}

/** True for an event, as opposed to what holds for all customers of the tenant. */
export function isEvent(record: RetrospectRecord): record is CustomerEvent {
  return record.kind === 'event';
}

function partitionOfCustomer(log: Pick<Log, 'partitions'>, { tenant, customerId }: Customer): number {
  return partitionOf(customerKey(tenant, customerId), log.partitions('customer-events'));
}

async function readEvents(
  readModels: ReadModels,
  { tenant, customerId }: Customer,
): Promise<readonly EntryRow<EventEntry>[]> {
  const from = { collection: ENTRIES.events, group: customerKey(tenant, customerId) };
  const events = await allEntries<EventEntry>(readModels, from, MOST_EVENTS + 1);
  if (events.length <= MOST_EVENTS) return events;
  const detail = `Customer ${customerId} has more than ${MOST_EVENTS} events, too many to go through again.`;
  throw new ProblemError(409, 'too-many-events', { detail });
}

/** A read model from before looking back has no places of events, and nothing of what the log told of tenants. */
function refuseOutdated(
  events: readonly EntryRow<Partial<EventEntry>>[],
  contexts: readonly EntryRow<ContextRecord>[],
): void {
  const isWhole = events.every(({ value }) => value.position !== undefined);
  if (isWhole && contexts.some(({ value }) => value.item === 'settings')) return;
  const detail = 'The read model is older than the rules that look back; rebuild it from the log.';
  throw new ProblemError(409, 'read-model-outdated', { detail });
}

function recordOf(
  entry: ControlEntry,
  tenant: string,
  contexts: ReadonlyMap<string, ContextRecord>,
): RetrospectRecord {
  if (entry.kind !== 'context') return entry;
  const id = contextId(tenant, entry);
  const context = contexts.get(id);
  // Both are written together, the content first.
  if (context === undefined) throw new RangeError(`the read model has no content of context ${id}`);
  return context;
}
