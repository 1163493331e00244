import { isEnterprise, type ValueTier } from './value-tier.ts';
import { allOf, type Ground, type Verdict } from './verdict.ts';

/** The first year of an account: it is over on the day after this age. */
export const FIRST_YEAR_DAYS = 365;

/**
 * Whether a customer belongs to "First Year, First Class" (S84): Platinum or Gold, and at most 365 days old. Null where
 * it depends on something that is not known.
 * @param given.accountAgeDays days since the account began (S81); negative: it begins later, which is no first year yet
 */
export function firstYearOf(given: {
  readonly valueTier: ValueTier | null;
  readonly accountAgeDays: number | null;
}): Verdict<boolean> {
  const { valueTier, accountAgeDays } = given;
  const isTier = valueTier === null ? null : isEnterprise(valueTier);
  const isYoung = accountAgeDays === null ? null : accountAgeDays >= 0 && accountAgeDays <= FIRST_YEAR_DAYS;
  const value = allOf(isTier, isYoung);
  if (value === true)
    return {
      value,
      grounds: [{ code: 'first-year', text: `${accountAgeDays} days old and Platinum or Gold` }],
    };
  const wanted = value === null ? null : false;
  const grounds: Ground[] = [];
  if (isTier === wanted) {
    grounds.push(
      wanted === null
        ? { code: 'tier-not-known', text: 'the value tier is not known' }
        : { code: 'other-tier', text: 'neither Platinum nor Gold' },
    );
  }
  if (isYoung === wanted) {
    grounds.push(
      wanted === null
        ? { code: 'age-not-known', text: 'the age of the account is not known' }
        : { code: 'other-age', text: 'not in its first 365 days' },
    );
  }
  return { value, grounds };
}
