import type { Curve, Steps } from './model-pack.ts';

/** Points that a curve gives to a reading, in whole hundredths (0..10000): linear in between, level at both ends. */
export function pointsHundredthsOf(curve: Curve, raw: number): number {
  let [fromRaw, fromPoints] = curve[0] ?? [0, 0];
  if (raw <= fromRaw) return Math.round(fromPoints * 100);
  for (const [toRaw, toPoints] of curve) {
    if (raw <= toRaw) {
      const share = (raw - fromRaw) / (toRaw - fromRaw);
      return Math.round((fromPoints + share * (toPoints - fromPoints)) * 100);
    }
    fromRaw = toRaw;
    fromPoints = toPoints;
  }
  return Math.round(fromPoints * 100);
}

/** Points of the level that a reading has reached, in whole hundredths; the first level holds below it too. */
export function levelHundredthsOf(steps: Steps, raw: number): number {
  let reached = steps[0]?.[1] ?? 0;
  for (const [from, points] of steps) {
    if (raw < from) break;
    reached = points;
  }
  return Math.round(reached * 100);
}
