import { ACTION_STATES, actionStateOf, type ActionItem as Kept } from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { ActionItem } from '../api/action-item-schemas.ts';

/** Items that are due on no day stand behind all others. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Where an item stands among others: what is overdue first, then what is open, each by the day on which it is due. */
export function placeOfItem(item: Kept, today: number): readonly [state: number, dueDay: number] {
  return [ACTION_STATES.indexOf(actionStateOf(item, today)), item.dueDay ?? NEVER];
}

/** An action item as it is answered. */
export function presentActionItem(item: Kept, today: number): ActionItem {
  const { id, engagementId, title, owner, dueDay, completedDay } = item;
  return {
    actionItemId: id,
    engagementId,
    title,
    owner,
    state: actionStateOf(item, today),
    dueDate: dueDay === null ? null : formatDay(dueDay),
    completedDate: completedDay === null ? null : formatDay(completedDay),
  };
}

/** All action items of a customer as they are answered, in their order. */
export function presentActionItems(items: readonly Kept[], today: number): ActionItem[] {
  const placed = items.map((item) => ({ item, place: placeOfItem(item, today) }));
  placed.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1]);
  return placed.map(({ item }) => presentActionItem(item, today));
}
