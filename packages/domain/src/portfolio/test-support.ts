import fc from 'fast-check';
import type { PortfolioRow, RenewalRow } from './portfolio-row.ts';

/** A customer of whom only what is given is known. */
export function givenRow(facts: Partial<PortfolioRow> = {}): PortfolioRow {
  return {
    customerId: 'acme',
    parentCustomerId: null,
    valueMinor: null,
    activeMinor: null,
    mrrMinor: null,
    mrrMonthStartMinor: null,
    velocityMinor: null,
    healthHundredths: null,
    healthBand: null,
    churnBasisPoints: null,
    churnBand: null,
    rfmHundredths: null,
    complexityHundredths: null,
    accountAgeDays: null,
    npsHundredths: null,
    npsDay: null,
    valueTier: null,
    segment: null,
    industry: null,
    sizeBand: null,
    engagementModel: null,
    owner: null,
    renewals: [],
    ...facts,
  };
}

/** Customers `c0`, `c1`, … with the facts in turn. */
export function givenRows(...facts: readonly Partial<PortfolioRow>[]): readonly PortfolioRow[] {
  return facts.map((fact, index) => givenRow({ customerId: `c${index}`, ...fact }));
}

/** Customers that differ by their value. */
export function worth(...values: readonly (number | null)[]): readonly PortfolioRow[] {
  return givenRows(...values.map((valueMinor) => ({ valueMinor })));
}

/** An agreement of whom only what is given is known. */
export function givenRenewal(agreementId: string, facts: Partial<RenewalRow> = {}): RenewalRow {
  return { agreementId, valueMinor: null, endDay: null, noticeDay: null, autoRenew: null, ...facts };
}

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 });
const amount = fc.oneof(
  fc.integer({ min: -500, max: 5_000 }),
  fc.integer({ min: Number.MAX_SAFE_INTEGER - 9, max: Number.MAX_SAFE_INTEGER }),
);
const someAmount = fc.integer({ min: 0, max: 100 });

/** Agreements in force around the day 20,000. */
export const anyRenewals = fc
  .array(
    fc.record({
      valueMinor: maybe(amount),
      endDay: maybe(fc.integer({ min: 19_950, max: 20_400 })),
      noticeDay: maybe(fc.integer({ min: 19_900, max: 20_400 })),
      autoRenew: maybe(fc.boolean()),
    }),
    { maxLength: 5 },
  )
  .map((list) => list.map((facts, index) => ({ agreementId: `A${index}`, ...facts })));

const anyFacts = fc.record({
  parentCustomerId: maybe(fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4', 'holding')),
  valueMinor: maybe(amount),
  activeMinor: maybe(amount),
  mrrMinor: maybe(someAmount),
  mrrMonthStartMinor: maybe(someAmount),
  velocityMinor: maybe(someAmount),
  healthHundredths: maybe(fc.integer({ min: 0, max: 10_000 })),
  churnBasisPoints: maybe(fc.integer({ min: 0, max: 10_000 })),
  churnBand: maybe(fc.constantFrom('low', 'medium', 'high')),
  rfmHundredths: maybe(fc.integer({ min: 100, max: 500 })),
  complexityHundredths: maybe(fc.integer({ min: 0, max: 10_000 })),
  accountAgeDays: maybe(fc.integer({ min: 0, max: 3_000 })),
  npsHundredths: maybe(fc.constantFrom(0, 6_000, 6_999, 7_000, 8_000, 9_000, 10_000)),
  npsDay: maybe(fc.integer({ min: 19_900, max: 20_100 })),
  valueTier: maybe(fc.constantFrom('platinum', 'gold', 'silver', 'basic')),
  segment: maybe(fc.constantFrom('enterprise', 'smb')),
  industry: maybe(fc.constantFrom('IT & Services', 'Financial Services', ' ')),
  sizeBand: maybe(fc.constantFrom('small', 'medium', 'large', 'enterprise')),
  engagementModel: maybe(fc.constantFrom('executive', 'automated')),
  owner: maybe(fc.constantFrom('Ada', 'Bo')),
  renewals: anyRenewals,
} as const);

/** Customers of whom everything, something or nothing is known, and the same in another order. */
export const anyRows: fc.Arbitrary<{
  readonly rows: readonly PortfolioRow[];
  readonly mixed: readonly PortfolioRow[];
}> = fc.array(anyFacts, { maxLength: 12 }).chain((facts) => {
  const rows = givenRows(...facts);
  const length = { minLength: rows.length, maxLength: rows.length };
  return fc.shuffledSubarray([...rows], length).map((mixed) => ({ rows, mixed }));
});
