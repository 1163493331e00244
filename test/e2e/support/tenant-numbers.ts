import { getAll, getJson } from './api.ts';

/** What the API says about the identity accepted = scored + duplicate + quarantined + in flight. */
export interface Accounting {
  readonly accepted: number;
  readonly scored: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly inFlight: number;
}

/** A row of the list of customers, as far as these tests read it. */
export interface CustomerRow {
  readonly customerId: string;
  readonly name: string | null;
  readonly rank: number;
  readonly valueMinor: number;
  readonly agreements: number;
  readonly openAlerts: number;
}

/** The answer of the concentration report, as far as these tests read it. */
export interface ConcentrationReport {
  readonly customers: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly topShares: Readonly<Record<'5' | '10' | '20', number>>;
  readonly hhi: number;
  readonly band: string;
  readonly history: readonly unknown[];
}

/** An alert, as far as these tests read it. */
export interface AlertAnswer {
  readonly alertId: string;
  readonly customerId: string;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
}

/**
 * The numbers by which a tenant is recognised after a restart: everything that a customer's score adds up to. The
 * portfolio's past values are left out: it decides once a batch, so steps in between may differ after a crash.
 */
export async function tenantNumbers(url: string, tenant: string) {
  const base = `${url}/v1/tenants/${tenant}`;
  const [customers, { history: _history, ...concentration }, accounting, alerts] = await Promise.all([
    getAll<CustomerRow>(`${base}/customers`),
    getJson<ConcentrationReport>(`${base}/reports/concentration`),
    getJson<Accounting>(`${base}/accounting`),
    getAll<AlertAnswer>(`${base}/alerts?state=all`),
  ]);
  return { customers, concentration, accounting, alerts };
}
