/** More customers than one installation of this backend serves: for what is read of all of them. */
export const MANY_CUSTOMERS = 10_000_000;

/** Collections of documents: where the read models live. Heads and checkpoints of a topology live beside them. */
export const COLLECTIONS = {
  /** One document a customer (profile, agreements), two a tenant and partition (settings, feeds, day; models). */
  cards: 'projection-cards',
  /** One document a customer (scores as last published) and one a tenant (concentration). */
  customers: 'projection-customers',
  /** One document a customer: health by the models that are tried. */
  shadows: 'projection-shadows',
  /** One document an alert. */
  alerts: 'projection-alerts',
  ingestTallies: 'projection-ingest-tallies',
  scoringTallies: 'projection-scoring-tallies',
  ingestQuarantine: 'projection-ingest-quarantine',
  scoringQuarantine: 'projection-scoring-quarantine',
} as const;

/** Collections of append-only entries, each with what its groups and its order are. */
export const ENTRIES = {
  /** Events as they came in; group customerKey, order event time. */
  events: 'projection-timeline',
  /** What the log told of tenants, as each partition has it; group the tenant in a partition, order its place there. */
  controls: 'projection-controls',
  /** Content of the context records of tenants, once for all partitions; group tenant, order receivedAt. */
  contexts: 'projection-contexts',
  /** Published changes of customers; group customerKey, order asOf. */
  changes: 'projection-history',
  /** Customers that moved from one health band to another; group tenant, order asOf. */
  bandMoves: 'projection-band-moves',
  /** Concentration of portfolios, one entry a day; group tenant, order asOf. */
  concentration: 'projection-concentration',
  /** Transitions of alerts; group tenant, order changedAt. */
  alertTransitions: 'projection-alert-transitions',
  /** Inputs that were wrong; groups tenant and `tenant|reason`, order receivedAt. */
  quarantine: 'projection-quarantine',
} as const;

/** Group of the documents that describe tenants. Not an id anyone may use, so no tenant's customers get into it. */
export const TENANTS_GROUP = '|tenants';
/** Group of the documents that hold the models of tenants. */
export const MODELS_GROUP = '|models';
/** Group of the documents that describe portfolios. */
export const PORTFOLIOS_GROUP = '|portfolios';

/** Group of the quarantine entries of one reason. */
export function reasonGroup(tenant: string, reason: string): string {
  return `${tenant}|${reason}`;
}
/** Document id of an alert. */
export function alertKey(tenant: string, alertId: string): string {
  return `${tenant}|${alertId}`;
}
/** Document id, and group of the entries, of what one partition knows of a tenant. */
export function tenantKey(tenant: string, partition: number): string {
  return `|${tenant}|${partition}`;
}

/** Document id of the models of a tenant, as one partition knows them. */
export function modelsKey(tenant: string, partition: number): string {
  return `|models|${tenant}|${partition}`;
}

/** Collections that are filtered and sorted by anything, and small enough to be kept in memory where a backend can. */
export const IN_MEMORY_COLLECTIONS: readonly string[] = [COLLECTIONS.alerts];
