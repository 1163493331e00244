import { type CustomerEventOf, parseDate } from '@bellwether/events';
import { mergeById } from '../merging/merge-sorted.ts';
import { entityAt, placeOf, withEntity } from '../signals/entities.ts';
import { compareStamps, type Stamped, stampedBy } from './stamped.ts';

/** What is kept of a customer: the action items told of last. */
export const MAX_ACTION_ITEMS = 200;

/** What somebody is to do after a business review or another engagement (S96). */
export interface ActionItem {
  readonly id: string;
  readonly engagementId: string;
  readonly title: string;
  readonly owner: string | null;
  readonly dueDay: number | null;
  /** Null: it is to be done. */
  readonly completedDay: number | null;
}

/** An action item with the event that told it last. */
export interface StampedItem {
  readonly id: string;
  readonly told: Stamped<ActionItem>;
}

/** `overdue`: it was due before today. One that is due today, or on no day, is `open`. */
export const ACTION_STATES = ['overdue', 'open', 'done'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** How an action item stands on the tenant's date, epoch day. */
export function actionStateOf({ dueDay, completedDay }: ActionItem, today: number): ActionState {
  if (completedDay !== null) return 'done';
  return dueDay !== null && dueDay < today ? 'overdue' : 'open';
}

/**
 * Takes an action item as it is told now (S96): what was told last holds as a whole, so an item that is told again
 * without an owner has none, and one without a day of completion is to be done again. Of too many the one told of
 * longest ago is let go. The order of the events makes no difference.
 * @param items sorted by id
 * @returns the same reference when it was told later already
 */
export function evolveActionItems(
  items: readonly StampedItem[],
  event: CustomerEventOf<'engagement.action-item-recorded'>,
): readonly StampedItem[] {
  const { actionItemId: id, engagementId, title, owner, dueDate, completedDate } = event.data;
  const place = placeOf(items, id);
  const known = entityAt(items, place, id);
  const item: ActionItem = {
    id,
    engagementId,
    title,
    owner: owner ?? null,
    dueDay: dayOf(dueDate),
    completedDay: dayOf(completedDate),
  };
  const told: StampedItem = { id, told: stampedBy(event, item) };
  if (known !== undefined && laterItem(known, told) === known) return items;
  return withoutTooMany(withEntity(items, place, told));
}

/** The action items of two customers as those of one (N23). */
export function mergeActionItems(
  a: readonly StampedItem[],
  b: readonly StampedItem[],
): readonly StampedItem[] {
  let items = mergeById(a, b, laterItem);
  while (items.length > MAX_ACTION_ITEMS) items = withoutTooMany(items);
  return items;
}

/** The one that was told last; `known` (the same reference) when the other was not told later. */
function laterItem(known: StampedItem, other: StampedItem): StampedItem {
  // Two sources may use one id at one instant: then the greater text wins, so that there is always one answer.
  const order = compareStamps(other.told, known.told);
  if (order !== 0) return order > 0 ? other : known;
  return textOf(other.told[0]) > textOf(known.told[0]) ? other : known;
}

function dayOf(date: string | undefined): number | null {
  return date === undefined ? null : (parseDate(date) ?? null);
}

function withoutTooMany(items: readonly StampedItem[]): readonly StampedItem[] {
  if (items.length <= MAX_ACTION_ITEMS) return items;
  const [first, ...others] = items;
  let oldest = first;
  for (const item of others) if (oldest && compareStamps(item.told, oldest.told) < 0) oldest = item;
  return items.filter((item) => item !== oldest);
}

function textOf({ engagementId, title, owner, dueDay, completedDay }: ActionItem): string {
  return JSON.stringify([engagementId, title, owner, dueDay, completedDay]);
}
