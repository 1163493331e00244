import {
  ADVISORY_BOARD,
  type AdvisoryCandidate,
  type AdvisoryRow,
  advisoryBoardOf,
} from '@bellwether/domain';
import type { Static } from 'typebox';
import type { TableRow } from '../../../read/table-row.ts';
import { AdvisoryBoardReport, AdvisoryMember } from '../../report-schemas/advisory-board.ts';
import type { Told } from './portfolio.ts';
import { type Report, report } from './report.ts';

/** A customer as the board is chosen by it. */
interface Row extends AdvisoryRow {
  readonly customer: TableRow;
}

/** Whom to ask for advice. */
export const ADVISORY_REPORTS: readonly Report[] = [
  report({
    name: 'advisory-board',
    summary:
      'Candidates for a customer advisory board: 8 to 12 strategic customers of mixed industry and size (S102)',
    parameters: {},
    answer: AdvisoryBoardReport,
    answerOf: ({ table }) => {
      const rows = table.inOrder('value', 'desc').map(rowOf);
      const { candidates, strategic, isShort } = advisoryBoardOf(rows);
      const kindsOf = (read: (row: Row) => string | null) =>
        new Set(candidates.map(({ row }) => read(row))).size;
      return {
        strategic,
        strategicUnknown: rows.filter((row) => row.isStrategic === null).length,
        ...ADVISORY_BOARD,
        isShort,
        industries: kindsOf(({ industry }) => industry),
        sizeBands: kindsOf(({ sizeBand }) => sizeBand),
        candidates: candidates.map(presentCandidate),
      };
    },
    table: { item: AdvisoryMember, rowsOf: ({ candidates }) => candidates },
  }),
];

function rowOf(customer: TableRow): Row {
  const { customerId, healthHundredths, valueMinor, industry, sizeBand } = customer.portfolioRow;
  const { isStrategic } = customer.measures;
  return { customer, customerId, isStrategic, healthHundredths, ltvMinor: valueMinor, industry, sizeBand };
}

function presentCandidate(
  candidate: AdvisoryCandidate<Row>,
  index: number,
): Told<Static<typeof AdvisoryMember>> {
  const { row, sameIndustry, sameSize } = candidate;
  const { name, owner } = row.customer.row;
  return {
    place: index + 1,
    customerId: row.customerId,
    name,
    industry: row.industry,
    sizeBand: row.sizeBand,
    sameIndustry,
    sameSize,
    healthHundredths: row.healthHundredths,
    valueMinor: row.ltvMinor,
    owner,
    text: `strategic, ${[
      beside('industry', row.industry, sameIndustry),
      beside('size', row.sizeBand, sameSize),
    ].join(', ')}`,
  };
}

function beside(what: string, name: string | null, others: number): string {
  const which = name === null ? `${what} not known` : `${what} ${name}`;
  if (others === 0) return `the first of ${which}`;
  return `${others} of ${which} before it`;
}
