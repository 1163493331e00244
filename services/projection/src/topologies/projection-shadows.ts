import { customerKey, type ShadowScores } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { COLLECTIONS } from '../collections.ts';
import { type CustomerShadows, foldShadows } from '../steps/fold-shadows.ts';

/** shadow-scores: health of each customer by the models that are tried, as told last. */
export const projectionShadows: Topology<ShadowScores, CustomerShadows, null, never> = {
  name: 'projection-shadows',
  input: 'shadow-scores',
  outputs: {},
  collection: COLLECTIONS.shadows,
  keyOf: ({ value }) => customerKey(value.tenant, value.customerId),
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step: ({ record }) => ({ kind: 'ok', state: foldShadows(record.value), outputs: [] }),
  indexOf: ({ tenant }) => ({ group: tenant }),
};
