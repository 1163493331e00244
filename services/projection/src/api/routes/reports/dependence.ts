import { diversificationOf, loseTop, MOST_LOST } from '@bellwether/domain';
import Type from 'typebox';
import { localDay } from '../../../read/local-day.ts';
import { readConcentrationDays } from '../../../read/read-concentration.ts';
import { choice } from '../../query.ts';
import {
  DiversificationReport,
  HOLDER_KINDS,
  StressReport,
} from '../../report-schemas/dependence-reports.ts';
import { Holder } from '../../report-schemas/report-parts.ts';
import { type Body, dateOf, type Portfolio, withName } from './portfolio.ts';
import { presentCustomers, presentParents } from './present-holders.ts';
import { type Report, report } from './report.ts';

const USUAL_LOST = 5;
/** The trend of the concentration looks back one year, as far as an account is new. */
const TREND_DAYS = 365;

/** How much rests on few, and what follows from it. */
export const DEPENDENCE_REPORTS: readonly Report[] = [
  report({
    name: 'stress',
    summary: 'What is left when the greatest customers, or groups of one parent, leave (S22, N9)',
    parameters: {
      count: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: MOST_LOST,
          description: `how many leave, 1 to ${MOST_LOST}; ${USUAL_LOST} if not given`,
        }),
      ),
      by: Type.Optional(
        choice(HOLDER_KINDS, '`customer` if not given; parent: its customers leave together'),
      ),
    },
    answer: StressReport,
    answerOf: (portfolio, { count = USUAL_LOST, by = 'customer' }) => {
      const outcome = loseTop(portfolio.rows, { count, by });
      const present = by === 'parent' ? presentParents : presentCustomers;
      return { ...outcome, lost: present(portfolio, outcome.lost) };
    },
    table: { item: Holder, rowsOf: ({ lost }) => lost },
  }),
  report({
    name: 'diversification',
    summary: 'How much rests on few, whether that changes, and what new customers add (S19)',
    parameters: {},
    answer: DiversificationReport,
    answerOf: diversify,
  }),
];

async function diversify(portfolio: Portfolio): Promise<Body<typeof DiversificationReport>> {
  const { deps, view, rows } = portfolio;
  const days = await readConcentrationDays(deps, view.tenant);
  const history = days
    .map(({ asOf, parts }) => ({
      day: localDay(asOf, view.settings.timeZone),
      hhiTenths: parts.hhiTenths ?? 0,
      top5BasisPoints: parts.top5BasisPoints ?? 0,
    }))
    .filter(({ day }) => day >= view.today - TREND_DAYS);
  const { trend, singleCustomers, ...rest } = diversificationOf(rows, history);
  const { fromDay, toDay, ...change } = trend;
  return {
    ...rest,
    trend: { ...change, fromDate: dateOf(fromDay), toDate: dateOf(toDay) },
    singleCustomers: singleCustomers.map(({ id, valueMinor, shareBasisPoints }) =>
      withName(portfolio, { customerId: id, valueMinor, shareBasisPoints }),
    ),
  };
}
