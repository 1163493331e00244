import type { Breakpoints, Edges, QuantileRow } from './breakpoints.ts';
import { collectMedians } from './collect-medians.ts';

/** How a population is cut: the classes above the lowest as the share of all customers in each or a higher one. */
interface Cut {
  /** In `outOf` parts, widest first. */
  readonly tops: readonly number[];
  readonly outOf: number;
  /** With fewer customers there is no class at all. */
  readonly leastCounted: number;
}

/** No population smaller than its classes is cut; tiers need four customers (D14). */
const FIFTHS: Cut = { tops: [4, 3, 2, 1], outOf: 5, leastCounted: 5 };
const QUARTERS: Cut = { tops: [3, 2, 1], outOf: 4, leastCounted: 4 };
/** Silver to 25 %, Gold to 2.5 %, Platinum the top 0.5 % (D4). */
const VALUE_TIERS: Cut = { tops: [250, 25, 5], outOf: 1_000, leastCounted: 4 };

type Column = number[];
type Measure = Exclude<keyof QuantileRow, 'lastPurchaseDay' | 'segment' | 'signals'>;

/** The least that is something: these measures are whole numbers of which nothing and less are nothing. */
const LEAST_OF_SOMETHING = 1;

/**
 * Breakpoints of a tenant from one scan of its customers, in any order (D4, D6, D9, D14, S24, S68).
 *
 * A value is in a class that begins with the top t of all customers when fewer than t of them have a better value: the
 * intervals are half-open, and equal values, having equally many above them, share the higher class ("ties go up").
 * Where nothing is a value (no purchase, no money), nothing is in the lowest class however many share it.
 *
 * @param day epoch day as of which the rows hold
 */
export function breakpointsOf(rows: Iterable<QuantileRow>, day: number): Breakpoints {
  const columns: { readonly [M in Measure]: Column } = {
    frequency365: [],
    monetary365Minor: [],
    transactions: [],
    paidMinor: [],
    ltvMinor: [],
    predictedRevenueMinor: [],
    consistencyHundredths: [],
  };
  const names = Object.keys(columns) as readonly Measure[];
  const recencies: Column = [];
  const medians = collectMedians();
  let customers = 0;
  let portfolio = 0n;
  for (const row of rows) {
    customers += 1;
    if (row.ltvMinor !== null && row.ltvMinor > 0) portfolio += BigInt(row.ltvMinor);
    if (row.lastPurchaseDay !== null) recencies.push(day - row.lastPurchaseDay);
    for (const name of names) {
      const value = row[name];
      if (value !== null) columns[name].push(value);
    }
    medians.add(row);
  }
  const most = (name: Measure, cut: Cut) => edgesOfMost(columns[name], cut);
  return {
    day,
    customers,
    portfolioMinor: String(portfolio),
    recencyDays: edgesOfFewest(recencies, FIFTHS),
    frequency365: aboveNothing(most('frequency365', FIFTHS)),
    monetary365Minor: aboveNothing(most('monetary365Minor', FIFTHS)),
    transactions: aboveNothing(most('transactions', FIFTHS)),
    paidMinor: aboveNothing(most('paidMinor', FIFTHS)),
    ltvMinor: aboveNothing(most('ltvMinor', VALUE_TIERS)),
    ltvQuartersMinor: aboveNothing(most('ltvMinor', QUARTERS)),
    predictedRevenueMinor: aboveNothing(most('predictedRevenueMinor', QUARTERS)),
    consistencyHundredths: most('consistencyHundredths', QUARTERS),
    medians: medians.result(),
  };
}

function edgesOfMost(values: Column, cut: Cut): Edges {
  const sorted = Float64Array.from(values).sort();
  return edgesOf(cut, { counted: sorted.length, nthBest: (place) => sorted[sorted.length - 1 - place] ?? 0 });
}

function edgesOfFewest(values: Column, cut: Cut): Edges {
  const sorted = Float64Array.from(values).sort();
  return edgesOf(cut, { counted: sorted.length, nthBest: (place) => sorted[place] ?? 0 });
}

/**
 * Fewer than t of n values are better than v exactly when v is at least as good as the value at place ceil(t n) from
 * the top, the best being at place 1.
 */
function edgesOf(
  { tops, outOf, leastCounted }: Cut,
  { counted, nthBest }: { readonly counted: number; readonly nthBest: (place: number) => number },
): Edges {
  if (counted < leastCounted) return { counted, edges: [] };
  return { counted, edges: tops.map((top) => nthBest(Math.ceil((top * counted) / outOf) - 1)) };
}

function aboveNothing({ counted, edges }: Edges): Edges {
  return { counted, edges: edges.map((edge) => Math.max(edge, LEAST_OF_SOMETHING)) };
}
