import { QUARANTINE_REASONS, type QuarantineRecord } from '@bellwether/events';
import type { EntryRow } from '@bellwether/stream';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { ENTRIES, reasonGroup } from '../../collections.ts';
import { instant } from '../../read/present-alert.ts';
import { readAccounting } from '../../read/read-accounting.ts';
import { allEntries } from '../../read/read-entries.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { cutPage, sendList, wantedRows } from '../list-answer.ts';
import { answers, choice, format, paging, query, TenantParams } from '../query.ts';
import type { RouteDeps } from '../route-deps.ts';
import { page } from '../schema-parts.ts';
import { Accounting, Quarantined } from '../schemas.ts';

const QuarantineQuery = query({
  ...paging,
  ...format,
  reason: Type.Optional(choice([...QUARANTINE_REASONS], 'only inputs quarantined for this')),
});
const NoQuery = query({});
const LIST = 'quarantine';
const MOST_FILE_ROWS = 100_000;

/** Can the numbers be trusted: what was refused and why, and what became of everything accepted. */
export function registerDataRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const tags = ['data'];
  app.get<{ Params: Static<typeof TenantParams>; Querystring: Static<typeof QuarantineQuery> }>(
    '/v1/tenants/:tenant/quarantine',
    {
      schema: {
        tags,
        summary: 'Inputs that were wrong, newest first',
        params: TenantParams,
        querystring: QuarantineQuery,
        response: answers(page(Quarantined)),
      },
    },
    async (request, reply) => {
      const { tenant } = await deps.tenantOf(request.params.tenant);
      const { reason, cursor } = request.query;
      const group = reason === undefined ? tenant : reasonGroup(tenant, reason);
      const limit = wantedRows(request.query);
      const rows = await read(deps, { group, limit, cursor });
      const { items, next } = cutPage(rows, limit, ({ order, id }) =>
        encodeCursor(LIST, { values: [order], id }),
      );
      return sendList(reply, request.query, {
        name: LIST,
        schema: Quarantined,
        items: items.map(({ value }) => presentQuarantined(value)),
        next,
      });
    },
  );
  app.get<{ Params: Static<typeof TenantParams> }>(
    '/v1/tenants/:tenant/accounting',
    {
      schema: {
        tags,
        summary: 'accepted = scored + duplicate + quarantined + inFlight',
        params: TenantParams,
        querystring: NoQuery,
        response: answers(Accounting),
      },
    },
    async (request) => {
      const { tenant } = await deps.tenantOf(request.params.tenant);
      return await readAccounting(deps.readModels, tenant);
    },
  );
}

async function read(
  { readModels }: RouteDeps,
  wanted: { readonly group: string; readonly limit: number; readonly cursor: string | undefined },
): Promise<readonly EntryRow<QuarantineRecord>[]> {
  const { group, limit, cursor } = wanted;
  if (limit === Number.POSITIVE_INFINITY) {
    const from = { collection: ENTRIES.quarantine, group };
    return await allEntries<QuarantineRecord>(readModels, from, MOST_FILE_ROWS);
  }
  const place = cursor === undefined ? undefined : decodeCursor(LIST, cursor, ['number']);
  return await readModels.entries<QuarantineRecord>(ENTRIES.quarantine, group, {
    limit: limit + 1,
    ...(place ? { before: { order: Number(place.values[0]), id: place.id } } : {}),
  });
}

function presentQuarantined(record: QuarantineRecord): Quarantined {
  const { quarantineId, customerId, stage, reason, faults, position, original, encoding, receivedAt } =
    record;
  return {
    quarantineId,
    customerId,
    stage,
    reason,
    faults: [...faults],
    position: { ...position },
    original,
    encoding,
    receivedAt: instant(receivedAt),
  };
}
