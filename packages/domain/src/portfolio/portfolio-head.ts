import type { ContributionPosition, PortfolioContribution, ToldFeeds } from '@bellwether/events';
import type { PortfolioFindings } from '../census/count-portfolio.ts';
import type { PublishedSilence } from '../feeds/decide-silent-sources.ts';
import type { Concentration } from './concentration.ts';

/** The index points (tenths) that each of the greatest customers and the rest added when last published. */
export interface PublishedConcentration extends Concentration {
  readonly customers: number;
  readonly positiveCustomers: number;
  readonly totalMinor: string;
  readonly contributions: readonly (readonly [customerId: string, hhiTenths: number, valueMinor: number])[];
  readonly restTenths: number;
  readonly situation: string | null;
}

/**
 * The sums of a tenant's portfolio: a pure fold of contributions, whose order does not matter. Sums can pass 2^53, so
 * they are decimal strings of exact integers (minor units; squares in minor units squared).
 */
export interface PortfolioHead {
  readonly tenant: string;
  readonly currency: string;
  readonly customers: number;
  readonly positiveCustomers: number;
  readonly sumMinor: string;
  readonly sumPositiveMinor: string;
  readonly sumSquares: string;
  /**
   * Number of the last published change of the portfolio: how many contributions the log held. It grows with every
   * change, with gaps: where decisions fall depends on batches, and a number that was used must never come again.
   */
  readonly sequence: number;
  /** Of the contributions so far: the latest instant they hold for, and the latest receipt, epoch ms. */
  readonly asOf: number;
  readonly knownAt: number;
  /** The last contribution came from an import. */
  readonly historical: boolean;
  readonly published: PublishedConcentration | null;
  /** Number of the last change that told the concentration. */
  readonly publishedSequence: number;
  /** How many contributions the log held with the last one. */
  readonly come: number;
  /** The last contribution from each partition of `customer-events`. */
  readonly told: { readonly [partition: string]: Told };
  /** The last counted day that each partition of `customer-events` has come to. */
  readonly marks: { readonly [partition: string]: number };
  /** What the last census found; null before the first. */
  readonly findings: PortfolioFindings | null;
  /** How the feeds of the tenant do, as its customers were told last; null: nothing was. */
  readonly feeds: ToldFeeds | null;
  /** The feeds that were told to be silent. */
  readonly silent: PublishedSilence;
}
interface Told extends Omit<ContributionPosition, 'partition'> {
  readonly customerId: string;
}

/** A portfolio without customers. */
export function initialPortfolio(tenant: string): PortfolioHead {
  return {
    tenant,
    currency: '',
    customers: 0,
    positiveCustomers: 0,
    sumMinor: '0',
    sumPositiveMinor: '0',
    sumSquares: '0',
    sequence: 0,
    asOf: 0,
    knownAt: 0,
    historical: false,
    published: null,
    publishedSequence: 0,
    come: 0,
    told: {},
    marks: {},
    findings: null,
    feeds: null,
    silent: [],
  };
}

/**
 * Folds the difference that one contribution makes; one that is told again changes nothing. Contributions of one
 * partition come in the order of their records, and of customers where one record concerns many.
 * @param come how many contributions the log held with this one: it grows with every record
 */
export function evolvePortfolio(
  head: PortfolioHead,
  contribution: PortfolioContribution,
  come: number,
): PortfolioHead {
  const { partition, ...place } = contribution.position;
  const { countedDay, feeds } = contribution;
  if (countedDay !== undefined) return withMark(head, contribution, countedDay);
  if (feeds !== undefined) return withFeeds(head, contribution, { feeds, come });
  const told: Told = { ...place, customerId: contribution.customerId };
  const last = head.told[partition];
  if (last && !isAfter(told, last)) return head;
  const before = contribution.before?.valueMinor ?? null;
  const after = contribution.after?.valueMinor ?? null;
  const old = BigInt(before ?? 0);
  const now = BigInt(after ?? 0);
  const oldPositive = old > 0n ? old : 0n;
  const nowPositive = now > 0n ? now : 0n;
  const squares = nowPositive * nowPositive - oldPositive * oldPositive;
  return {
    ...head,
    currency: contribution.currency,
    customers: head.customers + (after === null ? 0 : 1) - (before === null ? 0 : 1),
    positiveCustomers: head.positiveCustomers + (now > 0n ? 1 : 0) - (old > 0n ? 1 : 0),
    sumMinor: String(BigInt(head.sumMinor) + now - old),
    sumPositiveMinor: String(BigInt(head.sumPositiveMinor) + nowPositive - oldPositive),
    sumSquares: String(BigInt(head.sumSquares) + squares),
    asOf: Math.max(head.asOf, contribution.asOf),
    knownAt: Math.max(head.knownAt, contribution.knownAt),
    historical: contribution.historical,
    come,
    told: { ...head.told, [partition]: told },
  };
}

/** A mark that is told again changes nothing. */
function withMark(
  head: PortfolioHead,
  contribution: PortfolioContribution,
  countedDay: number,
): PortfolioHead {
  const { position, knownAt, historical } = contribution;
  const known = head.marks[position.partition];
  if (known !== undefined && known >= countedDay) return head;
  return {
    ...head,
    knownAt: Math.max(head.knownAt, knownAt),
    historical,
    marks: { ...head.marks, [position.partition]: countedDay },
  };
}

/** What is told again, or older than what is known, changes nothing. */
function withFeeds(
  head: PortfolioHead,
  { currency, asOf, knownAt, historical }: PortfolioContribution,
  { feeds, come }: { readonly feeds: ToldFeeds; readonly come: number },
): PortfolioHead {
  if (head.feeds !== null && feeds.version <= head.feeds.version) return head;
  return {
    ...head,
    currency,
    asOf: Math.max(head.asOf, asOf),
    knownAt: Math.max(head.knownAt, knownAt),
    historical,
    come,
    feeds,
  };
}

/** The day on which a portfolio is to be counted now: every partition has come to it, and it was not counted yet. */
export function dueCensusDay({ marks, findings }: PortfolioHead, partitions: number): number | null {
  const days = Object.values(marks);
  if (days.length < partitions) return null;
  const day = Math.min(...days);
  return findings !== null && findings.breakpoints.day >= day ? null : day;
}

function isAfter(one: Told, other: Told): boolean {
  if (one.offset !== other.offset) return one.offset > other.offset;
  if (one.customerId !== other.customerId) return one.customerId > other.customerId;
  return one.step > other.step;
}
