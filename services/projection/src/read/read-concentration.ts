import { customerKey, PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import type { Concentration } from '../api/report-schemas/concentration.ts';
import type { RouteDeps } from '../api/route-deps.ts';
import { COLLECTIONS, ENTRIES } from '../collections.ts';
import { alarmsOf, bandOf, curveOf } from '../steps/describe-concentration.ts';
import type { PortfolioState } from '../steps/fold-portfolio.ts';
import type { ConcentrationDay } from '../steps/make-concentration-entries.ts';
import { instant } from './present-alert.ts';
import { allEntries } from './read-entries.ts';
import type { TenantView } from './tenant-view.ts';

/** Customers of the curve; what lies beyond is known from the total. */
const CURVE_CUSTOMERS = 200;
/** Two years. */
const HISTORY_DAYS = 730;

/** The concentration as last published, with the curve of the customers as they are (S5, N9). */
export async function readConcentration(deps: RouteDeps, view: TenantView): Promise<Concentration> {
  const { readModels, tables } = deps;
  const state = await readPresent(readModels, view.tenant);
  const days = await readConcentrationDays(deps, view.tenant);
  const parts = state?.parts ?? {};
  const table = await tables.of(view);
  const curve = curveOf(table.inOrder('value', 'desc'), CURVE_CUSTOMERS);
  return {
    customers: parts.customers ?? 0,
    customersWithPositiveValue: parts.positiveCustomers ?? 0,
    totalMinor: parts.totalMinor ?? 0,
    currency: state?.currency ?? view.settings.currency,
    topShares: {
      '5': (parts.top5BasisPoints ?? 0) / 100,
      '10': (parts.top10BasisPoints ?? 0) / 100,
      '20': (parts.top20BasisPoints ?? 0) / 100,
    },
    hhi: (parts.hhiTenths ?? 0) / 10,
    band: bandOf(state?.band ?? null),
    alarms: alarmsOf(parts, bandOf(state?.band ?? null)),
    curve,
    history: days.map(pointOf),
  };
}

/** The first published concentration of each day, oldest first, and the present one; two years at most. */
export async function readConcentrationDays(
  { readModels }: RouteDeps,
  tenant: string,
): Promise<readonly ConcentrationDay[]> {
  const from = { collection: ENTRIES.concentration, group: tenant };
  const entries = await allEntries<ConcentrationDay>(readModels, from, HISTORY_DAYS);
  const days = entries.reverse().map(({ value }) => value);
  const present = await readPresent(readModels, tenant);
  return present && present.asOf > (days.at(-1)?.asOf ?? 0) ? [...days, present] : days;
}

function readPresent(readModels: ReadModels, tenant: string): Promise<PortfolioState | undefined> {
  const key = customerKey(tenant, PORTFOLIO_CUSTOMER_ID);
  return readModels.get<PortfolioState>(COLLECTIONS.customers, key);
}

function pointOf({ asOf, parts, band }: ConcentrationDay): Concentration['history'][number] {
  return {
    at: instant(asOf),
    hhi: (parts.hhiTenths ?? 0) / 10,
    band: bandOf(band),
    top5: (parts.top5BasisPoints ?? 0) / 100,
  };
}
