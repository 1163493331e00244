import { concentrationByParent } from '@bellwether/domain';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { readConcentration } from '../../../read/read-concentration.ts';
import { alarmsOf, curveOf } from '../../../steps/describe-concentration.ts';
import { sendList } from '../../list-answer.ts';
import { answers, choice, format, query, TenantParams } from '../../query.ts';
import { Concentration } from '../../report-schemas/concentration.ts';
import { HOLDER_KINDS, ParentConcentration, ParentGroup } from '../../report-schemas/dependence-reports.ts';
import type { RouteDeps } from '../../route-deps.ts';
import { type Body, headOf, openPortfolio, type Portfolio } from './portfolio.ts';
import { presentParents } from './present-holders.ts';
import { addressOf, sendFile, tags } from './report.ts';

const ConcentrationQuery = query({
  ...format,
  by: Type.Optional(choice(HOLDER_KINDS, '`customer` if not given; parent: its customers count as one')),
});
type Wanted = Static<typeof ConcentrationQuery>;

/**
 * Concentration by customer, as it was published, with its history and curve; by parent as the customers stand now. The
 * two have the same names for the same things.
 */
export function registerConcentration(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Static<typeof TenantParams>; Querystring: Wanted }>(
    addressOf('concentration'),
    {
      schema: {
        tags,
        summary: 'How much of the value the greatest customers hold (S5), or the greatest parents (N9)',
        params: TenantParams,
        querystring: ConcentrationQuery,
        response: answers(Type.Union([Concentration, ParentConcentration])),
      },
    },
    async (request, reply) => {
      const { tenant } = request.params;
      const isFile = request.query.format === 'csv';
      if (request.query.by === 'parent') {
        const portfolio = await openPortfolio(deps, tenant);
        const body = parentConcentrationOf(portfolio);
        if (!isFile) return reply.send({ ...headOf(portfolio), ...body });
        const name = 'concentration-by-parent';
        return sendFile(reply, portfolio, { name, item: ParentGroup, rows: body.greatest });
      }
      const view = await deps.tenantOf(tenant);
      if (!isFile) return await readConcentration(deps, view);
      const items = curveOf((await deps.tables.of(view)).inOrder('value', 'desc'));
      return sendList(reply, request.query, {
        name: 'concentration',
        schema: Concentration.properties.curve.items,
        items,
      });
    },
  );
}

function parentConcentrationOf(portfolio: Portfolio): Body<typeof ParentConcentration> {
  const { concentration, groups, totalMinor, familiesBasisPoints, greatest, cycles, missing } =
    concentrationByParent(portfolio.rows);
  const { hhiTenths, band, top1BasisPoints, top5BasisPoints } = concentration;
  const percent = (basisPoints: number) => basisPoints / 100;
  return {
    by: 'parent',
    customers: portfolio.rows.length,
    groups,
    totalMinor,
    topShares: {
      '5': percent(top5BasisPoints),
      '10': percent(concentration.top10BasisPoints),
      '20': percent(concentration.top20BasisPoints),
    },
    hhi: hhiTenths / 10,
    band,
    alarms: alarmsOf({ hhiTenths, top1BasisPoints, top5BasisPoints }, band, 'parent'),
    familiesSharePercent: familiesBasisPoints === null ? null : percent(familiesBasisPoints),
    greatest: presentParents(portfolio, greatest).map(({ shareBasisPoints, ...group }) => ({
      ...group,
      sharePercent: percent(shareBasisPoints),
    })),
    cycles,
    missing,
  };
}
