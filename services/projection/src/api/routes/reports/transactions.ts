import { groupsOf, RFM_WINDOW_DAYS, summariseBuying } from '@bellwether/domain';
import { BuyingGroup, TransactionReport } from '../../report-schemas/transactions.ts';
import { by } from './groups.ts';
import { type Report, report } from './report.ts';

/** How customers buy. */
export const TRANSACTION_REPORTS: readonly Report[] = [
  report({
    name: 'transactions',
    summary:
      'Few great transactions or many small ones: number, mean, greatest and Gini coefficient by class (S32)',
    parameters: { by },
    answer: TransactionReport,
    answerOf: ({ rows, table }, { by = 'segment' }) => ({
      by,
      days: RFM_WINDOW_DAYS,
      groups: groupsOf(rows, by).map(({ name, rows: members }) => ({
        group: name,
        ...summariseBuying(members.map(({ customerId }) => table.row(customerId)?.measures.buying ?? null)),
      })),
    }),
    table: { item: BuyingGroup, rowsOf: ({ groups }) => groups },
  }),
];
