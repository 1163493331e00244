import { customerKey } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { mustBeKnown, readCustomer } from '../../read/read-customer.ts';
import { readTimeline, type TimelinePlace } from '../../read/read-timeline.ts';
import { decodeCursor, encodeCursor, type Place } from '../cursor.ts';
import { cutPage, sendList } from '../list-answer.ts';
import { answers, CustomerParams, format, PAGE_ROWS, paging, query, TenantParams } from '../query.ts';
import type { RouteDeps } from '../route-deps.ts';
import { page } from '../schema-parts.ts';
import { CustomerDetail, CustomerRow, TimelineEntry } from '../schemas.ts';
import { CustomersQuery, listCustomers } from './customer-list.ts';

const TimelineQuery = query({ ...paging, ...format });
const MOST_FILE_ROWS = 10_000;
/** Columns of a timeline as a file: those of events and of changes. */
const TimelineFile = Type.Object({
  ...TimelineEntry.anyOf[0].properties,
  ...TimelineEntry.anyOf[1].properties,
  kind: Type.String(),
});
const NoQuery = query({});
const tags = ['customers'];
type Params = Static<typeof CustomerParams>;

/** The customers of a tenant, and one customer: scores and timeline. */
export function registerCustomerRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Static<typeof TenantParams>; Querystring: CustomersQuery }>(
    '/v1/tenants/:tenant/customers',
    {
      schema: {
        tags,
        summary: 'Customers, sorted and filtered',
        params: TenantParams,
        querystring: CustomersQuery,
        response: answers(page(CustomerRow)),
      },
    },
    async (request, reply) => {
      const table = await deps.tables.of(await deps.tenantOf(request.params.tenant));
      const found = listCustomers(table, request.query);
      return sendList(reply, request.query, { name: 'customers', schema: CustomerRow, ...found });
    },
  );
  app.get<{ Params: Params }>(
    '/v1/tenants/:tenant/customers/:customerId',
    {
      schema: {
        tags,
        summary: 'One customer: scores with reasons, agreements, alerts',
        params: CustomerParams,
        querystring: NoQuery,
        response: answers(CustomerDetail),
      },
    },
    async ({ params }) => await readCustomer(deps, await deps.tenantOf(params.tenant), params.customerId),
  );
  registerTimeline(app, deps);
}

function registerTimeline(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Params; Querystring: Static<typeof TimelineQuery> }>(
    '/v1/tenants/:tenant/customers/:customerId/timeline',
    {
      schema: {
        tags,
        summary: 'Events and changes by time, newest first; `limit` counts events and change records',
        params: CustomerParams,
        querystring: TimelineQuery,
        response: answers(page(TimelineEntry)),
      },
    },
    async (request, reply) => {
      const { params, query: wanted } = request;
      await mustBeKnown(deps, await deps.tenantOf(params.tenant), params.customerId);
      const isFile = wanted.format === 'csv';
      const limit = isFile ? MOST_FILE_ROWS : (wanted.limit ?? PAGE_ROWS);
      const place =
        isFile || wanted.cursor === undefined
          ? undefined
          : decodeCursor('timeline', wanted.cursor, ['number', 'number']);
      const rows = await readTimeline(deps.readModels, customerKey(params.tenant, params.customerId), {
        limit: limit + 1,
        ...(place ? { before: placeOf(place) } : {}),
      });
      const { items, next } = cutPage(rows, limit, ({ order, rank, id }) =>
        encodeCursor('timeline', { values: [order, rank], id }),
      );
      const entries = items.flatMap((row) => row.entries);
      return sendList(reply, wanted, { name: 'timeline', schema: TimelineFile, items: entries, next });
    },
  );
}

function placeOf({ values: [order, rank], id }: Place): TimelinePlace {
  return { order: Number(order), rank: rank === 0 ? 0 : 1, id };
}
