/**
 * What of a tenant's context a score may read besides the day and the currency. `models` are those that count,
 * `shadows` those that are tried; `predictive` is all that a census fits as a month begins: models of purchases and
 * renewals, the churn model (N11), win rates (D24).
 */
export const CONTEXT_ITEMS = ['feeds', 'models', 'shadows', 'breakpoints', 'predictive'] as const;
export type ContextItem = (typeof CONTEXT_ITEMS)[number];

/**
 * By item the `contextVersion` that it came with: a customer that was decided under an older one has not met it yet.
 * `all`: the version before which nothing that was decided holds.
 */
export type ContextVersions = { readonly [Item in ContextItem | 'all']: number };

/** Nothing was told yet. */
export const NO_CONTEXT_VERSIONS: ContextVersions = {
  all: 0,
  feeds: 0,
  models: 0,
  shadows: 0,
  breakpoints: 0,
  predictive: 0,
};
