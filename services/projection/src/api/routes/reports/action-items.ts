import { ACTION_STATES, type ActionItem, type ActionState, actionStateOf } from '@bellwether/domain';
import Type from 'typebox';
import type { TableRow } from '../../../read/table-row.ts';
import { placeOfItem, presentActionItem } from '../../../steps/present-action-items.ts';
import { choice } from '../../query.ts';
import { ActionItemReport, CustomerActionItem } from '../../report-schemas/action-items.ts';
import { listReport } from './list-report.ts';
import type { Report } from './report.ts';

/** An action item, and whose customer it is about. */
interface Placed {
  readonly customer: TableRow;
  readonly item: ActionItem;
  readonly state: ActionState;
  readonly place: readonly [state: number, dueDay: number];
}

/** What business reviews came to. */
export const ACTION_ITEM_REPORTS: readonly Report[] = [
  listReport({
    name: 'action-items',
    summary: 'What is to be done after business reviews: who until when, what is overdue first (S96)',
    parameters: {
      state: Type.Optional(choice(ACTION_STATES, 'only those that stand so; all if not given')),
      owner: Type.Optional(Type.String({ maxLength: 200, description: 'only those of this owner' })),
    },
    answer: ActionItemReport,
    item: CustomerActionItem,
    find: ({ table, view: { today } }, { state, owner }) => {
      const found = table
        .inOrder('value', 'desc')
        .flatMap((customer) =>
          customer.engagement.actionItems.map(
            (item): Placed => ({
              customer,
              item,
              state: actionStateOf(item, today),
              place: placeOfItem(item, today),
            }),
          ),
        )
        .filter((one) => (state ?? one.state) === one.state && (owner ?? one.item.owner) === one.item.owner);
      return { head: { counts: countsOf(found), byOwner: byOwner(found) }, found };
    },
    order: [({ place: [state] }) => state, ({ place: [, dueDay] }) => dueDay],
    idOf: ({ customer, item }) => `${customer.customerId} ${item.id}`,
    present: ({ customer, item }, { view: { today } }) => ({
      customerId: customer.customerId,
      name: customer.row.name,
      ...presentActionItem(item, today),
    }),
  }),
];

function countsOf(items: readonly Placed[]) {
  const count = (wanted: ActionState) => items.filter(({ state }) => state === wanted).length;
  return { overdue: count('overdue'), open: count('open'), done: count('done') };
}

/** Those with the most to answer for first, of equals by name, nobody last. */
function byOwner(items: readonly Placed[]) {
  const owners = Map.groupBy(items, ({ item: { owner } }) => owner);
  const names = [...owners.keys()].filter((owner) => owner !== null).sort();
  const rows = [...names, null].flatMap((owner) => {
    const own = owners.get(owner);
    return own === undefined ? [] : [{ owner, ...countsOf(own) }];
  });
  return rows.sort((a, b) => b.overdue - a.overdue || b.open - a.open);
}
