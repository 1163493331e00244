import type { RedriveRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { keepWaiting, type RedriveState } from '../steps/keep-waiting.ts';

export type RedrivesTopology = Topology<RedriveRecord, RedriveState, null, never>;

/** Collection of the entries that wait for their tenant (its group) or were given again. */
export const REDRIVES_COLLECTION = 'ingest-redrives';

/** What waits in quarantine for its tenant: found by tenant until it was given again (N15, design 2). */
export const ingestRedrivesTopology: RedrivesTopology = {
  name: 'ingest-redrives',
  input: 'ingest-redrives',
  outputs: {},
  collection: REDRIVES_COLLECTION,
  keyOf: ({ value }) => (value.kind === 'waiting' ? value.entry.quarantineId : value.quarantineId),
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step: ({ record, state }) => ({
    kind: 'ok',
    state: keepWaiting(state, record.value, record.offset),
    outputs: [],
  }),
  indexOf: ({ tenant, waiting }) => (waiting === null ? {} : { group: tenant }),
};
