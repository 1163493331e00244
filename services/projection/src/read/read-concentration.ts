import { customerKey, PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import type { RouteDeps } from '../api/route-deps.ts';
import type { Concentration } from '../api/schemas.ts';
import { COLLECTIONS } from '../collections.ts';
import { alarmsOf, bandOf, curveOf } from '../steps/describe-concentration.ts';
import type { PortfolioState } from '../steps/fold-portfolio.ts';
import { instant } from './present-alert.ts';
import { readPoints } from './read-history.ts';
import type { TenantView } from './tenant-view.ts';

/** The concentration as last published, with the curve of the customers as they are (S5, N9). */
export async function readConcentration(deps: RouteDeps, view: TenantView): Promise<Concentration> {
  const { readModels, tables } = deps;
  const portfolio = { tenant: view.tenant, customerId: PORTFOLIO_CUSTOMER_ID };
  const key = customerKey(view.tenant, PORTFOLIO_CUSTOMER_ID);
  const state = await readModels.get<PortfolioState>(COLLECTIONS.customers, key);
  const points = await readPoints(readModels, portfolio, 'concentration');
  const parts = state?.parts ?? {};
  const table = await tables.of(view);
  const curve = curveOf(table.inOrder('value', 'desc'));
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
    history: points.map(({ at, change }) => ({
      at: instant(at),
      hhi: (change.parts.hhiTenths ?? 0) / 10,
      band: bandOf(change.band),
      top5: (change.parts.top5BasisPoints ?? 0) / 100,
    })),
  };
}
