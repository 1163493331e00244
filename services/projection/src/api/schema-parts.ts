import Type, { type TSchema } from 'typebox';

/** A value that may be unknown. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** Integer minor units. */
export const Money = Type.Integer({ description: 'integer minor units of `currency`' });
/** 0..100 with two decimals. */
export const Points = Type.Number({ minimum: 0, maximum: 100 });
/** A calendar date. */
export const Day = Type.String({ description: 'YYYY-MM-DD in the tenant time zone' });
/** A point in time. */
export const Instant = Type.String({ description: 'RFC 3339' });
/** A page of a list. */
export const page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Nullable(Type.String({ description: 'cursor of the next page' })),
  });
