import type { FeedStatuses } from '@bellwether/events';

/** Where the classes of a measure begin, the second lowest first; empty: too few customers for any class (D14). */
interface Edges {
  readonly edges: readonly number[];
}

/** What customers are compared with, as the log tells it (D6). */
export interface OracleBreakpoints {
  readonly day: number;
  readonly portfolioMinor: string;
  readonly recencyDays: Edges;
  readonly frequency365: Edges;
  readonly monetary365Minor: Edges;
  readonly transactions: Edges;
  readonly paidMinor: Edges;
  readonly ltvMinor: Edges;
  readonly ltvQuartersMinor: Edges;
  readonly predictedRevenueMinor: Edges;
  readonly consistencyHundredths: Edges;
}

/** How often opportunities are won, basis points. */
export interface OracleWinRates {
  readonly overallBasisPoints: number;
  readonly byKind: Readonly<Record<'new' | 'upsell' | 'cross-sell' | 'renewal', number>>;
}

/** What a census found: breakpoints, how many agreements are renewed (sBG), how many opportunities are won. */
export interface OracleFindings {
  readonly breakpoints: OracleBreakpoints;
  readonly predictive: {
    /** Null: not fitted. */
    readonly shiftedBetaGeometric: { readonly alpha: number; readonly beta: number } | null;
  };
  /** Win rates are null where too few opportunities were decided; all is absent where nothing was. */
  readonly revenue?: { readonly winRates: OracleWinRates | null };
}

/** What the log told of the tenant. */
export interface OracleContext {
  /** The tenant's present epoch day. */
  readonly today: number;
  readonly feeds: FeedStatuses;
  /** Null before the first census. */
  readonly findings: OracleFindings | null;
}

/** The class of a value, 0 the lowest; null: there are no classes. */
export function classOf({ edges }: Edges, value: number): number | null {
  return edges.length === 0 ? null : edges.filter((edge) => edge <= value).length;
}

/** The same where fewer is better. */
export function classOfFewer({ edges }: Edges, value: number): number | null {
  return edges.length === 0 ? null : edges.filter((edge) => edge >= value).length;
}
