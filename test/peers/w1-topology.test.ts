import { describe, expect, it } from 'vitest';
import { scoreEvent } from './steps/score-event.ts';
import { EXPECTED_OF_BEGINNING } from './workload/digest.ts';
import { generateEvents } from './workload/generate-events.ts';
import { runInMemory } from './workload/run-in-memory.ts';
import type { WorkloadEvent } from './workload/workload-event.ts';

describe('the workload on the unchanged loop', () => {
  const [few, more] = EXPECTED_OF_BEGINNING;
  if (!few || !more) throw new Error('there is nothing to compare with');

  it.each([few, more])('gives the scores of the reference for $events events', async (expected) => {
    const { count, digest } = await runInMemory(expected.events, 2_000);
    expect({ events: expected.events, count, digest }).toEqual(expected);
  });

  it('gives them however the records are cut into batches', async () => {
    expect((await runInMemory(few.events, 7)).isExactly(few)).toBe(true);
  });

  it('is not exact where an event is missing', async () => {
    expect((await runInMemory(few.events - 1, 50)).isExactly(few)).toBe(false);
  });
});

describe('a step of the workload', () => {
  const events = [...generateEvents(2_000)]
    .filter(({ key }) => key === 'c00001')
    .map(({ text }): WorkloadEvent => JSON.parse(text));
  const apply = (value: WorkloadEvent, state: Parameters<typeof scoreEvent>[0]['state']) =>
    scoreEvent({
      record: { topic: 'in', partition: 0, offset: 0, key: value.customerId, timestampMs: 0, value },
      head: undefined,
      state,
    });

  it('changes nothing that it was given, and gives the same again for the same', () => {
    let state: Parameters<typeof scoreEvent>[0]['state'];
    for (const event of events) {
      const before = state && Object.freeze({ ...state });
      const kept = JSON.stringify(before);
      const result = apply(event, before);
      const again = apply(event, before);
      expect(again).toEqual(result);
      expect(JSON.stringify(before)).toBe(kept);
      if (result.kind === 'ok') state = result.state;
    }
    expect(state?.revision).toBeGreaterThan(100);
  });

  it('drops an event that is among the last 64 of its customer', () => {
    const [first] = events;
    if (!first) throw new Error('the workload is empty');
    const result = apply(first, undefined);
    expect(result).toMatchObject({ kind: 'ok', outputs: [{ value: { rev: 1, previousHealth: null } }] });
    if (result.kind === 'ok') expect(apply(first, result.state)).toEqual({ kind: 'duplicate' });
  });
});

it('every record of the workload has 300 bytes', () => {
  const beginning = [...generateEvents(2_000)];
  expect(beginning.every(({ text }) => Buffer.byteLength(text) === 300)).toBe(true);
  expect(beginning).toHaveLength(2_000);
});
