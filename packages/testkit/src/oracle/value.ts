import type { CustomerEvent } from '@bellwether/events';
import type { OracleAgreement } from './agreements.ts';
import { distinctEvents, earliest, latest, ofTypes, sumOf } from './common.ts';

/** Lifetime value (S1, S2, D23), minor units. */
export interface OracleLtv {
  readonly contractedMinor: number;
  readonly activeMinor: number;
  readonly paidMinor: number;
  readonly otherPaidMinor: number;
  readonly agreements: number;
  readonly activeAgreements: number;
}

const isActive = ({ status }: OracleAgreement) => status === 'active' || status === 'upcoming';
const worthOf = (agreements: readonly OracleAgreement[]) =>
  sumOf(agreements.map(({ valueMinor }) => valueMinor ?? 0));

/** Lifetime value from the agreements as they stand and all payments. */
export function recomputeLtv(
  events: readonly CustomerEvent[],
  agreements: readonly OracleAgreement[],
): OracleLtv {
  const counted = agreements.filter(({ status }) => status !== 'void');
  const payments = ofTypes(distinctEvents(events), 'payment.paid');
  const others = payments.filter(({ data }) => data.agreementId === undefined);
  return {
    contractedMinor: worthOf(counted),
    activeMinor: worthOf(counted.filter(isActive)),
    paidMinor: sumOf(payments.map(({ data }) => data.amountMinor)),
    otherPaidMinor: sumOf(others.map(({ data }) => data.amountMinor)),
    agreements: counted.length,
    activeAgreements: counted.filter(isActive).length,
  };
}

/** Raw RFM values (S27); purchases of one day are one transaction. */
export interface OracleRfm {
  readonly transactions: number;
  readonly frequency: number;
  readonly firstPurchaseDay: number | null;
  readonly lastPurchaseDay: number | null;
  /** Transactions and money of the last 365 days, today included. */
  readonly frequency365: number;
  readonly monetary365Minor: number;
  /** The greatest of these transactions, and how unlike they are (S32). */
  readonly greatest365Minor: number | null;
  readonly gini365BasisPoints: number | null;
  readonly paidMinor: number;
}

/** Raw RFM values on `today`. */
export function recomputeRfm(events: readonly CustomerEvent[], today: number): OracleRfm {
  const payments = ofTypes(distinctEvents(events), 'payment.paid');
  const days = new Set(payments.map(({ day }) => day));
  const recent = payments.filter(({ day }) => day >= today - 364);
  const amounts = [...Map.groupBy(recent, ({ day }) => day).values()].map((ofDay) =>
    sumOf(ofDay.map(({ data }) => data.amountMinor)),
  );
  return {
    transactions: days.size,
    frequency: days.size > 0 ? days.size - 1 : 0,
    firstPurchaseDay: earliest([...days]),
    lastPurchaseDay: latest([...days]),
    frequency365: new Set(recent.map(({ day }) => day)).size,
    monetary365Minor: sumOf(recent.map(({ data }) => data.amountMinor)),
    greatest365Minor: latest(amounts),
    gini365BasisPoints: recomputeGini(amounts),
    paidMinor: sumOf(payments.map(({ data }) => data.amountMinor)),
  };
}

/** Gini coefficient by the area below the Lorenz curve: (n + 1 - 2 x sum of the running sums / total) / n. */
function recomputeGini(amounts: readonly number[]): number | null {
  const total = BigInt(sumOf(amounts));
  if (total === 0n) return null;
  let running = 0n;
  let area = 0n;
  for (const amount of [...amounts].sort((a, b) => a - b)) {
    running += BigInt(amount);
    area += running;
  }
  const n = BigInt(amounts.length);
  const [part, whole] = [10_000n * ((n + 1n) * total - 2n * area), n * total];
  return Number((2n * part + whole) / (2n * whole));
}

/** Complexity (D1) in hundredths of a point; null: no active agreement. */
export interface OracleComplexity {
  readonly value: number | null;
  readonly band: string;
  /** The exact parts before they are rounded so that they add up. */
  readonly types: number;
  readonly renewalDates: number;
  readonly paymentTerms: number;
}

/** 40 x types + 30 x renewal dates + 30 x payment terms, each (distinct - 1) / (n - 1), over the active agreements. */
export function recomputeComplexity(agreements: readonly OracleAgreement[]): OracleComplexity {
  const active = agreements.filter(isActive);
  const n = active.length;
  const spread = (values: readonly unknown[], of: number) => {
    const distinct = new Set(values.filter((value) => value !== null)).size;
    return distinct > 1 && of > 1 ? (distinct - 1) / (of - 1) : 0;
  };
  const knownTypes = 4;
  const types =
    4_000 *
    spread(
      active.map(({ agreementType }) => agreementType),
      knownTypes,
    );
  const renewalDates =
    3_000 *
    spread(
      active.map(({ lastDay }) => lastDay),
      n,
    );
  const paymentTerms =
    3_000 *
    spread(
      active.map((agreement) => agreement.paymentTerms),
      n,
    );
  if (n === 0) return { value: null, band: 'no-agreements', types: 0, renewalDates: 0, paymentTerms: 0 };
  const value = Math.round(types + renewalDates + paymentTerms);
  const band = value < 3_400 ? 'low' : value < 6_700 ? 'medium' : 'high';
  return { value, band, types, renewalDates, paymentTerms };
}

/** Why the customer holds only MSAs (S4, N8); null: it does not. */
export function recomputeMsaOnly(agreements: readonly OracleAgreement[]): 'never-sold' | 'lapsed' | null {
  const others = agreements.filter(({ agreementType }) => agreementType !== 'MSA');
  if (others.some(isActive)) return null;
  if (!agreements.some((agreement) => agreement.agreementType === 'MSA' && isActive(agreement))) return null;
  return others.some(({ status }) => status !== 'void') ? 'lapsed' : 'never-sold';
}

/** Expiry notices that stand: agreement, day by which to decide, tightest checkpoint reached (S11, D3). */
export function recomputeNotices(
  agreements: readonly OracleAgreement[],
  today: number,
): readonly (readonly [agreementId: string, dueDay: number, daysBefore: number])[] {
  const checkpoints = [7, 30, 60, 90, 120, 180];
  return agreements.filter(isActive).flatMap(({ agreementId, lastDay, noticeDays, autoRenew }) => {
    if (lastDay === null) return [];
    const noticeDay = lastDay - (noticeDays ?? 0);
    const isPassed = noticeDay < today;
    if (isPassed && autoRenew === true) return [];
    const dueDay = isPassed ? lastDay : noticeDay;
    const reached = checkpoints.filter((checkpoint) => dueDay - today <= checkpoint);
    return reached.length === 0 ? [] : [[agreementId, dueDay, Math.min(...reached)] as const];
  });
}
