import type { AccountingRecord, TopicName } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { COLLECTIONS } from '../collections.ts';
import { foldTally, type TallyDocument } from '../steps/fold-tally.ts';

/** An accounting topic: the newest totals of each (group, partition, tenant). */
function accountingTopology(options: {
  readonly name: string;
  readonly input: TopicName;
  readonly collection: string;
}): Topology<AccountingRecord, TallyDocument, null, never> {
  return {
    ...options,
    isInputCompacted: true,
    outputs: {},
    keyOf: ({ value }) => `${value.group}/${value.topic}/${value.partition}|${value.tenant}`,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record, state }) => ({ kind: 'ok', state: foldTally(state, record.value), outputs: [] }),
    indexOf: (state) => ({ group: state.tenant }),
  };
}

/** ingest-accounting: what became of every record ingest read. */
export const projectionIngestAccounting = accountingTopology({
  name: 'projection-ingest-accounting',
  input: 'ingest-accounting',
  collection: COLLECTIONS.ingestTallies,
});

/** scoring-accounting: what became of every event scoring read. */
export const projectionScoringAccounting = accountingTopology({
  name: 'projection-scoring-accounting',
  input: 'scoring-accounting',
  collection: COLLECTIONS.scoringTallies,
});
