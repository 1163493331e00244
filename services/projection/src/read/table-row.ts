import type { CustomerFacts } from '../steps/build-row.ts';

/** One customer of the table. */
export interface TableRow extends CustomerFacts {
  readonly customerId: string;
  openAlerts: number;
  /** 1 = greatest value; kept by the table. */
  rank: number;
}
