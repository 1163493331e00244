import { customerKey, PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import type { RouteDeps } from '../api/route-deps.ts';
import type { Concentration } from '../api/schemas.ts';
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
  const key = customerKey(view.tenant, PORTFOLIO_CUSTOMER_ID);
  const state = await readModels.get<PortfolioState>(COLLECTIONS.customers, key);
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
    history: await historyOf(deps, view.tenant, state),
  };
}

/** The first value of each day, oldest first, and the present one. */
async function historyOf(
  { readModels }: RouteDeps,
  tenant: string,
  present: PortfolioState | undefined,
): Promise<Concentration['history']> {
  const from = { collection: ENTRIES.concentration, group: tenant };
  const days = await allEntries<ConcentrationDay>(readModels, from, HISTORY_DAYS);
  const history = days.reverse().map(({ value }) => pointOf(value.asOf, value.parts, value.band));
  if (present && present.asOf > (days.at(-1)?.value.asOf ?? 0)) {
    history.push(pointOf(present.asOf, present.parts, present.band));
  }
  return history;
}

function pointOf(
  at: number,
  parts: PortfolioState['parts'],
  band: string | null,
): Concentration['history'][number] {
  return {
    at: instant(at),
    hhi: (parts.hhiTenths ?? 0) / 10,
    band: bandOf(band),
    top5: (parts.top5BasisPoints ?? 0) / 100,
  };
}
