import { basisPointsOf } from '../statistics/exact.ts';
import { tallyOf, totalOf } from '../statistics/tally.ts';
import { concentrationOfHolders, customerHolders, ranked, sharesOf } from './holders.ts';
import { classOf, type PortfolioRow, type Risk, riskOf, UNKNOWN } from './portfolio-row.ts';

/** How many relationships a key account programme may have (S17). */
export const FEWEST_KEY_ACCOUNTS = 10;
export const MOST_KEY_ACCOUNTS = 20;

/** One of the greatest customers, and what a programme would have to look after. */
export interface KeyAccount {
  readonly rank: number;
  readonly customerId: string;
  readonly valueMinor: number | null;
  readonly shareBasisPoints: number;
  readonly owner: string | null;
  readonly healthHundredths: number | null;
  readonly churnBasisPoints: number | null;
  readonly risk: Risk;
}

/** Why a programme is worth while: the portfolio depends on few, some have no manager, some are endangered. */
export type KeyAccountReason = 'concentrated' | 'without-owner' | 'at-risk';

/** The greatest relationships together, and what speaks for managing them apart (S14, S17). */
export interface KeyAccountReport {
  readonly accounts: readonly KeyAccount[];
  /** Their share in the number of customers, and in the value of all whose value is positive. */
  readonly customersBasisPoints: number | null;
  readonly valueBasisPoints: number;
  readonly withoutOwner: number;
  readonly atHighRisk: number;
  readonly valueAtHighRiskMinor: number | null;
  /** Empty: nothing speaks for a programme. */
  readonly reasons: readonly KeyAccountReason[];
}

/**
 * "Should we have key account management for the top?" (S14): the `count` (10..20) greatest customers by value.
 * Concentrated is a portfolio that has an alarm (D2), as has one whose index is not low: some customer holds a tenth.
 * @throws RangeError for a count outside of 10..20
 */
export function keyAccountsOf(rows: readonly PortfolioRow[], count: number): KeyAccountReport {
  if (!Number.isInteger(count) || count < FEWEST_KEY_ACCOUNTS || count > MOST_KEY_ACCOUNTS) {
    throw new RangeError(
      `a programme has ${FEWEST_KEY_ACCOUNTS} to ${MOST_KEY_ACCOUNTS} accounts, not ${count}`,
    );
  }
  const rowOf = new Map(rows.map((row) => [row.customerId, row]));
  const holders = ranked(customerHolders(rows));
  const total = holders.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const held = holders.slice(0, count).reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const accounts = sharesOf(holders, count).flatMap(
    ({ id, valueMinor, shareBasisPoints }, index): KeyAccount[] => {
      const row = rowOf.get(id);
      if (row === undefined) return [];
      const { owner, healthHundredths, churnBasisPoints } = row;
      const told = { rank: index + 1, customerId: id, valueMinor, shareBasisPoints };
      return [{ ...told, owner, healthHundredths, churnBasisPoints, risk: riskOf(row) }];
    },
  );
  const endangered = accounts.filter(({ risk }) => risk === 'high');
  const withoutOwner = accounts.filter(({ owner }) => classOf(owner) === UNKNOWN).length;
  const { alarms } = concentrationOfHolders(holders);
  const reasons: KeyAccountReason[] = [];
  if (alarms.length > 0) reasons.push('concentrated');
  if (withoutOwner > 0) reasons.push('without-owner');
  if (endangered.length > 0) reasons.push('at-risk');
  return {
    accounts,
    customersBasisPoints: basisPointsOf(BigInt(accounts.length), BigInt(rows.length)),
    valueBasisPoints: basisPointsOf(held, total) ?? 0,
    withoutOwner,
    atHighRisk: endangered.length,
    valueAtHighRiskMinor: totalOf(tallyOf(endangered, ({ valueMinor }) => valueMinor)),
    reasons,
  };
}
