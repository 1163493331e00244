import { AlertId, Id } from '@bellwether/events';
import Type, { type TProperties, type TSchema } from 'typebox';
import { Problem } from './schemas.ts';

/** Rows of a page unless the request says otherwise, and at most. */
export const PAGE_ROWS = 50;
export const MAX_PAGE_ROWS = 500;

/** A query: these parameters and no others. */
export const query = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** One of these texts. */
export const choice = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: values, description });

export const paging = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_PAGE_ROWS,
      description: `rows of the page, ${PAGE_ROWS} if not given`,
    }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 2_000, description: '`next` of the page before' })),
};
export const format = {
  format: Type.Optional(
    choice(['json', 'csv'], 'csv: the whole list as a file, whatever `limit` and `cursor` say'),
  ),
};

const tenant = { tenant: Id };
export const TenantParams = Type.Object(tenant);
export const CustomerParams = Type.Object({ ...tenant, customerId: Id });
const WrittenAlertId = Type.Unsafe<string>({
  ...AlertId,
  description: 'letters, digits and _ : . @ -, 1 to 300',
});
export const AlertParams = Type.Object({ ...tenant, alertId: WrittenAlertId });

/** What a route answers: this, or a problem. */
export const answers = <T extends TSchema>(schema: T, status: 200 | 202 = 200) => ({
  [status]: schema,
  '4xx': {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: Problem } },
  },
});
