import { PROMOTER_FROM_HUNDREDTHS } from '../signals/promoter.ts';
import { roundedRatio } from '../statistics/exact.ts';
import { groupsOf } from './groups.ts';
import { monthOf, quarterOf } from './months.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** Answers by what they make of a customer: 9 and 10 of 10, 7 and 8, 6 and less. */
export interface NpsCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** An NPS answer below this is a detractor's: 7 of 10, in hundredths of 0..100. */
const PASSIVE_FROM_HUNDREDTHS = 7_000;

/** Counts answers given in one quarter, such as `2024-Q3`: each customer counts once, with its latest answer (S53). */
export function npsCountsOf(rows: readonly PortfolioRow[], quarter: string): NpsCounts {
  let [promoters, passives, detractors] = [0, 0, 0];
  for (const { npsHundredths, npsDay } of rows) {
    if (npsHundredths === null || npsDay === null || quarterOf(monthOf(npsDay)) !== quarter) continue;
    if (npsHundredths >= PROMOTER_FROM_HUNDREDTHS) promoters += 1;
    else if (npsHundredths >= PASSIVE_FROM_HUNDREDTHS) passives += 1;
    else detractors += 1;
  }
  return { promoters, passives, detractors };
}

/** How many answers were counted. */
export function npsAnswers({ promoters, passives, detractors }: NpsCounts): number {
  return promoters + passives + detractors;
}

/** Net promoter score: percentage of promoters less that of detractors, -100..100 in hundredths; null of no answers. */
export function npsOf(counts: NpsCounts): number | null {
  const answers = npsAnswers(counts);
  return answers === 0
    ? null
    : roundedRatio(10_000n * BigInt(counts.promoters - counts.detractors), BigInt(answers));
}

/** The score of one quarter in one value tier. */
export interface TierNps extends NpsCounts {
  readonly valueTier: string;
  readonly quarter: string;
  readonly npsHundredths: number | null;
}

/** Net promoter score by value tier for one quarter (S53). */
export function npsByTier(rows: readonly PortfolioRow[], quarter: string): readonly TierNps[] {
  return groupsOf(rows, 'valueTier').map(({ name, rows: members }) => {
    const counts = npsCountsOf(members, quarter);
    return { valueTier: name, quarter, ...counts, npsHundredths: npsOf(counts) };
  });
}
