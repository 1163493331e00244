import type { FastifyInstance } from 'fastify';
import { unknown, useProblems } from './api/problem.ts';
import type { ProjectionDeps, RouteDeps } from './api/route-deps.ts';
import { registerAlertRoutes } from './api/routes/alert-routes.ts';
import { registerCustomerReports } from './api/routes/customer-reports.ts';
import { registerCustomerRoutes } from './api/routes/customer-routes.ts';
import { registerDataRoutes } from './api/routes/data-routes.ts';
import { registerHistoryRoutes } from './api/routes/history-routes.ts';
import { registerModelRoutes } from './api/routes/models/model-routes.ts';
import { registerReportRoutes } from './api/routes/report-routes.ts';
import { registerRoiRoutes } from './api/routes/roi-routes.ts';
import { registerTableRoutes } from './api/routes/tables/table-routes.ts';
import { registerTenantRoutes } from './api/routes/tenant-routes.ts';
import { useValidation } from './api/validate-request.ts';
import { registerStreamRoute } from './live/register-stream-route.ts';
import { CustomerTables } from './read/customer-tables.ts';
import { findTenant } from './read/tenant-view.ts';

/** What an instance that carries these routes must be created with: ids of alerts are longer than the usual limit. */
export const PROJECTION_SERVER_OPTIONS = { routerOptions: { maxParamLength: 1_000 } } as const;

/**
 * Registers every route under `/v1` in a scope of its own, with its own checks and errors, so that other
 * services may register theirs on the same instance.
 */
export async function registerProjectionRoutes(app: FastifyInstance, deps: ProjectionDeps): Promise<void> {
  const tables = new CustomerTables(deps.readModels);
  deps.feed.listen(({ records }) => tables.committed(records));
  const routeDeps: RouteDeps = {
    ...deps,
    tables,
    tenantOf: async (tenant) => {
      const view = await findTenant(deps.readModels, tenant, deps.now());
      if (!view) throw unknown('tenant', tenant);
      return view;
    },
  };
  await app.register((scope, _options, done) => {
    useValidation(scope);
    useProblems(scope);
    registerTenantRoutes(scope, routeDeps);
    registerCustomerRoutes(scope, routeDeps);
    registerCustomerReports(scope, routeDeps);
    registerHistoryRoutes(scope, routeDeps);
    registerReportRoutes(scope, routeDeps);
    registerRoiRoutes(scope, routeDeps);
    registerTableRoutes(scope, routeDeps);
    registerAlertRoutes(scope, routeDeps);
    registerModelRoutes(scope, routeDeps);
    registerDataRoutes(scope, routeDeps);
    registerStreamRoute(scope, routeDeps);
    done();
  });
}
