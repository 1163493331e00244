import Type, { type TObject, type TProperties } from 'typebox';
import { Day, Nullable } from '../schema-parts.ts';

/** What every report begins with. */
export const reportHead = {
  asOf: Day,
  currency: Type.String({ description: 'of all money in the report' }),
};
/** A report. */
export const reportOf = <T extends TProperties>(properties: T) =>
  Type.Object({ ...reportHead, ...properties });
/** A report that is a list of rows, page by page. */
export const listReportOf = <Item extends TObject, T extends TProperties>(item: Item, properties: T) =>
  reportOf({
    ...properties,
    items: Type.Array(item),
    next: Nullable(Type.String({ description: 'cursor of the next page' })),
  });

export const Count = Type.Integer({ minimum: 0 });
/** A sum or a mean of money. */
export const Amount = Nullable(
  Type.Integer({
    description: 'integer minor units of `currency`; null: known of none of them, or past 2^53',
  }),
);
/** A part of a whole. */
export const Share = Type.Integer({ description: 'basis points: 10000 is all' });
export const MaybeShare = Nullable(
  Type.Integer({ description: 'basis points: 10000 is all; null: there is no whole, or nothing is known' }),
);
export const MaybeHealth = Nullable(
  Type.Integer({ description: 'health, hundredths of 0..100; null: not scorable' }),
);
export const MaybeChurn = Nullable(
  Type.Integer({ description: 'churn probability, basis points; null: not scorable' }),
);
export const MaybeDay = Nullable(Day);
export const Name = Nullable(Type.String({ description: 'null: never told' }));
export const Owner = Nullable(Type.String({ description: 'account manager; null: never told' }));
export const Risk = Type.String({
  description: 'high (health below 50 or a high churn band), medium, low, or unknown',
});

/** How much of the value few hold (S5, D2). */
export const Concentrated = Type.Object({
  hhiTenths: Type.Integer({ description: 'sum of squared percentage shares, 0..10000, in tenths' }),
  band: Type.String({ description: 'low, moderate or high' }),
  alarms: Type.Array(Type.String({ description: 'single-customer or top-5' })),
  top1BasisPoints: Share,
  top5BasisPoints: Share,
  top10BasisPoints: Share,
  top20BasisPoints: Share,
});

/** A customer, or all customers of one parent, with its part of the value of all whose value is positive. */
export const Holder = Type.Object({
  id: Type.String({ description: 'of the customer, or of the parent, which need not be a customer' }),
  name: Name,
  customers: Count,
  greatestCustomerId: Nullable(Type.String()),
  greatestCustomerName: Name,
  valueMinor: Amount,
  shareBasisPoints: Share,
});

/** Rank correlation after Spearman (S12). */
export const Correlation = Type.Object({
  coefficient: Nullable(
    Type.Integer({ description: 'ten-thousandths, -10000 (opposite order) to 10000 (same order)' }),
  ),
  pairs: Count,
  reason: Nullable(
    Type.String({ description: 'why there is no coefficient: too-few (below three), or no-variation' }),
  ),
});
