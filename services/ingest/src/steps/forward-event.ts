import {
  type Fault,
  formatDay,
  type QuarantineReason,
  type QuarantineRecord,
  type ReceivedEvent,
  shown,
} from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import { keptText } from '../sources/kept-original.ts';
import { waitForTenant } from './keep-waiting.ts';
import { routeEvent } from './route-event.ts';

/** The part of a tenant's state that may have changed since the edge accepted an event. */
export interface TenantGate {
  readonly clock: 'live' | 'importing' | 'frozen';
  readonly day: number | null;
}

export type EventOutput = 'events' | 'quarantine' | 'clock' | 'resync' | 'redrives' | 'accounting';

/**
 * Puts an accepted event on `customer-events`. The edge has validated it; only the tenant may have begun an import or
 * have been frozen since, which quarantines the event with its reason.
 */
export function forwardEvent(
  record: InputRecord<ReceivedEvent>,
  gate: TenantGate | undefined,
): StepResult<null, EventOutput> {
  const { event } = record.value;
  const refused = gate && refusalOf(record.value, gate);
  if (refused) return { kind: 'quarantined', outputs: quarantined(record, refused) };
  return { kind: 'ok', state: null, outputs: routeEvent(event, { topic: record.topic, feeds: [] }) };
}

interface Refusal {
  readonly reason: QuarantineReason;
  readonly faults: readonly Fault[];
}

function refusalOf({ event }: ReceivedEvent, gate: TenantGate): Refusal | undefined {
  if (gate.clock === 'importing') {
    const expected = 'a tenant whose import is done';
    return { reason: 'tenant-importing', faults: [{ path: '/', expected, got: shown(event.tenant) }] };
  }
  if (gate.clock !== 'frozen' || gate.day === null || event.day <= gate.day) return undefined;
  if (event.type === 'alert.acknowledged') return undefined; // actions of people go on after the history has ended
  const expected = `a day up to ${formatDay(gate.day)}, where this tenant is frozen`;
  return { reason: 'tenant-frozen', faults: [{ path: '/time', expected, got: shown(formatDay(event.day)) }] };
}

function quarantined(record: InputRecord<ReceivedEvent>, refusal: Refusal): readonly Output<EventOutput>[] {
  const { topic, partition, offset, value } = record;
  const { event } = value;
  const entry: QuarantineRecord = {
    kind: 'quarantined',
    tenant: event.tenant,
    quarantineId: `${topic}:${partition}:${offset}`,
    customerId: event.customerId,
    stage: 'ingest',
    ...refusal,
    position: { topic, partition, offset },
    ...keptText(JSON.stringify(event)),
    receivedAt: event.receivedAt,
  };
  return [{ output: 'quarantine', key: event.tenant, value: entry }, ...waitForTenant(entry)];
}
