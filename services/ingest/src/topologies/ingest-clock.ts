import type { ClockRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { advanceClock, type ClockParts, type ClockState, NO_TENANTS } from '../steps/advance-clock.ts';

export type ClockTopology = Topology<ClockRecord, ClockState, null, 'events'>;

/** The one document that holds every tenant's clock. */
export const CLOCK_COLLECTION = 'ingest-clock';
export const CLOCK_DOCUMENT = 'clock';

/** The tenants' clocks: one owner, because `clock` has one partition; ticks from anywhere only say that time passed. */
export function ingestClockTopology(parts: ClockParts): ClockTopology {
  return {
    name: 'ingest-clock',
    input: 'clock',
    outputs: { events: 'customer-events' },
    collection: CLOCK_COLLECTION,
    keyOf: () => CLOCK_DOCUMENT,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record, state }) => ({ kind: 'ok', ...advanceClock(state ?? NO_TENANTS, record.value, parts) }),
    indexOf: () => ({}),
  };
}
