import {
  type Change,
  type CustomerChange,
  PORTFOLIO_CUSTOMER_ID,
  type Reason,
  type ScoreChange,
} from '@bellwether/events';
import { ENGINE_VERSION } from '../customer/customer-state.ts';
import { decideSilentSources } from '../feeds/decide-silent-sources.ts';
import { apportion } from '../money/apportion.ts';
import { type Concentration, concentrationOf, TOP_CUSTOMERS, type TopCustomer } from './concentration.ts';
import { decideConcentration } from './concentration-situation.ts';
import type { PortfolioHead, PublishedConcentration } from './portfolio-head.ts';

/** What is to be kept and published of a portfolio. */
export interface PortfolioDecision {
  /** The same reference when nothing that is published differs. */
  readonly head: PortfolioHead;
  readonly change: CustomerChange | null;
}

/**
 * Decides what is told of a tenant as a whole: the concentration of its portfolio (S5, D2, N9) from its head and the
 * greatest `TOP_CUSTOMERS` contributions, greatest first, and the feeds that have fallen silent (N2). The change is
 * published for the pseudo-customer `@portfolio`, with a sequence that grows, with gaps.
 */
export function decidePortfolio(head: PortfolioHead, top: readonly TopCustomer[]): PortfolioDecision {
  const { published, changes } = decideDependence(head, top);
  const silence = decideSilentSources(head.silent, head.feeds?.statuses ?? {}, head.currency);
  const all = [...changes, ...silence.situations];
  if (all.length === 0) return { head, change: null };
  const sequence = head.come;
  return {
    head: {
      ...head,
      sequence,
      published,
      publishedSequence: changes.length === 0 ? head.publishedSequence : sequence,
      silent: silence.published,
    },
    change: changeOf(head, sequence, all),
  };
}

interface Dependence {
  readonly published: PublishedConcentration | null;
  readonly changes: readonly Change[];
}

function decideDependence(head: PortfolioHead, top: readonly TopCustomer[]): Dependence {
  const previous = head.published;
  if (head.customers === 0 && previous === null) return { published: null, changes: [] };
  const positive = top.filter(({ valueMinor }) => valueMinor > 0).slice(0, TOP_CUSTOMERS);
  const sums = { sum: BigInt(head.sumPositiveMinor), sumSquares: BigInt(head.sumSquares) };
  const now = concentrationOf(sums, positive);
  if (previous !== null && isSame(previous, now, head)) return { published: previous, changes: [] };
  const { contributions, restTenths } = indexPoints(now.hhiTenths, positive, sums.sumSquares);
  const situation = decideConcentration(previous?.situation ?? null, now, head.currency);
  const published: PublishedConcentration = {
    ...now,
    customers: head.customers,
    positiveCustomers: head.positiveCustomers,
    totalMinor: head.sumPositiveMinor,
    contributions,
    restTenths,
    situation: situation.key,
  };
  const score = scoreChangeOf(previous, published, { currency: head.currency, sequence: head.come });
  return { published, changes: situation.change === null ? [score] : [score, situation.change] };
}

function isSame(previous: PublishedConcentration, now: Concentration, head: PortfolioHead): boolean {
  return (
    previous.hhiTenths === now.hhiTenths &&
    previous.band === now.band &&
    previous.alarms.join() === now.alarms.join() &&
    previous.top1BasisPoints === now.top1BasisPoints &&
    previous.top5BasisPoints === now.top5BasisPoints &&
    previous.top10BasisPoints === now.top10BasisPoints &&
    previous.top20BasisPoints === now.top20BasisPoints &&
    previous.customers === head.customers &&
    previous.positiveCustomers === head.positiveCustomers &&
    previous.totalMinor === head.sumPositiveMinor
  );
}

/** Splits the index among the greatest customers, by squared value, and all others together. */
function indexPoints(
  hhiTenths: number,
  positive: readonly TopCustomer[],
  sumSquares: bigint,
): Pick<PublishedConcentration, 'contributions' | 'restTenths'> {
  if (positive.length === 0) return { contributions: [], restTenths: hhiTenths };
  let rest = sumSquares;
  const weights: number[] = [];
  for (const { valueMinor } of positive) {
    const square = BigInt(valueMinor) * BigInt(valueMinor);
    rest -= square;
    weights.push(Number(square));
  }
  const points = apportion([...weights, Number(rest > 0n ? rest : 0n)], hhiTenths);
  return {
    contributions: positive.map(
      ({ customerId, valueMinor }, index) => [customerId, points[index] ?? 0, valueMinor] as const,
    ),
    restTenths: points[positive.length] ?? 0,
  };
}

function scoreChangeOf(
  previous: PublishedConcentration | null,
  now: PublishedConcentration,
  told: { readonly currency: string; readonly sequence: number },
): ScoreChange {
  const { currency, sequence } = told;
  return {
    type: 'score.concentration.changed',
    score: 'concentration',
    unit: 'count',
    currency,
    value: now.hhiTenths,
    previous: previous?.hhiTenths ?? null,
    delta: previous === null ? null : now.hhiTenths - previous.hhiTenths,
    band: now.band,
    previousBand: previous?.band ?? null,
    parts: partsOf(now),
    reasons: reasonsOf(previous, now),
    // The numbers of its only score are those of a portfolio's changes: they grow, with gaps.
    sequence,
  };
}

/** What a portfolio's concentration is told with. */
export function partsOf(published: PublishedConcentration): ScoreChange['parts'] {
  const totalMinor = Number(published.totalMinor);
  return {
    hhiTenths: published.hhiTenths,
    top1BasisPoints: published.top1BasisPoints,
    top5BasisPoints: published.top5BasisPoints,
    top10BasisPoints: published.top10BasisPoints,
    top20BasisPoints: published.top20BasisPoints,
    customers: published.customers,
    positiveCustomers: published.positiveCustomers,
    totalMinor: Number.isSafeInteger(totalMinor) ? totalMinor : null,
  };
}

/**
 * By how much each of the greatest customers moved the index, the strongest first; what lies beyond the greatest
 * `TOP_CUSTOMERS` movements is told as `other-customers`, so that the sum is exact (N1).
 */
function reasonsOf(previous: PublishedConcentration | null, now: PublishedConcentration): readonly Reason[] {
  const before = new Map(previous?.contributions.map(([id, points, value]) => [id, { points, value }]));
  const after = new Map(now.contributions.map(([id, points, value]) => [id, { points, value }]));
  const moves: Reason[] = [];
  for (const customerId of new Set([...after.keys(), ...before.keys()])) {
    const contribution = (after.get(customerId)?.points ?? 0) - (before.get(customerId)?.points ?? 0);
    if (contribution === 0) continue;
    moves.push({
      signal: `customer:${customerId}`,
      contribution,
      before: before.get(customerId)?.value ?? null,
      after: after.get(customerId)?.value ?? null,
      text: `${customerId} ${contribution > 0 ? 'adds to' : 'takes from'} the concentration`,
    });
  }
  moves.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.signal < b.signal ? -1 : 1));
  const told = moves.slice(0, TOP_CUSTOMERS);
  const delta = now.hhiTenths - (previous?.hhiTenths ?? 0);
  const rest = delta - told.reduce((sum, { contribution }) => sum + contribution, 0);
  if (rest === 0) return told;
  const text = 'all other customers together';
  return [...told, { signal: 'other-customers', contribution: rest, before: null, after: null, text }];
}

function changeOf(head: PortfolioHead, sequence: number, changes: readonly Change[]): CustomerChange {
  return {
    kind: 'change',
    tenant: head.tenant,
    customerId: PORTFOLIO_CUSTOMER_ID,
    sequence,
    asOf: head.asOf,
    knownAt: head.knownAt,
    historical: head.historical,
    cause: 'new-data',
    causedBy: [],
    changes,
    engineVersion: ENGINE_VERSION,
  };
}
