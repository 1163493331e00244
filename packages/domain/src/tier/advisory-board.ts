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

/** A customer that was chosen, and what it shared with those who were chosen before it. */
export interface AdvisoryCandidate<Row> {
  readonly row: Row;
  /** Of those chosen before, how many are of its industry and of its size; 0 of both: it adds two things. */
  readonly sameIndustry: number;
  readonly sameSize: number;
}

/** Candidates in the order in which they were chosen. */
export interface AdvisoryBoard<Row> {
  readonly candidates: readonly AdvisoryCandidate<Row>[];
  /** Strategic customers, of whom the candidates were chosen. */
  readonly strategic: number;
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
  const strategic = waiting.length;
  const candidates: AdvisoryCandidate<Row>[] = [];
  const industries = new Map<string | null, number>();
  const sizes = new Map<string | null, number>();
  const shared = (row: Row): AdvisoryCandidate<Row> => ({
    row,
    sameIndustry: industries.get(row.industry) ?? 0,
    sameSize: sizes.get(row.sizeBand) ?? 0,
  });
  while (candidates.length < ADVISORY_BOARD.most) {
    let best: AdvisoryCandidate<Row> | undefined;
    for (const one of waiting.map(shared)) if (best === undefined || crowd(one) < crowd(best)) best = one;
    if (best === undefined) break;
    const { row, sameIndustry, sameSize } = best;
    candidates.push(best);
    waiting.splice(waiting.indexOf(row), 1);
    industries.set(row.industry, sameIndustry + 1);
    sizes.set(row.sizeBand, sameSize + 1);
  }
  return { candidates, strategic, isShort: candidates.length < ADVISORY_BOARD.fewest };
}

function crowd({ sameIndustry, sameSize }: AdvisoryCandidate<unknown>): number {
  return sameIndustry + sameSize;
}

function byMerit(a: AdvisoryRow, b: AdvisoryRow): number {
  const health = (b.healthHundredths ?? -1) - (a.healthHundredths ?? -1);
  const value = (b.ltvMinor ?? 0) - (a.ltvMinor ?? 0);
  return health || value || (a.customerId < b.customerId ? -1 : 1);
}
