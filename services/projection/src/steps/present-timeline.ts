import { type Change, type Conversion, formatDay } from '@bellwether/events';
import type { TimelineEntry } from '../api/schemas.ts';
import { describeChange } from './describe-change.ts';
import type { ChangeEntry } from './make-change-entries.ts';
import type { EventEntry } from './make-event-entry.ts';

/** An event as the timeline answers it. */
export function presentEvent(event: EventEntry): TimelineEntry {
  const { id, source, type, time, receivedAt, data, conversion } = event;
  return {
    kind: 'event',
    at: new Date(time).toISOString(),
    knownAt: new Date(receivedAt).toISOString(),
    eventId: id,
    source,
    type,
    data: { ...data },
    conversion: conversion === undefined ? null : presentConversion(conversion),
  };
}

function presentConversion({ rateDay, amounts, ...told }: Conversion) {
  return { ...told, amounts: amounts.map((amount) => ({ ...amount })), rateDate: formatDay(rateDay) };
}

/** A change record as the timeline answers it: one entry for each of its changes. */
export function presentChanges(entry: ChangeEntry): TimelineEntry[] {
  const { sequence, asOf, knownAt, cause, causedBy, earlier } = entry;
  return entry.changes.map((change) => ({
    kind: 'change',
    at: new Date(asOf).toISOString(),
    knownAt: new Date(knownAt).toISOString(),
    sequence,
    cause,
    causedBy: [...causedBy],
    type: change.type,
    ...numbersOf(change),
    text: describeChange(change, earlier),
    reasons: [...change.reasons],
  }));
}

function numbersOf(change: Change) {
  if ('score' in change) {
    const { unit, value, previous, delta, band, previousBand } = change;
    return { unit, value, previous, delta, band, previousBand };
  }
  const value = change.valueMinor;
  return {
    unit: value === null ? null : 'minor',
    value,
    previous: null,
    delta: null,
    band: null,
    previousBand: null,
  };
}
