import { whitespaceOf } from '@bellwether/domain';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { findRow } from '../../read/read-customer.ts';
import { offeringsBySegment } from '../../steps/find-whitespace.ts';
import { answers, CustomerParams, format, query } from '../query.ts';
import { CustomerWhitespace, Offering } from '../report-schemas/whitespace.ts';
import type { RouteDeps } from '../route-deps.ts';
import { headOf, openPortfolio } from './reports/portfolio.ts';
import { sendFile } from './reports/report.ts';

const tags = ['customers'];
const TableQuery = query(format);
type Params = Static<typeof CustomerParams>;

/** Questions about one customer that are answered by comparing it with the others. */
export function registerCustomerReports(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Params; Querystring: Static<typeof TableQuery> }>(
    '/v1/tenants/:tenant/customers/:customerId/whitespace',
    {
      schema: {
        tags,
        summary: 'What the others of its segment hold and this customer does not (S8)',
        params: CustomerParams,
        querystring: TableQuery,
        response: answers(CustomerWhitespace),
      },
    },
    async ({ params, query: wanted }, reply) => {
      const portfolio = await openPortfolio(deps, params.tenant);
      const customer = await findRow(deps, portfolio.view, params.customerId);
      const offerings = offeringsBySegment(portfolio.table.inOrder('value', 'desc'))(customer);
      const reason = typeof offerings === 'string' ? offerings : null;
      const items = typeof offerings === 'string' ? [] : whitespaceOf(customer.holdings, offerings);
      if (wanted.format === 'csv')
        return sendFile(reply, portfolio, { name: 'whitespace', item: Offering, rows: items });
      return reply.send({
        ...headOf(portfolio),
        segment: customer.portfolioRow.segment,
        reason,
        items,
      });
    },
  );
}
