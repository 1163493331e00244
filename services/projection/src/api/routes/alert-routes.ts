import { ALERT_RULES, Id } from '@bellwether/events';
import type { Filter, FindQuery } from '@bellwether/stream';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { alertKey, COLLECTIONS } from '../../collections.ts';
import { presentAlert } from '../../read/present-alert.ts';
import type { TenantView } from '../../read/tenant-view.ts';
import type { AlertDocument } from '../../steps/fold-alert.ts';
import { type CursorType, decodeCursor, encodeCursor } from '../cursor.ts';
import { cutPage, sendList, wantedRows } from '../list-answer.ts';
import { unknown } from '../problem.ts';
import { AlertParams, answers, choice, format, paging, query, TenantParams } from '../query.ts';
import type { RouteDeps } from '../route-deps.ts';
import { page } from '../schema-parts.ts';
import { Alert } from '../schemas.ts';
import { Accepted, Acknowledgement, acknowledge } from './acknowledge.ts';

const AlertsQuery = query({
  ...paging,
  ...format,
  state: Type.Optional(
    choice(
      ['open', 'raised', 'acknowledged', 'resolved', 'all'],
      '`open` (raised or acknowledged) if not given',
    ),
  ),
  rule: Type.Optional(choice(ALERT_RULES, 'only alerts of this rule')),
  severity: Type.Optional(choice(['high', 'medium', 'low'], 'only alerts this severe')),
  customer: Type.Optional(Id),
});
type AlertsQuery = Static<typeof AlertsQuery>;
const NoQuery = query({});
const MOST_FILE_ROWS = 100_000;
const tags = ['alerts'];

/** The alerts of a tenant, one alert, and taking note of one. */
export function registerAlertRoutes(app: FastifyInstance, deps: RouteDeps): void {
  registerAlertList(app, deps);
  app.get<{ Params: Static<typeof AlertParams> }>(
    '/v1/tenants/:tenant/alerts/:alertId',
    {
      schema: {
        tags,
        summary: 'One alert',
        params: AlertParams,
        querystring: NoQuery,
        response: answers(Alert),
      },
    },
    async ({ params }) => {
      const view = await deps.tenantOf(params.tenant);
      const alert = await findAlert(deps, view, params.alertId);
      const table = await deps.tables.of(view);
      return presentAlert(alert, table.row(alert.customerId)?.row.name ?? null);
    },
  );
  app.post<{ Params: Static<typeof AlertParams>; Body: Static<typeof Acknowledgement> }>(
    '/v1/tenants/:tenant/alerts/:alertId/acknowledge',
    {
      schema: {
        tags,
        summary:
          'Take note of an alert: an event that goes the way of every event, so it shows a moment later',
        params: AlertParams,
        querystring: NoQuery,
        body: Acknowledgement,
        response: answers(Accepted, 202),
      },
    },
    async ({ params, body }, reply) => {
      const view = await deps.tenantOf(params.tenant);
      const alert = await findAlert(deps, view, params.alertId);
      return await reply.code(202).send(await acknowledge(deps, { view, alert, body }));
    },
  );
}

function registerAlertList(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Static<typeof TenantParams>; Querystring: AlertsQuery }>(
    '/v1/tenants/:tenant/alerts',
    {
      schema: {
        tags,
        summary: 'Alerts; open ones by severity and value, resolved ones and all by last change',
        params: TenantParams,
        querystring: AlertsQuery,
        response: answers(page(Alert)),
      },
    },
    async (request, reply) => {
      const view = await deps.tenantOf(request.params.tenant);
      const { sort, list, types } = orderOf(request.query);
      const limit = Math.min(wantedRows(request.query), MOST_FILE_ROWS);
      const { cursor } = request.query;
      const isPage = cursor !== undefined && request.query.format !== 'csv';
      const rows = await deps.readModels.find<AlertDocument>(COLLECTIONS.alerts, {
        group: view.tenant,
        filter: filterOf(request.query),
        sort,
        limit: limit + 1,
        ...(isPage ? { after: decodeCursor(list, cursor, types) } : {}),
      });
      const { items, next } = cutPage(rows, limit, ({ id, state }) =>
        encodeCursor(list, { id, values: sort.map(([path]) => Number(state[path as keyof AlertDocument])) }),
      );
      const table = await deps.tables.of(view);
      const alerts = items.map(({ state }) =>
        presentAlert(state, table.row(state.customerId)?.row.name ?? null),
      );
      return sendList(reply, request.query, { name: 'alerts', schema: Alert, items: alerts, next });
    },
  );
}

async function findAlert(deps: RouteDeps, view: TenantView, alertId: string): Promise<AlertDocument> {
  const id = alertKey(view.tenant, alertId);
  const alert = await deps.readModels.get<AlertDocument>(COLLECTIONS.alerts, id);
  if (!alert) throw unknown('alert', alertId);
  return alert;
}

/** Open alerts are for triage: the gravest first, of these the most valuable. */
function orderOf({ state = 'open' }: AlertsQuery): {
  readonly sort: FindQuery['sort'];
  readonly list: string;
  readonly types: readonly CursorType[];
} {
  if (state === 'resolved' || state === 'all') {
    return { sort: [['changedAt', -1]], list: 'alerts by change', types: ['number'] };
  }
  const sort = [
    ['severityOrder', 1],
    ['valueOrder', -1],
  ] as const;
  return { sort, list: 'alerts by severity', types: ['number', 'number'] };
}

function filterOf({ state = 'open', rule, severity, customer }: AlertsQuery): Filter {
  return {
    ...(state === 'open' ? { open: { $eq: true } } : state === 'all' ? {} : { state: { $eq: state } }),
    ...(rule === undefined ? {} : { rule: { $eq: rule } }),
    ...(severity === undefined ? {} : { severity: { $eq: severity } }),
    ...(customer === undefined ? {} : { customerId: { $eq: customer } }),
  };
}
