import { formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import {
  type ActionItem,
  actionStateOf,
  evolveActionItems,
  MAX_ACTION_ITEMS,
  type StampedItem,
} from './action-items.ts';

const TODAY = 19_998;
type Item = Parameters<typeof evolveActionItems>[1];
const item = (on: number, title: string, more: Partial<Item['data']> = {}): Item =>
  given('engagement.action-item-recorded', on, {
    id: `${on} ${title} ${more.actionItemId ?? ''}`,
    data: { engagementId: 'q', actionItemId: 'i', title, ...more },
  }) as Item;
const after = (events: readonly Item[]) =>
  events.reduce<readonly StampedItem[]>((items, event) => evolveActionItems(items, event), []);
const itemsAfter = (events: readonly Item[]) => after(events).map(({ told: [told] }) => told);

describe('an action item (S96)', () => {
  it('is as it was told last, as a whole', () => {
    const told = [
      item(TODAY - 3, 'send roadmap', { owner: 'kim', dueDate: formatDay(TODAY + 10) }),
      item(TODAY - 1, 'send the roadmap', { dueDate: formatDay(TODAY + 20) }),
    ];
    for (const events of [told, told.toReversed()]) {
      expect(itemsAfter(events)).toEqual([
        {
          id: 'i',
          engagementId: 'q',
          title: 'send the roadmap',
          owner: null,
          dueDay: TODAY + 20,
          completedDay: null,
        },
      ]);
    }
  });

  it('is done once it is told with the day on which it was, until it is told without', () => {
    const done = item(TODAY - 2, 'plan', { completedDate: formatDay(TODAY - 2) });
    expect(itemsAfter([item(TODAY - 9, 'plan'), done])[0]?.completedDay).toBe(TODAY - 2);
    expect(itemsAfter([done, item(TODAY, 'plan')])[0]?.completedDay).toBeNull();
  });

  it('is overdue from the day after it was due', () => {
    const due = (dueDay: number | null, completedDay: number | null = null): ActionItem => ({
      id: 'i',
      engagementId: 'q',
      title: 'x',
      owner: null,
      dueDay,
      completedDay,
    });
    expect(actionStateOf(due(TODAY - 1), TODAY)).toBe('overdue');
    expect(actionStateOf(due(TODAY), TODAY)).toBe('open');
    expect(actionStateOf(due(null), TODAY)).toBe('open');
    expect(actionStateOf(due(TODAY - 9, TODAY - 1), TODAY)).toBe('done');
  });

  it('is let go when there are too many and nothing was told of it for longest, in whatever order they come', () => {
    const events = Array.from({ length: MAX_ACTION_ITEMS + 5 }, (_, index) =>
      item(TODAY - index, 'x', { actionItemId: `i-${index}` }),
    );
    const again = item(TODAY, 'told again', { actionItemId: `i-${MAX_ACTION_ITEMS + 4}` });
    const all = [...events, again];
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        expect(after(order)).toEqual(after(all));
      }),
      { numRuns: 20 },
    );
    const kept = itemsAfter(all).map(({ id }) => id);
    expect(kept).toHaveLength(MAX_ACTION_ITEMS);
    expect(kept).toContain(`i-${MAX_ACTION_ITEMS + 4}`);
    expect(kept).not.toContain(`i-${MAX_ACTION_ITEMS - 1}`);
  });

  it('is answered with the same list when it was told later already', () => {
    const items = after([item(TODAY, 'plan')]);
    expect(evolveActionItems(items, item(TODAY - 1, 'old plan'))).toBe(items);
    expect(evolveActionItems(items, item(TODAY, 'plan'))).toBe(items);
  });
});
