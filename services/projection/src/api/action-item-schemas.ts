import Type, { type Static } from 'typebox';
import { Day, Nullable } from './schema-parts.ts';

/** What somebody is to do after a business review or another engagement, as it was told last (S96). */
export const ActionItem = Type.Object({
  actionItemId: Type.String(),
  engagementId: Type.String(),
  title: Type.String(),
  owner: Nullable(Type.String({ description: 'who is to do it; null: nobody was named' })),
  state: Type.String({
    description: 'done; overdue: it was due before the date of the tenant; open: neither',
  }),
  dueDate: Nullable(Day),
  completedDate: Nullable(Day),
});
export type ActionItem = Static<typeof ActionItem>;
