import { apportion } from '../money/apportion.ts';
import { BOUND, type LogOddsPart, logOddsSumOf, TERMINATION_TOLD } from './churn-parts.ts';
import { EARLY_END_BASIS_POINTS, underTerms } from './churn-terms.ts';
import { ONE, probabilityOf, slopeBetween } from './logistic.ts';

/** A probability in basis points, and the parts it is made of. */
export interface Composed {
  readonly value: number;
  readonly parts: readonly LogOddsPart[];
}

/**
 * What moved a probability, in basis points that sum exactly to the difference (N1). It is split by how much each part
 * moved in log-odds: what stayed as it was is no reason. What the agreements make of the probability comes after that,
 * and is a reason of its own only where it began or ended.
 *
 * @returns contributions by the name of the part
 */
export function splitDelta(before: Composed, after: Composed): ReadonlyMap<string, number> {
  const terms = termsOf(before);
  const half = underTerms(probabilityOf(logOddsSumOf(after.parts)), terms);
  const names = [...new Set([...after.parts, ...before.parts].map(({ signal }) => signal))];
  const moves = names.map((name) => movedBy(after, name) - movedBy(before, name));
  const bySignals = half - before.value;
  const slope =
    slopeBetween(logOddsSumOf(before.parts), logOddsSumOf(after.parts)) * shareUnder(terms, bySignals);
  const split = apportion(
    moves.map((move) => move * slope),
    bySignals,
  );
  const contributions = new Map(names.map((name, index) => [name, (split[index] ?? 0) + 0]));
  const turned = nameOf(termsOf(after)) ?? nameOf(terms);
  if (turned !== undefined) contributions.set(turned, (contributions.get(turned) ?? 0) + after.value - half);
  return contributions;
}

function movedBy({ parts }: Composed, name: string): number {
  return parts.find(({ signal }) => signal === name)?.logOddsBasisPoints ?? 0;
}

interface Terms {
  readonly isBound: boolean;
  readonly isTerminationTold: boolean;
}

function termsOf({ parts }: Composed): Terms {
  return {
    isBound: parts.some(({ signal }) => signal === BOUND),
    isTerminationTold: parts.some(({ signal }) => signal === TERMINATION_TOLD),
  };
}

function nameOf({ isBound, isTerminationTold }: Terms): string | undefined {
  if (isBound) return BOUND;
  return isTerminationTold ? TERMINATION_TOLD : undefined;
}

/** How much of a move of the model's own probability is left under the terms. */
function shareUnder({ isBound, isTerminationTold }: Terms, moved: number): number {
  if (isBound) return EARLY_END_BASIS_POINTS / ONE;
  return isTerminationTold && moved === 0 ? 0 : 1;
}
