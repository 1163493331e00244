import Type, { type Static } from 'typebox';
import type { TableRow } from '../../../read/table-row.ts';
import { summarisePaths } from '../../../steps/summarise-paths.ts';
import { choice } from '../../query.ts';
import {
  DevelopingCustomer,
  DIRECTIONS,
  ExpandingReport,
  ExpansionPathReport,
  PathTaken,
} from '../../report-schemas/engagement-reports.ts';
import { listReport } from './list-report.ts';
import type { Told } from './portfolio.ts';
import { type Report, report } from './report.ts';

/** The lists are put in order by the report; any order does. */
const BY_VALUE = ['value', 'desc'] as const;

/** How relationships have developed. */
export const ENGAGEMENT_REPORTS: readonly Report[] = [
  report({
    name: 'expansion-paths',
    summary:
      'Ways from a first MSA to an expanded relationship: how often, how fast, with what outcome (S13, S21)',
    parameters: {},
    answer: ExpansionPathReport,
    answerOf: ({ table }) => summarisePaths(table.inOrder(...BY_VALUE).map(({ engagement }) => engagement)),
    table: { item: PathTaken, rowsOf: ({ paths }) => paths },
  }),
  listReport({
    name: 'expanding',
    summary:
      'Customers whose agreements or their value have grown over a year, and whose use has not fallen (S15)',
    parameters: {
      direction: Type.Optional(choice(DIRECTIONS, 'which customers; `expanding` if not given')),
    },
    answer: ExpandingReport,
    item: DevelopingCustomer,
    find: ({ table }, { direction = 'expanding' }) => {
      const all = table.inOrder(...BY_VALUE);
      const countOf = (wanted: (typeof DIRECTIONS)[number]) =>
        all.filter((row) => directionOf(row) === wanted).length;
      return {
        head: {
          counts: {
            expanding: countOf('expanding'),
            steady: countOf('steady'),
            shrinking: countOf('shrinking'),
            unknown: countOf('unknown'),
          },
          usageUnknown: all.filter((row) => row.engagement.expansion.usageGrowthBasisPoints === null).length,
        },
        found: all.filter((row) => directionOf(row) === direction),
      };
    },
    // What cannot be told comes last.
    order: [
      ({ engagement: { expansion } }) => Number(expansion.valueGrowthBasisPoints === null),
      ({ engagement: { expansion } }) => -(expansion.valueGrowthBasisPoints ?? 0),
      ({ engagement: { expansion } }) => -(expansion.agreementsGrowthBasisPoints ?? 0),
    ],
    idOf: ({ customerId }) => customerId,
    present: presentDeveloping,
  }),
];

function directionOf({ engagement }: TableRow) {
  return engagement.expansion.direction ?? 'unknown';
}

function presentDeveloping(customer: TableRow): Told<Static<typeof DevelopingCustomer>> {
  const { row, portfolioRow, engagement } = customer;
  const { direction: _direction, ...growth } = engagement.expansion;
  const { customerId, activeMinor, valueMinor, owner } = portfolioRow;
  const { name, activeAgreements } = row;
  return {
    customerId,
    name,
    direction: directionOf(customer),
    ...growth,
    activeAgreements,
    activeMinor,
    valueMinor,
    owner,
  };
}
