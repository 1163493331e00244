/** Why something is what it is, or why it cannot be told: a code from a closed list and plain words. */
export interface Ground {
  readonly code: string;
  readonly text: string;
}

/**
 * A class or a fact with its grounds; null: it cannot be told from what is known, and the grounds say what lacks
 * (D20).
 */
export interface Verdict<Value> {
  readonly value: Value | null;
  readonly grounds: readonly Ground[];
}

/** True as soon as one fact is, unknown (null) while one may still be. */
export function anyOf(...facts: readonly (boolean | null)[]): boolean | null {
  if (facts.includes(true)) return true;
  return facts.includes(null) ? null : false;
}

/** False as soon as one fact is, unknown (null) while one may still be. */
export function allOf(...facts: readonly (boolean | null)[]): boolean | null {
  if (facts.includes(false)) return false;
  return facts.includes(null) ? null : true;
}

/** A name of a list as people write it: case and blanks around it do not count; null: none of the list. */
export function nameIn<Name extends string>(names: readonly Name[], text: string): Name | null {
  const wanted = text.trim().toLowerCase();
  return names.find((name) => name.toLowerCase() === wanted) ?? null;
}
