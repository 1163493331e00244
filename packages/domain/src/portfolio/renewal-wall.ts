import { tallyOf, totalOf } from '../statistics/tally.ts';
import { addMonths, monthOf } from './months.ts';
import { type PortfolioRow, type RenewalRow, riskOf } from './portfolio-row.ts';

/** Agreements that fall due together; money is contract value in minor units. */
export interface DueValue {
  readonly agreements: number;
  readonly customers: number;
  /** Null: none of the amounts is known, or the sum passes 2^53. The three below are parts of it in the same way. */
  readonly valueMinor: number | null;
  /** Of agreements that renew by themselves, and of all others. */
  readonly autoRenewMinor: number | null;
  readonly toRenewMinor: number | null;
  /** Of customers at high risk: health below 50 or a high churn band. */
  readonly atRiskAgreements: number;
  readonly atRiskMinor: number | null;
  /** Agreements of which no amount was told: they add nothing. */
  readonly unvalued: number;
}

/** What falls due in one calendar month. */
export interface DueMonth extends DueValue {
  /** `YYYY-MM` */
  readonly month: string;
}

/** All agreements by one of their days: each stands in exactly one place. */
export interface DueDates {
  /** Without gaps, from the month of today on. */
  readonly months: readonly DueMonth[];
  /** After the last of these months; before today; without such a day. */
  readonly later: DueValue;
  readonly passed: DueValue;
  readonly undated: DueValue;
}

/** The renewal wall (S22, N9): by the day until which notice can be given, and by the last day. */
export interface RenewalWall {
  readonly byNotice: DueDates;
  readonly byEnd: DueDates;
}

/** Most months that a wall looks ahead. */
export const MOST_WALL_MONTHS = 60;

interface Due {
  readonly row: PortfolioRow;
  readonly renewal: RenewalRow;
}

/**
 * Value due by month over agreements in force.
 * @param moment.today epoch day; what is due on it is not passed yet
 * @param moment.months 1..60
 * @throws RangeError for another number of months
 */
export function renewalWall(
  rows: readonly PortfolioRow[],
  moment: { readonly today: number; readonly months: number },
): RenewalWall {
  if (!Number.isInteger(moment.months) || moment.months < 1 || moment.months > MOST_WALL_MONTHS) {
    throw new RangeError(`a renewal wall has 1 to ${MOST_WALL_MONTHS} months, not ${moment.months}`);
  }
  const all = rows.flatMap((row) => row.renewals.map((renewal): Due => ({ row, renewal })));
  return {
    byNotice: datesOf(all, ({ noticeDay }) => noticeDay, moment),
    byEnd: datesOf(all, ({ endDay }) => endDay, moment),
  };
}

function datesOf(
  all: readonly Due[],
  dayOf: (renewal: RenewalRow) => number | null,
  { today, months }: { readonly today: number; readonly months: number },
): DueDates {
  const first = monthOf(today);
  const names = Array.from({ length: months }, (_, index) => addMonths(first, index));
  const placeOf = ({ renewal }: Due): string => {
    const day = dayOf(renewal);
    if (day === null) return 'undated';
    if (day < today) return 'passed';
    const month = monthOf(day);
    return month > (names.at(-1) ?? first) ? 'later' : month;
  };
  const places = Map.groupBy(all, placeOf);
  const dueOf = (place: string) => dueValueOf(places.get(place) ?? []);
  return {
    months: names.map((month) => ({ month, ...dueOf(month) })),
    later: dueOf('later'),
    passed: dueOf('passed'),
    undated: dueOf('undated'),
  };
}

function dueValueOf(due: readonly Due[]): DueValue {
  const sumOf = (some: readonly Due[]) => tallyOf(some, ({ renewal }) => renewal.valueMinor);
  const isAutomatic = ({ renewal }: Due) => renewal.autoRenew === true;
  const endangered = due.filter(({ row }) => riskOf(row) === 'high');
  const all = sumOf(due);
  return {
    agreements: due.length,
    customers: new Set(due.map(({ row }) => row.customerId)).size,
    valueMinor: totalOf(all),
    autoRenewMinor: totalOf(sumOf(due.filter(isAutomatic))),
    toRenewMinor: totalOf(sumOf(due.filter((one) => !isAutomatic(one)))),
    atRiskAgreements: endangered.length,
    atRiskMinor: totalOf(sumOf(endangered)),
    unvalued: all.members - all.known,
  };
}
