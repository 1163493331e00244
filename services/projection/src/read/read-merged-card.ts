import { customerKey } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import { COLLECTIONS } from '../collections.ts';
import type { CustomerCard } from '../steps/fold-card.ts';
import { mergeCards } from '../steps/merge-cards.ts';

/** The cards of a customer and of those that were merged into it as one (N23). */
export async function readMergedCard(
  readModels: ReadModels,
  tenant: string,
  customerIds: readonly string[],
): Promise<CustomerCard | undefined> {
  const cards: CustomerCard[] = [];
  for (const customerId of customerIds) {
    const card = await readModels.get<CustomerCard>(COLLECTIONS.cards, customerKey(tenant, customerId));
    if (card !== undefined) cards.push(card);
  }
  return mergeCards(cards);
}
