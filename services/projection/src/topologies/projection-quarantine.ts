import type { QuarantineRecord, TopicName } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { COLLECTIONS } from '../collections.ts';
import { makeQuarantineEntries } from '../steps/make-quarantine-entries.ts';

/** A quarantine topic: entries only, no document. */
function quarantineTopology(options: {
  readonly name: string;
  readonly input: TopicName;
  readonly collection: string;
}): Topology<QuarantineRecord, never, null, never> {
  return {
    ...options,
    outputs: {},
    keyOf: () => undefined,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record }) => ({
      kind: 'ok',
      state: undefined,
      outputs: [],
      entries: makeQuarantineEntries(record.value),
    }),
    indexOf: () => ({}),
  };
}

/** ingest-quarantine: inputs that ingest refused. */
export const projectionIngestQuarantine = quarantineTopology({
  name: 'projection-ingest-quarantine',
  input: 'ingest-quarantine',
  collection: COLLECTIONS.ingestQuarantine,
});

/** scoring-quarantine: events that contradict what is known of their customer. */
export const projectionScoringQuarantine = quarantineTopology({
  name: 'projection-scoring-quarantine',
  input: 'scoring-quarantine',
  collection: COLLECTIONS.scoringQuarantine,
});
