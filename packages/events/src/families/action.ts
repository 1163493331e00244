import Type from 'typebox';
import { ShortText } from '../ids.ts';

/** Id of an alert: `<rule>:<customerId>:<cause>:<episode>`, unique within its tenant. */
export const AlertId = Type.String({ pattern: '^[A-Za-z0-9_:.@-]{1,300}$' });

/** What people do at the board; these events go the way of every other (design: people are source systems). */
export const actionEvents = {
  'alert.acknowledged': Type.Object(
    { alertId: AlertId, actor: ShortText, note: Type.Optional(ShortText) },
    { additionalProperties: false },
  ),
} as const;
