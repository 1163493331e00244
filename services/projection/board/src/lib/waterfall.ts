import type { History } from '../../../src/api/schemas.ts';

type Point = History['points'][number];

/** One bar of a waterfall: a signal moved the score from `from` to `to` (hundredths of a point). */
export interface WaterfallStep {
  readonly signal: string;
  readonly delta: number;
  readonly from: number;
  readonly to: number;
}
export interface Waterfall {
  readonly start: number;
  readonly end: number;
  readonly steps: readonly WaterfallStep[];
}

/** Factor from the unit of a history to hundredths of a point. */
export function hundredthsIn(unit: string): number {
  return unit === 'points' ? 100 : 1;
}

/** The last point at or before `atMs`; the first point where all are later; undefined where there are none. */
export function pointAt(points: readonly Point[], atMs: number): Point | undefined {
  const index = points.findLastIndex((point) => Date.parse(point.at) <= atMs);
  return points[index] ?? points[0];
}

/**
 * By which signals a score came from one point to another (N1): contributions sum to the value at each point, so their
 * differences sum to the difference. Greatest first. Null where either point has no value.
 */
export function waterfallBetween(before: Point, after: Point, toHundredths = 1): Waterfall | null {
  if (before.value === null || after.value === null) return null;
  const start = Math.round(before.value * toHundredths);
  const signals = new Set([...Object.keys(before.contributions), ...Object.keys(after.contributions)]);
  const moved = [...signals]
    .map((signal) => ({
      signal,
      delta: (after.contributions[signal] ?? 0) - (before.contributions[signal] ?? 0),
    }))
    .filter((step) => step.delta !== 0)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || a.signal.localeCompare(b.signal));
  let level = start;
  const steps = moved.map(({ signal, delta }) => {
    const from = level;
    level += delta;
    return { signal, delta, from, to: level };
  });
  return { start, end: Math.round(after.value * toHundredths), steps };
}
