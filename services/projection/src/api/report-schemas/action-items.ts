import Type, { type Static } from 'typebox';
import { ActionItem } from '../action-item-schemas.ts';
import { Count, listReportOf, Name, Owner } from './report-parts.ts';

const counts = { overdue: Count, open: Count, done: Count };
export const CustomerActionItem = Type.Object({
  customerId: Type.String(),
  name: Name,
  ...ActionItem.properties,
});
/** What business reviews came to: who is to do what until when (S96). */
export const ActionItemReport = listReportOf(CustomerActionItem, {
  counts: Type.Object(counts, { description: 'items on all pages' }),
  byOwner: Type.Array(Type.Object({ owner: Owner, ...counts }), {
    description: 'those with the most overdue first; of owner null nobody was named',
  }),
});
export type ActionItemReport = Static<typeof ActionItemReport>;
