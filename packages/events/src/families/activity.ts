import Type from 'typebox';
import { Id, ShortText } from '../ids.ts';

const Count = Type.Integer({ minimum: 1, maximum: 1_000_000 });

/** Product use (S64, S91). `userId` is pseudonymous. */
export const activityEvents = {
  'activity.login': Type.Object(
    { userId: Type.Optional(Id), channel: Type.Optional(ShortText) },
    { additionalProperties: false },
  ),
  'activity.feature-used': Type.Object(
    { feature: Id, userId: Type.Optional(Id), count: Type.Optional(Count) },
    { additionalProperties: false },
  ),
  /** A day's total as the source counted it; it adds to the day's use. */
  'activity.usage-reported': Type.Object(
    {
      count: Count,
      feature: Type.Optional(Id),
      activeUsers: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
      licensedSeats: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    },
    { additionalProperties: false },
  ),
} as const;
