import { type CustomerEventOf, parseDate } from '@bellwether/events';
import { entityAt, placeOf, withEntity } from '../signals/entities.ts';
import { type ActionItem, MAX_ACTION_ITEMS, type StampedItem } from './engagement-list.ts';
import { compareStamps, stampedBy } from './stamped.ts';

/**
 * Takes an action item as it is told now (S96): what was told last holds as a whole, so an item that is told again
 * without an owner has none.
 *
 * @returns the same reference when it was told later already; undefined when it would be one item too many
 */
export function evolveActionItems(
  items: readonly StampedItem[],
  event: CustomerEventOf<'engagement.action-item-recorded'>,
): readonly StampedItem[] | undefined {
  const { actionItemId: id, engagementId, title, owner, dueDate } = event.data;
  const place = placeOf(items, id);
  const known = entityAt(items, place, id);
  if (known === undefined && items.length >= MAX_ACTION_ITEMS) return undefined;
  const dueDay = dueDate === undefined ? null : (parseDate(dueDate) ?? null);
  const item: ActionItem = { id, engagementId, title, owner: owner ?? null, dueDay };
  const told = stampedBy(event, item);
  if (known !== undefined) {
    // Two sources may use one id at one instant: then the greater text wins, so that there is always one answer.
    const order = compareStamps(told, known.told);
    if (order < 0 || (order === 0 && textOf(item) <= textOf(known.told[0]))) return items;
  }
  return withEntity(items, place, { id, told });
}

function textOf({ engagementId, title, owner, dueDay }: ActionItem): string {
  return JSON.stringify([engagementId, title, owner, dueDay]);
}
