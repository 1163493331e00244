import {
  basisPointsOf,
  fiveNumbersOf,
  inOrder,
  type Path,
  type PathPattern,
  pathPatternsOf,
  pathText,
} from '@bellwether/domain';
import type { Engagement } from './build-engagement.ts';

/** A path with how many took it, how long that took them, and how their sales ended (S13, S21). */
export interface PathTaken extends PathPattern {
  readonly types: readonly string[];
  /** Of the customers that have a path, basis points. */
  readonly shareBasisPoints: number | null;
  /** Median days from each step to the next; one less than there are steps. */
  readonly medianGapsDays: readonly number[];
}

/** The paths of a portfolio, most frequent first. */
export interface PathSummary {
  /** Customers that have an MSA, and those that have none and so no path. */
  readonly customers: number;
  readonly withoutMsa: number;
  /** Customers whose path goes on after the MSA, and their part of those that have one, basis points. */
  readonly expanded: number;
  readonly expandedBasisPoints: number | null;
  /** The most frequent path that goes on after the MSA; null: nobody went on. */
  readonly typicalPath: string | null;
  /** Median days from the first MSA to the first step after it, over all that went on. */
  readonly medianDaysToExpand: number | null;
  readonly paths: readonly PathTaken[];
}

type Source = Pick<Engagement, 'path' | 'won' | 'lost'>;
type Walked = Source & { readonly path: Path };

/** The ways from a first MSA to what the relationships became, with their frequencies, gaps and outcomes (S13, S21). */
export function summarisePaths(all: readonly Source[]): PathSummary {
  const walked = all.filter((one): one is Walked => one.path !== null);
  const expanded = walked.filter(({ path }) => path.types.length > 1);
  const byPath = Map.groupBy(walked, ({ path }) => pathText(path));
  const rows = walked.map(({ path, won, lost }) => ({ path: pathText(path), won, lost }));
  const patterns = pathPatternsOf(rows);
  const paths = patterns.map((pattern): PathTaken => {
    const same = (byPath.get(pattern.path) ?? []).map(({ path }) => path);
    const types = same[0]?.types ?? [];
    return {
      ...pattern,
      types,
      shareBasisPoints: basisPointsOf(BigInt(pattern.customers), BigInt(walked.length)),
      medianGapsDays: types.slice(1).map((_, index) => medianOf(same.map(gapAfter(index))) ?? 0),
    };
  });
  return {
    customers: walked.length,
    withoutMsa: all.length - walked.length,
    expanded: expanded.length,
    expandedBasisPoints: basisPointsOf(BigInt(expanded.length), BigInt(walked.length)),
    typicalPath: paths.find(({ types }) => types.length > 1)?.path ?? null,
    medianDaysToExpand: medianOf(expanded.map(({ path }) => gapAfter(0)(path))),
    paths,
  };
}

/** Days from a step to the next. */
function gapAfter(index: number): (path: Path) => number {
  return ({ gapsDays }) => (gapsDays[index + 1] ?? 0) - (gapsDays[index] ?? 0);
}

function medianOf(days: readonly number[]): number | null {
  return fiveNumbersOf(inOrder(days))?.median ?? null;
}
