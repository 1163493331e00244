/**
 * What the portfolio of a tenant came to as a day began: what single customers are compared with until the next census.
 * On `portfolio-findings`, key tenant; of a live tenant, ingest puts it on `customer-events`.
 */
export interface CensusRecord {
  readonly kind: 'census';
  readonly tenant: string;
  readonly census: Census;
  /** The day belongs to an import, which puts the census in its place among the history itself. */
  readonly historical: boolean;
  /** When what it counts was received, epoch ms. */
  readonly receivedAt: number;
}

/** What was counted. */
export interface Census {
  /** Epoch day that began. */
  readonly day: number;
  /** JSON as the rules of scoring made it and read it again; everybody else passes it on as it is. */
  readonly findings: string;
}
