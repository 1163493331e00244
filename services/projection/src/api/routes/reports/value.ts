import {
  COMPLEX_FROM,
  FEWEST_KEY_ACCOUNTS,
  keyAccountsOf,
  MOST_KEY_ACCOUNTS,
  QUADRANTS,
  quadrantsOf,
  riskOf,
  valueComplexityOf,
  valueRiskOf,
} from '@bellwether/domain';
import Type from 'typebox';
import { choice } from '../../query.ts';
import {
  KeyAccount,
  KeyAccountReport,
  PrioritisedCustomer,
  PriorityReport,
  QuadrantCount,
  ValueComplexityReport,
  ValueRiskCell,
  ValueRiskReport,
} from '../../report-schemas/value-reports.ts';
import { listReport } from './list-report.ts';
import { withName } from './portfolio.ts';
import { type Report, report } from './report.ts';

/** What the value of the customers stands against: risk, effort, attention. */
export const VALUE_REPORTS: readonly Report[] = [
  report({
    name: 'value-risk',
    summary: 'Which relationships drive the most value and risk: quarters by value against risk (S117, S57)',
    parameters: {},
    answer: ValueRiskReport,
    answerOf: (portfolio) => {
      const told = valueRiskOf(portfolio.rows);
      return { ...told, endangered: told.endangered.map((row) => withName(portfolio, row)) };
    },
    table: { item: ValueRiskCell, rowsOf: ({ cells }) => cells },
  }),
  report({
    name: 'value-complexity',
    summary: 'Whether the most complex relationships are the most profitable (S7, S12)',
    parameters: {},
    answer: ValueComplexityReport,
    answerOf: ({ rows }) => valueComplexityOf(rows),
    table: { item: QuadrantCount, rowsOf: ({ quadrants }) => quadrants ?? [] },
  }),
  listReport({
    name: 'priority-quadrant',
    summary: 'Who needs dedicated people: customers by value and complexity, the most valuable first (S7)',
    parameters: {
      quadrant: Type.Optional(choice(QUADRANTS, 'only customers of this quadrant; all if not given')),
    },
    answer: PriorityReport,
    item: PrioritisedCustomer,
    find: ({ rows }, { quadrant }) => {
      const quadrants = quadrantsOf(rows);
      const valuableFromMinor = quadrants?.valuableFromMinor ?? null;
      return {
        head: { valuableFromMinor, complexFromHundredths: COMPLEX_FROM },
        found: (quadrants?.placed ?? []).filter((one) => (quadrant ?? one.quadrant) === one.quadrant),
      };
    },
    order: [({ quadrant }) => QUADRANTS.indexOf(quadrant), ({ valueMinor }) => -valueMinor],
    idOf: ({ row }) => row.customerId,
    present: ({ row, ...place }, portfolio) => {
      const { customerId, healthHundredths, owner } = row;
      return withName(portfolio, { customerId, ...place, healthHundredths, risk: riskOf(row), owner });
    },
  }),
  report({
    name: 'key-accounts',
    summary: 'What speaks for managing the greatest relationships apart (S14, S17)',
    parameters: {
      count: Type.Optional(
        Type.Integer({
          minimum: FEWEST_KEY_ACCOUNTS,
          maximum: MOST_KEY_ACCOUNTS,
          description: `${FEWEST_KEY_ACCOUNTS} to ${MOST_KEY_ACCOUNTS}; ${FEWEST_KEY_ACCOUNTS} if not given`,
        }),
      ),
    },
    answer: KeyAccountReport,
    answerOf: (portfolio, { count = FEWEST_KEY_ACCOUNTS }) => {
      const told = keyAccountsOf(portfolio.rows, count);
      return { ...told, accounts: told.accounts.map((row) => withName(portfolio, row)) };
    },
    table: { item: KeyAccount, rowsOf: ({ accounts }) => accounts },
  }),
];
