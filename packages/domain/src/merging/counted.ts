import type { CustomerState } from '../customer/customer-state.ts';
import { mergeGaps } from '../gaps/data-gaps.ts';
import { FEATURE_NAMES, type FeatureName, type Features, mergeFeature } from './features.ts';
import { livingMembers } from './members.ts';
import { partnerOf } from './membership.ts';

/**
 * A customer as it counts: with the features of all that were merged into it (N23). Undefined: it does not count, for
 * it counts with another one, or nothing is known of it. The same reference for a customer without members.
 */
export type Counted = CustomerState | undefined;

/** A customer before and after something happened, as it counts. */
export interface CountedSides {
  readonly before: Counted;
  readonly after: Counted;
}

/** Slices that nothing has moved are the same references on both sides, so that parts need not be decided again. */
export function countedSides(before: CustomerState | undefined, after: CustomerState): CountedSides {
  if (isByItself(after) && (before === undefined || isByItself(before))) return { before, after };
  const was = before === undefined ? undefined : countedOf(before);
  if (before === after) return { before: was, after: was };
  const now = sourcesOf(after);
  if (now === undefined) return { before: was, after: undefined };
  const then = before === undefined || was === undefined ? undefined : sourcesOf(before);
  if (was === undefined || then === undefined) return { before: was, after: unitedOf(after, now) };
  const kept = FEATURE_NAMES.filter((name) => isSame(name, then, now));
  return { before: was, after: unitedOf(after, now, { was, kept }) };
}

/** Most customers are never merged, and nobody was merged into them. */
function isByItself({ members, membership, isUnseen }: CustomerState): boolean {
  return members === undefined && membership === undefined && isUnseen === undefined;
}

/** The customer as it counts. */
export function countedOf(state: CustomerState): Counted {
  const sources = sourcesOf(state);
  return sources === undefined ? undefined : unitedOf(state, sources);
}

/** Whose features count, the customer's own first; undefined: nobody's. */
function sourcesOf(state: CustomerState): readonly Features[] | undefined {
  if (partnerOf(state) !== null) return undefined;
  const members = livingMembers(state).flatMap(({ joined }) => joined.features ?? []);
  const sources = state.isUnseen === true ? members : [state, ...members];
  return sources.length === 0 ? undefined : sources;
}

function isSame(name: FeatureName, then: readonly Features[], now: readonly Features[]): boolean {
  return then.length === now.length && then.every((source, place) => source[name] === now[place]?.[name]);
}

function unitedOf(
  state: CustomerState,
  [first = state, ...others]: readonly Features[],
  known?: { readonly was: CustomerState; readonly kept: readonly FeatureName[] },
): CustomerState {
  if (first === state && others.length === 0) return state;
  const united: { [name: string]: unknown } = {};
  for (const name of FEATURE_NAMES) {
    united[name] =
      known?.kept.includes(name) === true
        ? known.was[name]
        : others.reduce<Features[FeatureName]>(
            (all, other) => mergeFeature(name, all, other[name]),
            first[name],
          );
  }
  return { ...state, ...(united as unknown as Features), ...gapsOf(state) };
}

/** What is known to be missing of any of them is missing of all together. */
function gapsOf(state: CustomerState): Pick<CustomerState, 'gaps'> {
  const all = [state.gaps, ...livingMembers(state).map(({ joined }) => joined.gaps)];
  const told = all.filter((gaps) => gaps !== undefined);
  return told.length === 0 ? {} : { gaps: told.reduce(mergeGaps) };
}
