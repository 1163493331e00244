import { profileValue } from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { CustomerDetail } from '../api/schemas.ts';
import type { Health, Rfm } from '../api/score-schemas.ts';
import { pointsOf } from './build-row.ts';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores } from './fold-change.ts';

/** Who the customer is: every attribute as last told. */
export function profileOf(
  card: CustomerCard | undefined,
): Pick<CustomerDetail, 'industry' | 'parentCustomerId' | 'profile'> {
  const profile = card?.profile ?? {};
  const values = Object.entries(profile).flatMap(([name, told]) =>
    told ? [[name, told.value] as const] : [],
  );
  return {
    industry: profileValue(profile, 'industry'),
    parentCustomerId: profileValue(profile, 'parentCustomerId'),
    profile: Object.fromEntries(values),
  };
}

/** The health with everything that says how far to trust it (N2). */
export function healthOf(scores: CustomerScores | undefined): Health {
  const reasons = Object.values(scores?.healthContributions ?? {});
  reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    score: pointsOf(scores?.health ?? null),
    band: (scores?.healthBand ?? 'not-scorable') as Health['band'],
    uncertain: scores?.healthUncertain ?? false,
    low: pointsOf(scores?.healthLow ?? null),
    high: pointsOf(scores?.healthHigh ?? null),
    coverage: (scores?.coverage ?? 0) / 10_000,
    confidence: (scores?.confidence ?? 0) / 10_000,
    missing: (scores?.missing ?? []).map(({ signal, why }) => ({ signal, why })),
    reasons,
    model: { ...(scores?.model ?? { id: 'none', version: '0' }) },
  };
}

/** Raw RFM values (S27); ages count to the tenant's date `today`, epoch day. */
export function rfmOf(scores: CustomerScores | undefined, today: number): Rfm {
  const parts = scores?.rfmParts ?? {};
  const first = parts.firstPurchaseDay ?? null;
  const last = parts.lastPurchaseDay ?? null;
  return {
    transactions: parts.transactions ?? 0,
    frequency: parts.frequency ?? 0,
    recencyDays: first === null || last === null ? null : last - first,
    ageDays: first === null ? null : today - first,
    daysSinceLast: last === null ? null : today - last,
    firstPurchaseDate: first === null ? null : formatDay(first),
    lastPurchaseDate: last === null ? null : formatDay(last),
    frequency365: parts.frequency365 ?? 0,
    monetary365Minor: parts.monetary365Minor ?? 0,
    mean365Minor: parts.mean365Minor ?? null,
    greatest365Minor: parts.greatest365Minor ?? null,
    gini365BasisPoints: parts.gini365BasisPoints ?? null,
    paidMinor: parts.paidMinor ?? 0,
  };
}

/** The parts of complexity in points (D1). */
export function complexityPartsOf(scores: CustomerScores | undefined): Record<string, number | null> {
  const parts = Object.entries(scores?.complexityParts ?? {});
  return Object.fromEntries(parts.map(([name, hundredths]) => [name, pointsOf(hundredths)]));
}
