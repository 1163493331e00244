import { AGREEMENT_TYPES, type Reason, type ScoreDecision } from '@bellwether/events';
import { isActiveStatus, lastDayOf, type Standing } from '../agreements/agreement-status.ts';
import { apportion } from '../money/apportion.ts';

/** What complexity is made of, by name: points at most, in hundredths (D1). */
export const COMPLEXITY_WEIGHTS = { types: 4_000, renewalDates: 3_000, paymentTerms: 3_000 } as const;
const MEDIUM_FROM = 3_400;
const HIGH_FROM = 6_700;

export type ComplexityBand = 'low' | 'medium' | 'high' | 'no-agreements';

/** Complexity in hundredths of a point of 100; the three parts sum exactly to the value. */
export interface Complexity {
  /** Null: no active agreement, nothing to be complex. */
  readonly value: number | null;
  readonly band: ComplexityBand;
  readonly types: number;
  readonly renewalDates: number;
  readonly paymentTerms: number;
  readonly distinctTypes: number;
  readonly distinctRenewalDates: number;
  readonly distinctPaymentTerms: number;
  readonly activeAgreements: number;
  /** The feed of agreements is silent: there may be others by now, and another band (N2). Absent: it is not. */
  readonly isSpoilt?: true;
}

/**
 * Relationship complexity over the active agreements (S3, D1): 40 x types + 30 x renewal-date spread + 30 x
 * payment-term spread, each (distinct - 1) / (n - 1) with n the active agreements, for types the known types. Values
 * that were never told are not distinct from anything; n = 1 gives 0.
 */
export function complexityOf(standings: readonly Standing[]): Complexity {
  const types = new Set<string>();
  const dates = new Set<number>();
  const terms = new Set<string>();
  let count = 0;
  for (const { agreement, status } of standings) {
    if (!isActiveStatus(status)) continue;
    count += 1;
    const lastDay = lastDayOf(agreement.terms);
    if (agreement.terms.agreementType !== null) types.add(agreement.terms.agreementType);
    if (lastDay !== null) dates.add(lastDay);
    if (agreement.terms.paymentTerms !== null) terms.add(agreement.terms.paymentTerms);
  }
  const parts = [
    COMPLEXITY_WEIGHTS.types * spread(types.size, AGREEMENT_TYPES.length),
    COMPLEXITY_WEIGHTS.renewalDates * spread(dates.size, count),
    COMPLEXITY_WEIGHTS.paymentTerms * spread(terms.size, count),
  ];
  const value = Math.round(parts.reduce((a, b) => a + b, 0));
  const [typePoints = 0, datePoints = 0, termPoints = 0] = apportion(parts, value);
  return {
    value: count === 0 ? null : value,
    band: count === 0 ? 'no-agreements' : bandOf(value),
    types: typePoints,
    renewalDates: datePoints,
    paymentTerms: termPoints,
    distinctTypes: types.size,
    distinctRenewalDates: dates.size,
    distinctPaymentTerms: terms.size,
    activeAgreements: count,
  };
}

function spread(distinct: number, of: number): number {
  return of <= 1 || distinct <= 1 ? 0 : (distinct - 1) / (of - 1);
}

function bandOf(value: number): ComplexityBand {
  if (value < MEDIUM_FROM) return 'low';
  return value < HIGH_FROM ? 'medium' : 'high';
}

/** `score.complexity.changed` when the value, band or a part differs; a customer without agreements has no score. */
export function decideComplexity(previous: Complexity | null, now: Complexity): ScoreDecision | null {
  if (previous === null && now.value === null) return null;
  if (previous !== null && isSame(previous, now)) return null;
  const before = previous?.value ?? null;
  const { value, band } = now;
  return {
    type: 'score.complexity.changed',
    score: 'complexity',
    unit: 'hundredths',
    value,
    previous: before,
    delta: value === null || before === null ? null : value - before,
    band,
    previousBand: previous?.band ?? null,
    parts: { types: now.types, renewalDates: now.renewalDates, paymentTerms: now.paymentTerms },
    reasons: value === null ? [] : reasonsOf(before === null ? null : previous, now),
    ...certaintyOfComplexity(now),
  };
}

/** What a silent feed leaves open; nothing is told of it otherwise. */
export function certaintyOfComplexity({
  isSpoilt,
}: Complexity): Partial<Pick<ScoreDecision, 'uncertain' | 'missing'>> {
  return isSpoilt ? { uncertain: true, missing: [{ signal: 'agreements', why: 'feed-stale' }] } : {};
}

function isSame(a: Complexity, b: Complexity): boolean {
  return (
    a.value === b.value &&
    a.isSpoilt === b.isSpoilt &&
    a.types === b.types &&
    a.renewalDates === b.renewalDates &&
    a.paymentTerms === b.paymentTerms
  );
}

function reasonsOf(previous: Complexity | null, now: Complexity): readonly Reason[] {
  const n = now.activeAgreements;
  const all: readonly Reason[] = [
    {
      signal: 'types',
      contribution: now.types - (previous?.types ?? 0),
      before: previous?.distinctTypes ?? null,
      after: now.distinctTypes,
      text: `${now.distinctTypes} agreement types among ${n} active agreements`,
    },
    {
      signal: 'renewal-dates',
      contribution: now.renewalDates - (previous?.renewalDates ?? 0),
      before: previous?.distinctRenewalDates ?? null,
      after: now.distinctRenewalDates,
      text: `${now.distinctRenewalDates} different end dates among ${n} active agreements`,
    },
    {
      signal: 'payment-terms',
      contribution: now.paymentTerms - (previous?.paymentTerms ?? 0),
      before: previous?.distinctPaymentTerms ?? null,
      after: now.distinctPaymentTerms,
      text: `${now.distinctPaymentTerms} payment terms among ${n} active agreements`,
    },
  ];
  return all.filter(({ contribution }) => contribution !== 0);
}
