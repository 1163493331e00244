import type { Tally } from '@bellwether/events';
import type { Engine } from '../../services/cli/src/engine.ts';
import { BENCH_TENANT } from './loaded-engine.ts';

/** What became of events: each is counted in exactly one of these. */
export interface Outcome {
  readonly scored: number;
  readonly duplicate: number;
  readonly quarantined: number;
}

/** What the accounting of the tenant says so far. */
export async function outcomeOf({ readModels }: Pick<Engine, 'readModels'>): Promise<Outcome> {
  const sumOf = async (collection: string, fields: readonly (keyof Tally)[]) => {
    const query = { group: BENCH_TENANT, sort: [], limit: 100 };
    const found = await readModels.find<{ tally: Tally }>(collection, query);
    return fields.map((field) => found.reduce((sum, { state }) => sum + state.tally[field], 0));
  };
  const [early = 0, refused = 0] = await sumOf('projection-ingest-tallies', ['duplicate', 'quarantined']);
  const fields = ['ok', 'duplicate', 'quarantined'] as const;
  const [scored = 0, duplicate = 0, quarantined = 0] = await sumOf('projection-scoring-tallies', fields);
  return { scored, duplicate: early + duplicate, quarantined: refused + quarantined };
}

/** What happened between two accounts. */
export function difference(after: Outcome, before: Outcome): Outcome {
  return {
    scored: after.scored - before.scored,
    duplicate: after.duplicate - before.duplicate,
    quarantined: after.quarantined - before.quarantined,
  };
}
