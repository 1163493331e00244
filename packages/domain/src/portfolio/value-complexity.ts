import { type RankCorrelation, spearmanOf } from '../statistics/spearman.ts';
import { tallyOf, totalOf } from '../statistics/tally.ts';
import type { PortfolioRow } from './portfolio-row.ts';
import { quarterOfValue, valueQuartersOf } from './value-quarters.ts';

/** From this on a relationship counts as complex: more than low (D1); hundredths. */
export const COMPLEX_FROM = 3_400;

/** In the order in which they call for dedicated people (S7). */
export const QUADRANTS = ['valuable-complex', 'valuable-simple', 'lesser-complex', 'lesser-simple'] as const;
export type Quadrant = (typeof QUADRANTS)[number];

/** A customer of whom value and complexity are known. */
export interface PlacedRow {
  readonly row: PortfolioRow;
  readonly valueMinor: number;
  readonly complexityHundredths: number;
  readonly quadrant: Quadrant;
}

/** Customers by value and complexity. */
export interface Quadrants {
  /** The upper quarter of values begins here, minor units. */
  readonly valuableFromMinor: number;
  readonly placed: readonly PlacedRow[];
}

/**
 * Account-management priority (S7): places each customer by value (upper quarter or not, D3) and complexity (more than
 * low or not, D1). Customers of whom one of the two is not known are left out; null with fewer than four others.
 */
export function quadrantsOf(rows: readonly PortfolioRow[]): Quadrants | null {
  const both = rows.flatMap((row) => {
    const { valueMinor, complexityHundredths } = row;
    return valueMinor === null || complexityHundredths === null
      ? []
      : [{ row, valueMinor, complexityHundredths }];
  });
  const quarters = valueQuartersOf(both);
  if (quarters === null) return null;
  const placed = both.map((one): PlacedRow => {
    const worth = quarterOfValue(one.valueMinor, quarters) === 1 ? 'valuable' : 'lesser';
    const effort = one.complexityHundredths >= COMPLEX_FROM ? 'complex' : 'simple';
    return { ...one, quadrant: `${worth}-${effort}` };
  });
  return { valuableFromMinor: quarters.firstFromMinor, placed };
}

/** Customers of one quadrant. */
export interface QuadrantCount {
  readonly quadrant: Quadrant;
  readonly customers: number;
  /** Minor units; null: passes 2^53. */
  readonly valueMinor: number | null;
}

/** A correlation in a word, after Cohen (1988): below .1 none, below .3 weak, below .5 moderate, else strong. */
export type Strength = 'none' | 'weak' | 'moderate' | 'strong';

/** Whether complex relationships are the valuable ones (S12). */
export interface ValueComplexity {
  readonly correlation: RankCorrelation;
  /** Null without a coefficient. */
  readonly strength: Strength | null;
  /** Null with fewer than four customers of whom value and complexity are known, as are the quadrants. */
  readonly valuableFromMinor: number | null;
  readonly complexFromHundredths: number;
  readonly quadrants: readonly QuadrantCount[] | null;
  /** Customers of whom value or complexity is not known. */
  readonly unknown: number;
}

/**
 * "Are our most complex relationships also our most profitable?" (S12): rank correlation of value and complexity, and
 * the customers of each quadrant. Value stands for profit: what a relationship costs is not among the data.
 */
export function valueComplexityOf(rows: readonly PortfolioRow[]): ValueComplexity {
  const pairs = rows.flatMap(({ valueMinor, complexityHundredths }) =>
    valueMinor === null || complexityHundredths === null ? [] : [[valueMinor, complexityHundredths] as const],
  );
  const correlation = spearmanOf(pairs);
  const quadrants = quadrantsOf(rows);
  return {
    correlation,
    strength: strengthOf(correlation.coefficient),
    valuableFromMinor: quadrants?.valuableFromMinor ?? null,
    complexFromHundredths: COMPLEX_FROM,
    quadrants: quadrants === null ? null : countsOf(quadrants.placed),
    unknown: rows.length - pairs.length,
  };
}

function countsOf(placed: readonly PlacedRow[]): readonly QuadrantCount[] {
  const members = Map.groupBy(placed, ({ quadrant }) => quadrant);
  return QUADRANTS.map((quadrant) => {
    const own = members.get(quadrant) ?? [];
    return {
      quadrant,
      customers: own.length,
      valueMinor: totalOf(tallyOf(own, ({ valueMinor }) => valueMinor)),
    };
  });
}

function strengthOf(coefficient: number | null): Strength | null {
  if (coefficient === null) return null;
  const size = Math.abs(coefficient);
  if (size < 1_000) return 'none';
  if (size < 3_000) return 'weak';
  return size < 5_000 ? 'moderate' : 'strong';
}
