import { type ModelChoice, NO_CHOICE } from '@bellwether/domain';
import type { ReadModels } from '@bellwether/stream';
import { COLLECTIONS, MODELS_GROUP } from '../collections.ts';
import type { TenantModelsState } from '../steps/fold-models.ts';

/** What was chosen for a tenant (N6), as the partition that is ahead tells it. */
export async function readModelChoice(readModels: ReadModels, tenant: string): Promise<ModelChoice> {
  const found = await readModels.find<TenantModelsState>(COLLECTIONS.cards, {
    group: MODELS_GROUP,
    filter: { tenant: { $eq: tenant } },
    sort: [['version', -1]],
    limit: 1,
  });
  return found[0]?.state.choice ?? NO_CHOICE;
}
