import { tallyOf, totalOf } from '../statistics/tally.ts';
import { byText, type PortfolioRow, type RenewalRow } from './portfolio-row.ts';

/** Agreements of one customer that end together (N8): one talk instead of several, and one loss instead of several. */
export interface CoTerminus {
  readonly customerId: string;
  /** By last day, then by id; two at least. */
  readonly agreementIds: readonly string[];
  readonly firstEndDay: number;
  readonly lastEndDay: number;
  /** Earliest day from today on until which notice can be given for one of them; null: none is known or left. */
  readonly nextNoticeDay: number | null;
  /** Null: no amount is known. */
  readonly valueMinor: number | null;
}

/** Ends that lie at most so many days apart are together. */
export const CO_TERMINUS_DAYS = 30;

interface Ending extends RenewalRow {
  readonly endDay: number;
}

/**
 * Clusters of agreements that end from `today` on within 30 days of the first of them, by first end. A cluster begins
 * with the earliest end that no other has, so that no agreement is in two of them.
 */
export function coTerminusOf(rows: readonly PortfolioRow[], today: number): readonly CoTerminus[] {
  const clusters = rows.flatMap((row) => clustersOf(row, today));
  return clusters.sort(
    (one, other) => one.firstEndDay - other.firstEndDay || byText(one.customerId, other.customerId),
  );
}

function clustersOf({ customerId, renewals }: PortfolioRow, today: number): readonly CoTerminus[] {
  const endings = renewals
    .filter((renewal): renewal is Ending => renewal.endDay !== null && renewal.endDay >= today)
    .sort((one, other) => one.endDay - other.endDay || byText(one.agreementId, other.agreementId));
  const clusters: CoTerminus[] = [];
  let from = 0;
  while (from < endings.length) {
    const lastDay = (endings[from]?.endDay ?? 0) + CO_TERMINUS_DAYS;
    const beyond = endings.findIndex(({ endDay }, index) => index > from && endDay > lastDay);
    const to = beyond === -1 ? endings.length : beyond;
    const together = endings.slice(from, to);
    if (together.length > 1) clusters.push(clusterOf(customerId, together, today));
    from = to;
  }
  return clusters;
}

function clusterOf(customerId: string, together: readonly Ending[], today: number): CoTerminus {
  const ends = together.map(({ endDay }) => endDay);
  const notices = together.flatMap(({ noticeDay }) =>
    noticeDay !== null && noticeDay >= today ? noticeDay : [],
  );
  return {
    customerId,
    agreementIds: together.map(({ agreementId }) => agreementId),
    firstEndDay: Math.min(...ends),
    lastEndDay: Math.max(...ends),
    nextNoticeDay: notices.length === 0 ? null : Math.min(...notices),
    valueMinor: totalOf(tallyOf(together, ({ valueMinor }) => valueMinor)),
  };
}
