import { parseInstant } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { readOverview } from '../../read/read-overview.ts';
import { describeTenant, loadTenants } from '../../read/tenant-view.ts';
import { sendList } from '../list-answer.ts';
import { invalidRequest } from '../problem.ts';
import { answers, format, query, TenantParams } from '../query.ts';
import type { RouteDeps } from '../route-deps.ts';
import { page } from '../schema-parts.ts';
import { Overview, Tenant } from '../schemas.ts';

const ListQuery = query(format);
const NoQuery = query({});
const OverviewQuery = query({
  since: Type.Optional(
    Type.String({ description: 'RFC 3339; the last seven days of the tenant if not given' }),
  ),
});
type Params = Static<typeof TenantParams>;

/** `/v1/tenants`, one tenant, and its overview. */
export function registerTenantRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const tags = ['tenants'];
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/v1/tenants',
    { schema: { tags, summary: 'All tenants', querystring: ListQuery, response: answers(page(Tenant)) } },
    async (request, reply) => {
      const views = await loadTenants(deps.readModels, deps.now());
      const items = await Promise.all(views.map((view) => describeTenant(deps.readModels, view)));
      return sendList(reply, request.query, { name: 'tenants', schema: Tenant, items });
    },
  );
  app.get<{ Params: Params }>(
    '/v1/tenants/:tenant',
    {
      schema: {
        tags,
        summary: 'A tenant',
        params: TenantParams,
        querystring: NoQuery,
        response: answers(Tenant),
      },
    },
    async (request) => await describeTenant(deps.readModels, await deps.tenantOf(request.params.tenant)),
  );
  app.get<{ Params: Params; Querystring: Static<typeof OverviewQuery> }>(
    '/v1/tenants/:tenant/overview',
    {
      schema: {
        tags,
        summary: 'What changed, and what needs attention',
        params: TenantParams,
        querystring: OverviewQuery,
        response: answers(Overview),
      },
    },
    async (request) => {
      const view = await deps.tenantOf(request.params.tenant);
      return await readOverview(deps, view, sinceOf(request.query.since));
    },
  );
}

function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const since = parseInstant(text);
  if (since !== undefined) return since;
  throw invalidRequest([
    { path: '?since', expected: 'an existing RFC 3339 date-time', got: JSON.stringify(text) },
  ]);
}
