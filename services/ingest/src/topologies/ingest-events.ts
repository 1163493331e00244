import { isSourceNotice, type ReceivedEvent } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { buryRecord } from '../steps/bury-record.ts';
import { type EventOutput, forwardEvent, type TenantGate } from '../steps/forward-event.ts';
import { type FeedHead, NO_FEEDS, noteFeed, tellFeeds } from '../steps/note-feeds.ts';

export type EventsTopology = Topology<ReceivedEvent, null, FeedHead, EventOutput>;

/**
 * Accepted events on their way to `customer-events`: `ingest-http` for source systems, `ingest-board` for people.
 * @param name consumer group and source
 * @param gateOf what is known of a tenant now; ingest may look around, since its output is the log itself (design 1)
 */
export function ingestEventsTopology(
  name: 'ingest-http' | 'ingest-board',
  gateOf: (tenant: string) => TenantGate | undefined,
): EventsTopology {
  return {
    name,
    input: name === 'ingest-http' ? 'source-http' : 'source-board',
    outputs: {
      events: 'customer-events',
      quarantine: 'ingest-quarantine',
      clock: 'clock',
      resync: 'resync-requests',
      redrives: 'ingest-redrives',
      accounting: 'ingest-accounting',
    },
    collection: name,
    accounting: 'accounting',
    tenantOf: ({ event }) => (isSourceNotice(event.type) ? undefined : event.tenant),
    keyOf: () => undefined,
    headKeyOf: ({ event }) => event.tenant,
    initialHead: () => NO_FEEDS,
    evolveHead: (head, record) => noteFeed(head, record.value),
    step: ({ record }) => forwardEvent(record, gateOf(record.value.event.tenant)),
    deadLetter: (record, error) => buryRecord(record, error, record.value.event),
    indexOf: () => ({}),
    decideHead: async (head, tenant) => tellFeeds(head, tenant),
  };
}
