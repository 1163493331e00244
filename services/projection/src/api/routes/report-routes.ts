import type { FastifyInstance } from 'fastify';
import type { RouteDeps } from '../route-deps.ts';
import { ACTION_ITEM_REPORTS } from './reports/action-items.ts';
import { ADVISORY_REPORTS } from './reports/advisory-board.ts';
import { registerConcentration } from './reports/concentration.ts';
import { CUSTOMER_LISTS } from './reports/customer-lists.ts';
import { DEPENDENCE_REPORTS } from './reports/dependence.ts';
import { ENGAGEMENT_REPORTS } from './reports/engagement.ts';
import { EXPANSION_REPORTS } from './reports/expansion.ts';
import { GROUP_REPORTS } from './reports/groups.ts';
import { KPI_REPORTS } from './reports/kpis.ts';
import { MODEL_REPORTS } from './reports/models.ts';
import { RENEWAL_REPORTS } from './reports/renewals.ts';
import type { Report } from './reports/report.ts';
import { SITUATION_REPORTS } from './reports/situations.ts';
import { TOUCHPOINT_REPORTS } from './reports/touchpoints.ts';
import { TRANSACTION_REPORTS } from './reports/transactions.ts';
import { VALUE_REPORTS } from './reports/value.ts';
import { WHITESPACE_REPORTS } from './reports/whitespace.ts';

/** Every report there is: questions about all customers of a tenant together. */
const REPORTS: readonly Report[] = [
  ...CUSTOMER_LISTS,
  registerConcentration,
  ...DEPENDENCE_REPORTS,
  ...VALUE_REPORTS,
  ...RENEWAL_REPORTS,
  ...GROUP_REPORTS,
  ...ENGAGEMENT_REPORTS,
  ...SITUATION_REPORTS,
  ...WHITESPACE_REPORTS,
  ...ADVISORY_REPORTS,
  ...TRANSACTION_REPORTS,
  ...ACTION_ITEM_REPORTS,
  ...KPI_REPORTS,
  ...EXPANSION_REPORTS,
  ...TOUCHPOINT_REPORTS,
  ...MODEL_REPORTS,
];

/** `/v1/tenants/{tenant}/reports/...` */
export function registerReportRoutes(app: FastifyInstance, deps: RouteDeps): void {
  for (const register of REPORTS) register(app, deps);
}
