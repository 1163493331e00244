import { firstFrom } from '../signals/day-tiles.ts';
import { type Reading, type ReadingInput, toOneDecimal, whyMissing } from './reading.ts';

/** Days of use in the window, 0 to all of them (S91). */
export function readLoginFrequency({ signals, fromDay, windowDays, feed }: ReadingInput): Reading {
  const { firstDay, days } = signals.activity;
  const missing = whyMissing(feed, { wasEverSeen: firstDay !== null });
  if (missing !== undefined) return { missing };
  return { raw: Math.min(windowDays, days.length - firstFrom(days, fromDay)), evidenceDay: null };
}

/** Distinct features used in the window (S91). */
export function readFeatureAdoption({ signals, fromDay, feed }: ReadingInput): Reading {
  const { features } = signals.activity;
  const missing = whyMissing(feed, { wasEverSeen: features.length > 0 });
  if (missing !== undefined) return { missing };
  let count = 0;
  for (const [, lastDay] of features) if (lastDay >= fromDay) count += 1;
  return { raw: count, evidenceDay: null };
}

/**
 * Use in the window against the window before, in percent, -100 to 100 (S91; at 100 it doubled or more, or came back).
 * Not known until the first use is two windows old: a start is not growth.
 */
export function readUsageTrend({ signals, fromDay, windowDays, feed }: ReadingInput): Reading {
  const { firstDay, days } = signals.activity;
  const beforeFromDay = fromDay - windowDays;
  const missing = whyMissing(feed, { wasEverSeen: firstDay !== null && firstDay <= beforeFromDay });
  if (missing !== undefined) return { missing };
  let recent = 0;
  let before = 0;
  for (let index = firstFrom(days, beforeFromDay); index < days.length; index += 1) {
    const [day = 0, uses = 0] = days[index] ?? [];
    if (day >= fromDay) recent += uses;
    else before += uses;
  }
  if (recent === 0) return { raw: -100, evidenceDay: null };
  if (before === 0) return { raw: 100, evidenceDay: null };
  return { raw: Math.min(100, toOneDecimal((100 * (recent - before)) / before)), evidenceDay: null };
}
