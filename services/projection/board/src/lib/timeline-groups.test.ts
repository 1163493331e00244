import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src/api/schemas.ts';
import { groupTimeline, topicOf } from './timeline-groups.ts';

const at = '2026-11-20T10:00:00Z';

function event(eventId: string): TimelineEntry {
  const told = { type: 'payment.paid', data: {}, conversion: null };
  return { kind: 'event', at, knownAt: at, eventId, source: 'crm', ...told };
}

function change(sequence: number, causedBy: string[]): TimelineEntry {
  return {
    kind: 'change',
    at,
    knownAt: at,
    sequence,
    cause: 'new-data',
    causedBy,
    type: 'score.ltv.changed',
    unit: 'minor',
    value: 1,
    previous: 0,
    delta: 1,
    band: null,
    previousBand: null,
    text: '',
    reasons: [],
  };
}

describe('the timeline', () => {
  it('puts changes beside the event that caused them', () => {
    const groups = groupTimeline([change(2, ['e1']), change(3, ['e1']), event('e1'), event('e0')]);
    expect(groups.map((group) => [group.event?.eventId, group.changes.length])).toEqual([
      ['e1', 2],
      ['e0', 0],
    ]);
  });

  it('shows a change alone that time or an older event caused', () => {
    const groups = groupTimeline([change(2, []), change(1, ['not-loaded'])]);
    expect(groups.map((group) => group.event)).toEqual([null, null]);
  });

  it('keeps several changes of one record together when nothing else is loaded', () => {
    expect(groupTimeline([change(2, []), { ...change(2, []), type: 'score.rfm.changed' }]).length).toBe(1);
  });

  it('is filtered by what an entry is about', () => {
    expect([topicOf(event('e')), topicOf(change(1, []))]).toEqual(['payment', 'ltv']);
  });
});
