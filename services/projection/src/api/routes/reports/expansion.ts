import {
  basisPointsOf,
  EXPANSION_KINDS,
  expansionByMonth,
  monthNamed,
  publishable,
} from '@bellwether/domain';
import type { Static } from 'typebox';
import type { TableRow } from '../../../read/table-row.ts';
import {
  ExpandedCustomer,
  ExpandedReport,
  ExpansionMonthRow,
  ExpansionReport,
} from '../../report-schemas/kpi-reports.ts';
import { months, monthsOf } from './kpis.ts';
import { listReport } from './list-report.ts';
import type { Body, Portfolio, Told } from './portfolio.ts';
import { type Report, report } from './report.ts';

/** The lists are put in order by the report; any order does. */
const BY_VALUE = ['value', 'desc'] as const;

/** How customers were sold more (S54). */
export const EXPANSION_REPORTS: readonly Report[] = [
  report({
    name: 'expansion',
    summary: 'Upsell and cross-sell won and lost by month, and what became of offers raised (S54)',
    parameters: { months },
    answer: ExpansionReport,
    answerOf: (portfolio, { months: count }) => expansionOver(portfolio, count),
    table: { item: ExpansionMonthRow, rowsOf: (body) => body.months },
  }),
  listReport({
    name: 'expanded',
    summary: 'Customers that were sold more in the last 365 days, or were to be, by what was won (S54)',
    parameters: {},
    answer: ExpandedReport,
    item: ExpandedCustomer,
    find: ({ table }) => {
      const found = table.inOrder(...BY_VALUE).filter(hasExpansion);
      return { head: { total: found.length }, found };
    },
    order: [(customer) => -wonMinorOf(customer)],
    idOf: ({ customerId }) => customerId,
    present: presentExpanded,
  }),
];

function expansionOver({ table }: Portfolio, count: number | undefined): Body<typeof ExpansionReport> {
  const wanted = monthsOf(table.kpiSource(), count);
  const [from = 0, to = from] = [wanted[0], wanted.at(-1)];
  const customers = table.inOrder(...BY_VALUE);
  const closed = customers.flatMap((customer) => customer.months.closed);
  const byMonth = expansionByMonth(closed, { from, to });
  const won = byMonth.reduce((sum, month) => sum + month.won, 0);
  const lost = byMonth.reduce((sum, month) => sum + month.lost, 0);
  return {
    from: monthNamed(from),
    to: monthNamed(to),
    won,
    lost,
    rateBasisPoints: rateOf(won, lost),
    months: byMonth.map(({ month, wonMinor, ...row }) => ({
      month: monthNamed(month),
      ...row,
      wonMinor: publishable(wonMinor),
      rateBasisPoints: rateOf(row.won, row.lost),
    })),
    offers: EXPANSION_KINDS.map((kind) => {
      const sums = { raised: 0, won: 0, pending: 0 };
      for (const { growth } of customers) {
        const { raised, won: followed, pending } = growth.offers[kind];
        sums.raised += raised;
        sums.won += followed;
        sums.pending += pending;
      }
      return { kind, ...sums, wonBasisPoints: rateOf(sums.won, sums.raised - sums.pending - sums.won) };
    }),
  };
}

function rateOf(won: number, lost: number): number | null {
  return basisPointsOf(BigInt(won), BigInt(won + lost));
}

function hasExpansion({ growth }: TableRow): boolean {
  const { raised, decided, offers } = growth;
  return raised.count + decided + offers.upsell.raised + offers['cross-sell'].raised > 0;
}

function wonMinorOf({ growth: { upsell, crossSell, raised } }: TableRow): number {
  return upsell.amountMinor + crossSell.amountMinor + raised.amountMinor;
}

function presentExpanded(customer: TableRow): Told<Static<typeof ExpandedCustomer>> {
  const { upsell, crossSell, raised, decided, successBasisPoints, offers } = customer.growth;
  const { customerId, valueMinor, owner } = customer.portfolioRow;
  const both = (read: 'raised' | 'won' | 'pending') => offers.upsell[read] + offers['cross-sell'][read];
  return {
    customerId,
    name: customer.row.name,
    upsells: upsell.count,
    upsellMinor: upsell.amountMinor,
    crossSells: crossSell.count,
    crossSellMinor: crossSell.amountMinor,
    raises: raised.count,
    raisedMinor: raised.amountMinor,
    closed: decided,
    rateBasisPoints: successBasisPoints,
    offersRaised: both('raised'),
    offersWon: both('won'),
    offersPending: both('pending'),
    valueMinor,
    owner,
  };
}
