import type { ReadModels } from '@bellwether/stream';
import type { Accounting } from '../api/schemas.ts';
import { COLLECTIONS } from '../collections.ts';
import { addAccounts } from '../steps/add-accounts.ts';
import type { TallyDocument } from '../steps/fold-tally.ts';

/** What became of everything that was ever accepted for a tenant (guarantee 1). */
export async function readAccounting(readModels: ReadModels, tenant: string): Promise<Accounting> {
  const all = { group: tenant, sort: [], limit: 100_000 };
  // scoring first: what it has counted was counted by ingest before, so the second read covers the first
  const scoring = await readModels.find<TallyDocument>(COLLECTIONS.scoringTallies, all);
  const ingest = await readModels.find<TallyDocument>(COLLECTIONS.ingestTallies, all);
  return addAccounts(
    ingest.map(({ state }) => state.tally),
    scoring.map(({ state }) => state.tally),
  );
}
