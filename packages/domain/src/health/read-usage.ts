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

/** Active users in percent of the licensed seats, as reported last in the window (S91); more than 100 is possible. */
export function readSeatUse({ signals, fromDay, feed }: ReadingInput): Reading {
  const { seats } = signals.activity;
  const active = seats?.activeUsers ?? null;
  const licensed = seats?.licensedSeats ?? null;
  const missing = whyMissing(feed, { wasEverSeen: active !== null && licensed !== null });
  if (missing !== undefined) return { missing };
  if (active === null || licensed === null || licensed.value === 0 || active.day < fromDay)
    return { missing: 'no-data' };
  return { raw: toOneDecimal((100 * active.value) / licensed.value), evidenceDay: active.day };
}

/** Days since the last use of any age (S64). */
export function readDaysSinceLastActivity({ signals, today, feed }: ReadingInput): Reading {
  const { lastDay } = signals.activity;
  const missing = whyMissing(feed, { wasEverSeen: lastDay !== null });
  if (missing !== undefined) return { missing };
  return { raw: Math.max(0, today - (lastDay ?? today)), evidenceDay: null };
}

/** Uses in the window (S64). */
export function readTotalActivities({ signals, fromDay, feed }: ReadingInput): Reading {
  const { firstDay, days } = signals.activity;
  const missing = whyMissing(feed, { wasEverSeen: firstDay !== null });
  if (missing !== undefined) return { missing };
  let total = 0;
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1) total += days[index]?.[1] ?? 0;
  return { raw: total, evidenceDay: null };
}
