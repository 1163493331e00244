import type { CustomerChange } from '@bellwether/events';

/** The concentration of a tenant as last published (N9, D2). */
export interface PortfolioState {
  readonly kind: 'portfolio';
  readonly tenant: string;
  readonly sequence: number;
  readonly asOf: number;
  readonly currency: string | null;
  readonly band: string | null;
  /** `hhiTenths`, `top5BasisPoints` ... `customers`, `positiveCustomers`, `totalMinor`. */
  readonly parts: Readonly<Record<string, number | null>>;
}

/** A portfolio of which nothing has been published. */
export function emptyPortfolio(tenant: string): PortfolioState {
  return {
    kind: 'portfolio',
    tenant,
    sequence: 0,
    asOf: 0,
    currency: null,
    band: null,
    parts: {},
  };
}

/** Folds one change record of the pseudo-customer `@portfolio`. */
export function foldPortfolio(before: PortfolioState, record: CustomerChange): PortfolioState {
  let state: PortfolioState = { ...before, sequence: record.sequence, asOf: record.asOf };
  for (const change of record.changes) {
    if (change.type !== 'score.concentration.changed') continue;
    const { band, parts, currency } = change;
    state = { ...state, band, parts, currency: currency ?? state.currency };
  }
  return state;
}
