import type { SignalModel } from '../models/model-pack.ts';

/** A reading in days that moves by one each day with no new event. */
export interface Counter {
  /** The reading of today. */
  readonly raw: number;
  readonly direction: 'up' | 'down';
  readonly today: number;
}

/**
 * First day after today on which a reading that moves by itself may give other points: on the slope of a curve that is
 * tomorrow, on its level ends never or when the slope is reached, on steps when the next level is. Until then the
 * reading that was told may be behind, but not the score.
 */
export function nextCounterDay(model: SignalModel, { raw, direction, today }: Counter): number | null {
  const { curve, steps, relativeTo } = model;
  if (relativeTo !== undefined) return today + 1;
  if (curve !== undefined) {
    const readings = curve.map(([reading]) => (direction === 'up' ? reading : -reading));
    const at = direction === 'up' ? raw : -raw;
    if (at >= Math.max(...readings)) return null;
    return today + Math.max(1, Math.floor(Math.min(...readings) - at));
  }
  const levels = (steps ?? []).map(([reading]) => reading);
  if (direction === 'up') {
    const next = levels.find((level) => level > raw);
    return next === undefined ? null : today + Math.ceil(next - raw);
  }
  const reached = levels.slice(1).findLast((level) => level <= raw);
  return reached === undefined ? null : today + Math.floor(raw - reached) + 1;
}
