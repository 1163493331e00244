import type { Edges } from './breakpoints.ts';

/**
 * The class of a value where more is better: 0 is the lowest, `edges.length` the highest; null where too few customers
 * were counted for any class (D14). Any value has one, whether or not it was counted.
 */
export function rankOf({ edges }: Edges, value: number): number | null {
  if (edges.length === 0) return null;
  return edges.filter((edge) => value >= edge).length;
}

/** The class of a value where fewer is better, as `rankOf`. */
export function rankOfFewer({ edges }: Edges, value: number): number | null {
  if (edges.length === 0) return null;
  return edges.filter((edge) => value <= edge).length;
}
