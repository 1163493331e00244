import type { SourceChange } from '../support/change-source.ts';
import type { Family } from './play-scenarios.ts';

/** The scenario that shows a mutant, and the promise that is broken in it. */
export interface Shown {
  readonly family: Family;
  readonly scenario: string;
  readonly breaks: string;
}

/** An adapter without one of its checks. */
export interface Mutant extends Shown {
  readonly changes: readonly SourceChange[];
}

/** One check taken out: what stands in a file, and what stands there without it. */
export function without(
  check: { readonly file: string; readonly changes: readonly (readonly [find: string, replace: string])[] },
  shown: Shown,
): Mutant {
  const { file, changes } = check;
  return { ...shown, changes: changes.map(([find, replace]) => ({ file, find, replace })) };
}
