import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { Amount, Count, reportOf } from './report-parts.ts';

/** How the customers of a class bought in the last 365 days; a transaction is a day with a payment (S32). */
export const BuyingGroup = Type.Object({
  group: Type.String(),
  customers: Count,
  buyers: Type.Integer({ description: 'customers with a transaction' }),
  transactions: Count,
  paidMinor: Amount,
  transactionsHundredths: Nullable(
    Type.Integer({
      description: 'transactions of one buyer, hundredths: 2.5 is 250; null: there is no buyer',
    }),
  ),
  meanMinor: Nullable(Type.Integer({ description: 'mean transaction, minor units; null: there is none' })),
  greatestMinor: Nullable(
    Type.Integer({ description: 'greatest transaction, minor units; null: there is none' }),
  ),
  giniBasisPoints: Nullable(
    Type.Integer({
      description:
        'mean over the buyers of how unlike the transactions of one are: 0 all alike, near 10000 one has all; null: ' +
        'nobody paid anything',
    }),
  ),
});
/** Few great transactions or many small ones, by class (S32). */
export const TransactionReport = reportOf({
  by: Type.String(),
  days: Type.Integer({ description: 'how far back is looked, today included' }),
  groups: Type.Array(BuyingGroup),
});
export type TransactionReport = Static<typeof TransactionReport>;
