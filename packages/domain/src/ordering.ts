/** The order of ids, names and other values: less than 0 when `a` comes first. */
export function compareValues<Value extends string | number | boolean>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The lesser of two numbers (days, severities) either of which may not be known. */
export function lesserOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** The greater of two numbers either of which may not be known. */
export function greaterOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
