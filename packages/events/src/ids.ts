import Type from 'typebox';

/**
 * What an id may look like (tenant, customer, entity). Names that start with `@` are reserved, and the names that every
 * JavaScript object answers to are none, so that an id may be a key of a record.
 */
export const ID_PATTERN =
  '^(?!__|(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)' +
  '[A-Za-z0-9_:.@-]{1,128}$';
const idExpression = new RegExp(ID_PATTERN);

/** True when `text` may be used as an id. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && idExpression.test(text);
}

/** The pseudo-customer under which changes of the whole portfolio are published. */
export const PORTFOLIO_CUSTOMER_ID = '@portfolio';

/** Key of everything that must stay in one order for one customer: `tenant|customerId`. */
export function customerKey(tenant: string, customerId: string): string {
  return `${tenant}|${customerId}`;
}

export const Id = Type.String({
  pattern: ID_PATTERN,
  description: 'letters, digits and _ : . @ -, 1 to 128',
});

/** Largest amount of one event in minor units: 2,000 agreements of it still add up below 2^53. */
export const MAX_AMOUNT_MINOR = 4_000_000_000_000;

/**
 * Largest whole number that is not bounded by its meaning. Avro's libraries in JavaScript end one below 2^53 - 1, and a
 * number that one log takes and the other refuses would be no use.
 */
export const MAX_WHOLE_NUMBER = Number.MAX_SAFE_INTEGER - 1;

export const MinorUnits = Type.Integer({
  minimum: -MAX_AMOUNT_MINOR,
  maximum: MAX_AMOUNT_MINOR,
  description: 'money in minor units (cents)',
});
export const PositiveMinorUnits = Type.Integer({
  minimum: 0,
  maximum: MAX_AMOUNT_MINOR,
  description: 'minor units',
});
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code' });
export const EpochMs = Type.Integer({
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  description: 'epoch milliseconds',
});
/** Days since 1970-01-01 in the tenant's time zone. */
export const EpochDay = Type.Integer({
  minimum: -100_000,
  maximum: 200_000,
  description: 'days since 1970-01-01',
});
export const Slot = Type.Integer({ minimum: 0, maximum: 1023 });
/** A calendar date, `YYYY-MM-DD`, checked for existence by `validateEvent`. */
export const LocalDate = Type.String({ format: 'date', description: 'calendar date, YYYY-MM-DD' });
/** An instant, RFC 3339, checked for existence by `validateEvent`. */
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339 date-time with offset' });
export const ShortText = Type.String({ maxLength: 200 });
export const LongText = Type.String({ maxLength: 4_000 });
