import type { SizeBand } from './size-band.ts';

/** Fewest and most members of a customer advisory board (S102). */
export const ADVISORY_BOARD = { fewest: 8, most: 12 } as const;

/** The part of a customer that a board is chosen by. */
export interface AdvisoryRow {
  readonly customerId: string;
  readonly isStrategic: boolean | null;
  readonly healthHundredths: number | null;
  readonly ltvMinor: number | null;
  readonly industry: string | null;
  readonly sizeBand: SizeBand | null;
}

/** Candidates in the order in which they were chosen. */
export interface AdvisoryBoard<Row> {
  readonly candidates: readonly Row[];
  /** Fewer than eight strategic customers: nobody else is taken to fill the board. */
  readonly isShort: boolean;
}

/**
 * Candidates for a customer advisory board (S102): up to twelve strategic customers with a mix of industry and size.
 * Chosen one by one: whoever shares industry and size with the fewest of those already chosen, one point for each of
 * both; of equals the healthier, then the more valuable, then by id. Those of whom industry or size is not known count
 * as one more industry, one more size, and health that is not known comes last. The order of the rows makes no
 * difference.
 */
export function advisoryBoardOf<Row extends AdvisoryRow>(rows: Iterable<Row>): AdvisoryBoard<Row> {
  const waiting = [...rows].filter(({ isStrategic }) => isStrategic === true).sort(byMerit);
  const candidates: Row[] = [];
  const industries = new Map<string | null, number>();
  const sizes = new Map<string | null, number>();
  const crowd = ({ industry, sizeBand }: Row) => (industries.get(industry) ?? 0) + (sizes.get(sizeBand) ?? 0);
  while (candidates.length < ADVISORY_BOARD.most && waiting.length > 0) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, row] of waiting.entries()) {
      const shared = crowd(row);
      if (shared >= least) continue;
      best = index;
      least = shared;
    }
    for (const row of waiting.splice(best, 1)) {
      candidates.push(row);
      industries.set(row.industry, (industries.get(row.industry) ?? 0) + 1);
      sizes.set(row.sizeBand, (sizes.get(row.sizeBand) ?? 0) + 1);
    }
  }
  return { candidates, isShort: candidates.length < ADVISORY_BOARD.fewest };
}

function byMerit(a: AdvisoryRow, b: AdvisoryRow): number {
  const health = (b.healthHundredths ?? -1) - (a.healthHundredths ?? -1);
  const value = (b.ltvMinor ?? 0) - (a.ltvMinor ?? 0);
  return health || value || (a.customerId < b.customerId ? -1 : 1);
}
