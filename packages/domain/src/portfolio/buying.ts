import { publishable, roundedRatio } from '../statistics/exact.ts';
import { meanOf, tallyOf } from '../statistics/tally.ts';

/** How a customer bought in the last 365 days (S32): a transaction is a day with a payment; minor units. */
export interface Buying {
  readonly transactions: number;
  readonly paidMinor: number;
  /** The greatest transaction; null: there is none. */
  readonly greatestMinor: number | null;
  /** How unlike the transactions are, 0 to below 10000; null: nothing was paid. */
  readonly giniBasisPoints: number | null;
}

/** How the customers of a class bought. */
export interface BuyingSummary {
  readonly customers: number;
  /** Customers with a transaction. */
  readonly buyers: number;
  readonly transactions: number;
  /** Null: it passes 2^53. */
  readonly paidMinor: number | null;
  /** Transactions of one buyer, hundredths; null: there is no buyer. */
  readonly transactionsHundredths: number | null;
  /** Mean of all their transactions; null: there is none. */
  readonly meanMinor: number | null;
  readonly greatestMinor: number | null;
  /** Mean over the buyers who paid anything; null: there are none. */
  readonly giniBasisPoints: number | null;
}

/** Whether few great transactions or many small ones make up what customers pay (S32). Null: never bought. */
export function summariseBuying(customers: readonly (Buying | null)[]): BuyingSummary {
  const buyers = customers.filter((one): one is Buying => one !== null && one.transactions > 0);
  const { sum: transactions } = tallyOf(buyers, (one) => one.transactions);
  const { sum: paid } = tallyOf(buyers, ({ paidMinor }) => paidMinor);
  return {
    customers: customers.length,
    buyers: buyers.length,
    transactions: Number(transactions),
    paidMinor: publishable(paid),
    transactionsHundredths:
      buyers.length === 0 ? null : roundedRatio(100n * transactions, BigInt(buyers.length)),
    meanMinor: transactions === 0n ? null : roundedRatio(paid, transactions),
    greatestMinor: buyers.reduce<number | null>(
      (greatest, { greatestMinor }) =>
        greatestMinor === null ? greatest : Math.max(greatest ?? 0, greatestMinor),
      null,
    ),
    giniBasisPoints: meanOf(tallyOf(buyers, (one) => one.giniBasisPoints)),
  };
}
