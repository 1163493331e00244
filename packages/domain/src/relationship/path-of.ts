import { AGREEMENT_TYPES } from '@bellwether/events';
import type { AgreementList, AgreementType } from '../agreements/agreement-state.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import { signingDayOf } from './account-since.ts';

/** Steps of a path that are told; a longer one ends there. */
export const MAX_PATH_STEPS = 8;

/** The way from the first MSA to what the relationship became (S13). */
export interface Path {
  /** One type a step: agreements of the type of the one before are no step. The first is MSA. */
  readonly types: readonly AgreementType[];
  /** Days of each step since the first MSA; the first is 0. */
  readonly gapsDays: readonly number[];
}

/**
 * The ordered types of the agreements from the first MSA on (S13, S21), by the day on which they came about; of one day
 * MSA, SOW, service, other. Void agreements and such of no known type are no steps. Null: there is no MSA.
 */
export function pathOf(agreements: AgreementList): Path | null {
  const signed = agreements.flatMap((agreement): readonly Signed[] => {
    const { agreementType, isVoid } = agreement.terms;
    return agreementType === null || isVoid ? [] : [[signingDayOf(agreement), agreementType]];
  });
  signed.sort(
    ([dayA, a], [dayB, b]) => dayA - dayB || AGREEMENT_TYPES.indexOf(a) - AGREEMENT_TYPES.indexOf(b),
  );
  const first = signed.findIndex(([, type]) => type === 'MSA');
  if (first === -1) return null;
  const steps = signed.slice(first).filter(([, type], index, all) => type !== all[index - 1]?.[1]);
  const firstDay = steps[0]?.[0] ?? 0;
  const told = steps.slice(0, MAX_PATH_STEPS);
  return { types: told.map(([, type]) => type), gapsDays: told.map(([day]) => day - firstDay) };
}

type Signed = readonly [day: number, type: AgreementType];

/** A path as it is shown and counted: `MSA > SOW > service`. */
export function pathText({ types }: Path): string {
  return types.join(' > ');
}

/** A customer's path with how its sales ended. */
export interface PathRow {
  readonly path: string;
  /** Opportunities won and lost. */
  readonly won: number;
  readonly lost: number;
}

/** How often a path was gone, and with what outcome (S21). */
export interface PathPattern {
  readonly path: string;
  readonly customers: number;
  readonly won: number;
  readonly lost: number;
  /** Won of those decided, basis points; null: none was decided. */
  readonly wonBasisPoints: number | null;
}

/** Frequencies of the paths of a portfolio with their outcomes, most frequent first, then by name (S13, S21). */
export function pathPatternsOf(rows: Iterable<PathRow>): readonly PathPattern[] {
  const counts = new Map<string, { customers: number; won: number; lost: number }>();
  for (const { path, won, lost } of rows) {
    const known = counts.get(path) ?? { customers: 0, won: 0, lost: 0 };
    counts.set(path, { customers: known.customers + 1, won: known.won + won, lost: known.lost + lost });
  }
  const patterns = [...counts].map(([path, { customers, won, lost }]): PathPattern => {
    const wonBasisPoints = basisPointsOf(BigInt(won), BigInt(won + lost));
    return { path, customers, won, lost, wonBasisPoints };
  });
  return patterns.sort((a, b) => b.customers - a.customers || (a.path < b.path ? -1 : 1));
}
