import { DAY_MS, validateEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { createWorkload, HISTORY_DAYS, type WorkloadEvent } from './workload.ts';

const TODAY_MS = Date.UTC(2025, 0, 1);
const OPTIONS = { seed: 7, customers: 200, todayMs: TODAY_MS };

function all(options = OPTIONS): { history: WorkloadEvent[]; today: WorkloadEvent[] } {
  const workload = createWorkload(options);
  const [history, today] = [[...workload.history(4_000)], [...workload.day(1, 10_000)]];
  return { history, today };
}

const shareOf = (events: readonly WorkloadEvent[], family: string) =>
  events.filter(({ event }) => String(event.type).startsWith(family)).length / events.length;

describe('the workload of the bench', () => {
  it('is the same for the same seed and another one for another', () => {
    expect(all()).toEqual(all());
    expect(all({ ...OPTIONS, seed: 8 }).today).not.toEqual(all().today);
  });

  it('has nothing but valid events', () => {
    const stamp = { tenant: 'bench', receivedAt: TODAY_MS, historical: false, dayOf: () => 0 };
    const { history, today } = all();
    const wrong = [...history, ...today].filter(({ event }) => !validateEvent(event, stamp).ok);
    expect(wrong).toEqual([]);
  });

  it('mixes the families by their shares, with about 2 % duplicates', () => {
    const { today } = all();
    expect(today).toHaveLength(10_000);
    expect(shareOf(today, 'activity.')).toBeCloseTo(0.7, 1);
    expect(shareOf(today, 'payment.')).toBeCloseTo(0.15, 1);
    for (const family of ['ticket.', 'feedback.', 'agreement.'])
      expect(shareOf(today, family)).toBeCloseTo(0.05, 1);
    const different = new Set(today.map(({ event }) => event.id)).size;
    expect(1 - different / today.length).toBeCloseTo(0.02, 2);
  });

  it('gives every customer a past of 120 days, and the first customer twice the events of the second', () => {
    const { history, today } = all();
    expect(new Set(history.map(({ event }) => event.subject)).size).toBe(OPTIONS.customers);
    const first = Math.min(...history.map(({ receivedAt }) => receivedAt));
    expect((TODAY_MS - first) / DAY_MS).toBeCloseTo(HISTORY_DAYS, 0);
    const of = (name: string) => today.filter(({ event }) => event.subject === name).length;
    expect(of('c00001') / of('c00002')).toBeCloseTo(2, 0);
  });
});
