import { coTerminusOf, MOST_WALL_MONTHS, renewalWall, riskOf, valueQuartersOf } from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import Type, { type Static } from 'typebox';
import { type Expiring, findExpiring } from '../../../steps/find-expiring.ts';
import {
  CoTerminus,
  CoTerminusReport,
  ExpiringAgreement,
  ExpiringReport,
  RenewalWallReport,
  RenewalWallRow,
} from '../../report-schemas/renewal-reports.ts';
import { listReport } from './list-report.ts';
import { type Body, dateOf, type Told, withName } from './portfolio.ts';
import { type Report, report } from './report.ts';

const USUAL_MONTHS = 12;
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

/** Agreements that end, and by when something must be decided about them. */
export const RENEWAL_REPORTS: readonly Report[] = [
  report({
    name: 'renewal-wall',
    summary: 'Value of the agreements in force by the month of notice and of end (S22, N9)',
    parameters: {
      months: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: MOST_WALL_MONTHS,
          description: `months to look ahead, 1 to ${MOST_WALL_MONTHS}; ${USUAL_MONTHS} if not given`,
        }),
      ),
    },
    answer: RenewalWallReport,
    answerOf: ({ rows, view }, { months = USUAL_MONTHS }) => renewalWall(rows, { today: view.today, months }),
    table: {
      item: RenewalWallRow,
      rowsOf: ({ byNotice, byEnd }) => [...wallRows('notice', byNotice), ...wallRows('end', byEnd)],
    },
  }),
  listReport({
    name: 'co-terminus',
    summary: 'Agreements of one customer that end within 30 days of each other, by first end (N8)',
    parameters: {},
    answer: CoTerminusReport,
    item: CoTerminus,
    find: ({ rows, view }) => ({ head: {}, found: coTerminusOf(rows, view.today) }),
    order: [({ firstEndDay }) => firstEndDay],
    idOf: ({ customerId }) => customerId,
    present: ({ firstEndDay, lastEndDay, nextNoticeDay, ...cluster }, portfolio) =>
      withName(portfolio, {
        ...cluster,
        firstEndDate: formatDay(firstEndDay),
        lastEndDate: formatDay(lastEndDay),
        nextNoticeDate: dateOf(nextNoticeDay),
      }),
  }),
  listReport({
    name: 'expiring',
    summary: 'Agreements about which something must be decided soon, by due date (S11)',
    parameters: {
      days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: MOST_DAYS,
          description: `due within so many days, 1 to ${MOST_DAYS}; ${USUAL_DAYS} if not given`,
        }),
      ),
      highValue: Type.Optional(
        Type.Boolean({
          description:
            'whether the customer is in the upper quarter by value, Gold or Platinum; all if not given',
        }),
      ),
    },
    answer: ExpiringReport,
    item: ExpiringAgreement,
    find: ({ rows, table, view: { today } }, { days = USUAL_DAYS, highValue }) => {
      const quarters = valueQuartersOf(rows);
      const found = table
        .inOrder('notice', 'asc')
        .flatMap((customer) => findExpiring(customer, { today, days, quarters }))
        .filter((one) => highValue === undefined || one.highValue === highValue);
      return { head: { days, highValueFromMinor: quarters?.firstFromMinor ?? null }, found };
    },
    order: [({ deadline }) => deadline.day],
    idOf: ({ customer, deadline }) => `${customer.row.customerId} ${deadline.agreementId}`,
    present: presentExpiring,
  }),
];

function wallRows(
  by: 'notice' | 'end',
  { months, later, passed, undated }: Body<typeof RenewalWallReport>['byEnd'],
): readonly Told<Static<typeof RenewalWallRow>>[] {
  return [
    ...months.map(({ month, ...due }) => ({ by, due: month, ...due })),
    { by, due: 'later', ...later },
    { by, due: 'passed', ...passed },
    { by, due: 'undated', ...undated },
  ];
}

function presentExpiring({ customer, deadline, ...worth }: Expiring): Told<Static<typeof ExpiringAgreement>> {
  const { row, portfolioRow } = customer;
  const { valueMinor, healthHundredths, owner } = portfolioRow;
  const { agreementId, day } = deadline;
  const renewal = portfolioRow.renewals.find((one) => one.agreementId === agreementId);
  const { endDay = null, noticeDay = null, autoRenew = null } = renewal ?? {};
  return {
    customerId: row.customerId,
    name: row.name,
    agreementId,
    dueDate: formatDay(day),
    due: day === noticeDay ? 'notice' : 'end',
    endDate: dateOf(endDay),
    noticeDate: dateOf(noticeDay),
    autoRenew,
    agreementMinor: renewal?.valueMinor ?? null,
    valueMinor,
    ...worth,
    healthHundredths,
    risk: riskOf(portfolioRow),
    owner,
  };
}
