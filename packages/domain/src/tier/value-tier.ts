import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { rankOf } from '../quantiles/rank-of.ts';
import { roundedRatio } from '../statistics/exact.ts';
import { type Ground, nameIn, type Verdict } from './verdict.ts';

/** Value tiers (S23, D4), the lowest first. */
export const VALUE_TIERS = ['basic', 'silver', 'gold', 'platinum'] as const;
export type ValueTier = (typeof VALUE_TIERS)[number];

/** Whether the CRM set the tier or the lifetime value did. */
export type TierSource = 'crm' | 'computed';
/** Enterprise is Platinum and Gold (D4), SMB all others. */
export type Segment = 'enterprise' | 'smb';
/** The two groups that are compared with each other (S80); Silver is in neither. */
export type ComparedSegment = 'high-value-enterprise' | 'basic-tier';

/** A value tier and where it comes from. */
export interface ValueTierVerdict extends Verdict<ValueTier> {
  readonly source: TierSource | null;
}

const PLACES: { readonly [T in ValueTier]: string } = {
  platinum: 'lifetime value among the top 0.5 %',
  gold: 'lifetime value among the top 2.5 %',
  silver: 'lifetime value among the top 25 %',
  basic: 'lifetime value below the top 25 %, or none',
};

const SET_BY_CRM: Ground = { code: 'set-by-crm', text: 'set by the CRM' };
const NO_VALUE: Ground = { code: 'no-value', text: 'neither an agreement nor a payment is known' };
const NO_BREAKPOINTS: Ground = { code: 'no-breakpoints', text: 'the tenant has no breakpoints yet' };
const FEW_CUSTOMERS: Ground = { code: 'few-customers', text: 'fewer than four customers have a known value' };

/**
 * The value tier (S23, D4): one that the CRM set wins, for people decided on it; without, or where the CRM names none
 * of the four, the percentile of the lifetime value among the tenant's customers. No value at all, or less, is Basic;
 * no tier below four customers (D14).
 * @param given.crmTier the tier of the profile as the CRM wrote it
 * @param given.ltvMinor lifetime value; null: neither agreements nor payments are known
 */
export function valueTierOf(
  given: { readonly crmTier: string | null; readonly ltvMinor: number | null },
  breakpoints: Breakpoints | null,
): ValueTierVerdict {
  const { crmTier, ltvMinor } = given;
  const named = crmTier === null ? null : nameIn(VALUE_TIERS, crmTier);
  if (named !== null) return { value: named, source: 'crm', grounds: [SET_BY_CRM] };
  const unknown: readonly Ground[] =
    crmTier === null
      ? []
      : [{ code: 'crm-tier-unknown', text: `the CRM's tier "${crmTier}" is none of the four` }];
  const open = (ground: Ground): ValueTierVerdict => ({
    value: null,
    source: null,
    grounds: [ground, ...unknown],
  });
  if (ltvMinor === null) return open(NO_VALUE);
  if (breakpoints === null) return open(NO_BREAKPOINTS);
  const rank = rankOf(breakpoints.ltvMinor, ltvMinor);
  const value = rank === null ? undefined : VALUE_TIERS[rank];
  if (value === undefined) return open(FEW_CUSTOMERS);
  return {
    value,
    source: 'computed',
    grounds: [{ code: `${value}-by-value`, text: PLACES[value] }, ...unknown],
  };
}

/** The segment of a tier (S23, D4); null where there is no tier. */
export function segmentOf(tier: ValueTier | null): Segment | null {
  if (tier === null) return null;
  return isEnterprise(tier) ? 'enterprise' : 'smb';
}

/** The compared group of a tier (S80); null where it is in neither. */
export function comparedSegmentOf(tier: ValueTier | null): ComparedSegment | null {
  if (tier === null || tier === 'silver') return null;
  return isEnterprise(tier) ? 'high-value-enterprise' : 'basic-tier';
}

/** Platinum and Gold (D4). */
export function isEnterprise(tier: ValueTier): boolean {
  return tier === 'platinum' || tier === 'gold';
}

const MILLION = 1_000_000;

/**
 * Share of a customer in the value of the portfolio as the breakpoints froze it (S24), in parts per million: 0.007 % is
 * 70, where hundredths of a percent would say 1. Nothing for a value that is not positive; at most all. Null where the
 * value is not known or the portfolio has none.
 */
export function contributionMillionthsOf(
  ltvMinor: number | null,
  breakpoints: Breakpoints | null,
): number | null {
  if (ltvMinor === null || breakpoints === null || breakpoints.portfolioMinor === '0') return null;
  if (ltvMinor <= 0) return 0;
  const share = roundedRatio(BigInt(MILLION) * BigInt(ltvMinor), BigInt(breakpoints.portfolioMinor));
  return Math.min(share, MILLION);
}
