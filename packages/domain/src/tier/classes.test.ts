import { describe, expect, it } from 'vitest';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf } from '../quantiles/test-support.ts';
import { revenueTierOf } from './revenue-tier.ts';
import { sizeBandOf } from './size-band.ts';
import { DAY, thousandCustomers } from './test-support.ts';
import { comparedSegmentOf, contributionMillionthsOf, segmentOf, valueTierOf } from './value-tier.ts';

const BREAKPOINTS = thousandCustomers();
const codes = (verdict: { readonly grounds: readonly { readonly code: string }[] }) =>
  verdict.grounds.map(({ code }) => code);

describe('value tier (S23, D4, D14)', () => {
  it.each([
    [1_000_00, 'platinum'],
    [996_00, 'platinum'],
    [995_99, 'gold'],
    [976_00, 'gold'],
    [975_99, 'silver'],
    [751_00, 'silver'],
    [750_99, 'basic'],
    [0, 'basic'],
    [-1, 'basic'],
  ])('of a lifetime value of %i is %s', (ltvMinor, tier) => {
    expect(valueTierOf({ crmTier: null, ltvMinor }, BREAKPOINTS)).toMatchObject({
      value: tier,
      source: 'computed',
    });
  });

  it.each(['Gold', ' GOLD ', 'gold'])('that the CRM set (%j) wins, even without breakpoints', (crmTier) => {
    for (const breakpoints of [BREAKPOINTS, null]) {
      const verdict = valueTierOf({ crmTier, ltvMinor: 1 }, breakpoints);
      expect(verdict).toMatchObject({ value: 'gold', source: 'crm' });
      expect(codes(verdict)).toEqual(['set-by-crm']);
    }
  });

  it('that the CRM names but nobody knows is told, and computed', () => {
    const verdict = valueTierOf({ crmTier: 'VIP', ltvMinor: 1_000_00 }, BREAKPOINTS);
    expect(verdict).toMatchObject({ value: 'platinum', source: 'computed' });
    expect(codes(verdict)).toEqual(['platinum-by-value', 'crm-tier-unknown']);
  });

  it('is never guessed', () => {
    const few = breakpointsOf([rowOf({ ltvMinor: 5 })], DAY);
    expect(codes(valueTierOf({ crmTier: null, ltvMinor: null }, BREAKPOINTS))).toEqual(['no-value']);
    expect(codes(valueTierOf({ crmTier: null, ltvMinor: 5 }, null))).toEqual(['no-breakpoints']);
    expect(codes(valueTierOf({ crmTier: null, ltvMinor: 5 }, few))).toEqual(['few-customers']);
    expect(valueTierOf({ crmTier: null, ltvMinor: 5 }, few)).toMatchObject({ value: null, source: null });
  });

  it('makes the segment (D4), and the two groups that are compared (S80)', () => {
    const tiers = ['platinum', 'gold', 'silver', 'basic', null] as const;
    expect(tiers.map(segmentOf)).toEqual(['enterprise', 'enterprise', 'smb', 'smb', null]);
    expect(tiers.map(comparedSegmentOf)).toEqual([
      'high-value-enterprise',
      'high-value-enterprise',
      null,
      'basic-tier',
      null,
    ]);
  });
});

describe('contribution (S24)', () => {
  it('is the share in the frozen portfolio, in parts per million', () => {
    const breakpoints = { ...BREAKPOINTS, portfolioMinor: '1000000' };
    expect(contributionMillionthsOf(830, breakpoints)).toBe(830);
    expect(contributionMillionthsOf(70, breakpoints)).toBe(70);
    expect(contributionMillionthsOf(-5, breakpoints)).toBe(0);
    expect(contributionMillionthsOf(9_000_000, breakpoints)).toBe(1_000_000);
  });

  it('is exact where the portfolio passes 2^53', () => {
    const breakpoints = { ...BREAKPOINTS, portfolioMinor: '90000000000000000000' };
    expect(contributionMillionthsOf(9_000_000_000_000_000, breakpoints)).toBe(100);
  });

  it('is not known without a value or a portfolio', () => {
    expect(contributionMillionthsOf(null, BREAKPOINTS)).toBeNull();
    expect(contributionMillionthsOf(5, null)).toBeNull();
    expect(contributionMillionthsOf(5, { ...BREAKPOINTS, portfolioMinor: '0' })).toBeNull();
  });
});

describe('revenue tier (S68)', () => {
  it.each([
    [1_000_00, 'T1'],
    [751_00, 'T1'],
    [750_99, 'T2'],
    [501_00, 'T2'],
    [500_99, 'T3'],
    [251_00, 'T3'],
    [250_99, 'T4'],
    [0, 'T4'],
  ])('of a predicted revenue of %i is %s', (predicted, tier) => {
    expect(revenueTierOf(predicted, BREAKPOINTS).value).toBe(tier);
  });

  it('is never guessed', () => {
    expect(codes(revenueTierOf(null, BREAKPOINTS))).toEqual(['no-predicted-revenue']);
    expect(codes(revenueTierOf(5, null))).toEqual(['no-breakpoints']);
    expect(codes(revenueTierOf(5, breakpointsOf([], DAY)))).toEqual(['few-customers']);
  });
});

describe('company size (S63)', () => {
  it.each([
    [0, 'small'],
    [49, 'small'],
    [50, 'medium'],
    [249, 'medium'],
    [250, 'large'],
    [999, 'large'],
    [1_000, 'enterprise'],
  ])('of %i employees is %s', (employees, band) => {
    expect(sizeBandOf({ sizeBand: null, employees }).value).toBe(band);
  });

  it('that the profile names wins; another name does not', () => {
    expect(sizeBandOf({ sizeBand: 'Large', employees: 3 })).toMatchObject({ value: 'large' });
    const other = sizeBandOf({ sizeBand: 'Mid-market', employees: 3 });
    expect(other.value).toBe('small');
    expect(codes(other)).toEqual(['size-by-employees', 'size-band-unknown']);
    expect(sizeBandOf({ sizeBand: null, employees: null })).toMatchObject({ value: null });
  });
});
