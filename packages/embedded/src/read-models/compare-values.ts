import { compare } from 'mingo/util';

/**
 * MongoDB's order of values of any type (null and absent before numbers before texts before objects and so on), with a
 * short cut for the two types that nearly every sort compares.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return compare(a ?? null, b ?? null);
}

/** Reads a field path (`scores.health.value`) from a state; paths lead through objects only, not through lists. */
export function readerOf(path: string): (state: unknown) => unknown {
  const names = path.split('.');
  return (state) => {
    let value = state;
    for (const name of names) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  };
}
