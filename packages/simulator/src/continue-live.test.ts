import { DAY_MS, parseInstant, validateEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { continueLive, type LiveOptions } from './continue-live.ts';
import type { SimulatedEvent } from './event.ts';
import { simulatePortfolio } from './simulate-portfolio.ts';

const START_DAY = 20_400;
const HISTORY = { seed: 9, customers: 40, startDay: START_DAY };
const NOW_MS = (START_DAY + 200) * DAY_MS + 34_567_890;
const LIVE: LiveOptions = { ...HISTORY, fromMs: NOW_MS, ratePerSecond: 0.5 };

function take(options: LiveOptions, count: number): SimulatedEvent[] {
  const events: SimulatedEvent[] = [];
  for (const event of continueLive(options)) {
    if (events.push(event) === count) break;
  }
  return events;
}

function isSingle({ id }: SimulatedEvent): boolean {
  return id.split('-').length === 5;
}

/** Counts of use, from which single actions are taken off. */
function isCounted(type: string): boolean {
  return type === 'activity.usage-reported' || type === 'activity.feature-used';
}

describe('a simulation that goes on live (N24)', () => {
  const events = take(LIVE, 50_000);
  const times = events.map(({ time }) => parseInstant(time) ?? Number.NaN);

  it('gives valid events at now or later, never going back, at the rate asked for', () => {
    const stamp = {
      tenant: 'simulated',
      receivedAt: 0,
      historical: false,
      dayOf: (ms: number) => Math.floor(ms / DAY_MS),
    };
    expect(events.filter((event) => !validateEvent(event, stamp).ok)).toEqual([]);
    expect(times.every((time, at) => time >= (at === 0 ? NOW_MS : (times[at - 1] ?? 0)))).toBe(true);
    const seconds = ((times.at(-1) ?? 0) - NOW_MS) / 1_000;
    expect(events.length / seconds).toBeGreaterThan(0.48);
    expect(events.length / seconds).toBeLessThan(0.53);
  });

  it('is the same for the same options', () => {
    expect(take(LIVE, 2_000)).toEqual(events.slice(0, 2_000));
  });

  it('goes on with the days of the calendar that the history would have had', () => {
    const lastMs = times.at(-1) ?? 0;
    const history = [...simulatePortfolio({ ...HISTORY, endDay: START_DAY + 205 }).events()].filter(
      ({ time, type }) => {
        const ms = parseInstant(time) ?? 0;
        return ms >= NOW_MS && ms < lastMs && !isCounted(type);
      },
    );
    expect(history.length).toBeGreaterThan(10);
    const calendar = events.filter((event) => !isSingle(event) && !isCounted(event.type));
    expect(calendar.slice(0, history.length)).toEqual(history);
  });

  it('never uses an id again after a restart, but for events of the calendar, which are the same', () => {
    const restarted = take({ ...LIVE, fromMs: NOW_MS + 60_000 }, 2_000);
    const before = new Map(events.map((event) => [`${event.source} ${event.id}`, event]));
    const again = restarted.filter((event) => before.has(`${event.source} ${event.id}`));
    expect(again.filter(isSingle)).toEqual([]);
    for (const event of again) {
      if (event.type !== 'activity.usage-reported')
        expect(before.get(`${event.source} ${event.id}`)).toEqual(event);
    }
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });

  it('keeps use at its level: single actions and daily totals together count about what the history counts', () => {
    const fromDay = START_DAY + 201;
    const untilDay = fromDay + 28;
    const useIn = (list: Iterable<SimulatedEvent>) => {
      let sum = 0;
      for (const event of list) {
        const day = Math.floor((parseInstant(event.time) ?? 0) / DAY_MS);
        if (day >= untilDay) break;
        if (day >= fromDay && isCounted(event.type)) sum += (event.data as { count: number }).count;
      }
      return sum;
    };
    const live = useIn(continueLive({ ...LIVE, ratePerSecond: 0.03 }));
    const ratio = live / useIn(simulatePortfolio({ ...HISTORY, endDay: untilDay }).events());
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.33);
  });

  it('first brings the calendar up to now where some of it was missed', () => {
    const missed = take({ ...LIVE, calendarFromMs: NOW_MS - 2 * DAY_MS }, 60);
    expect(parseInstant(missed[0]?.time ?? '')).toBeLessThan(NOW_MS - DAY_MS);
    const missedTimes = missed.map(({ time }) => parseInstant(time) ?? 0);
    expect(missedTimes).toEqual(missedTimes.toSorted((a, b) => a - b));
  });

  it('sends nothing single for a customer that was lost', () => {
    const lost = simulatePortfolio({ ...HISTORY, endDay: START_DAY + 200 })
      .truth()
      .filter(({ drift }) => drift?.churnDay != null && drift.churnDay <= START_DAY + 200)
      .map(({ customerId }) => customerId);
    expect(lost.length).toBeGreaterThan(0);
    expect(events.filter((event) => lost.includes(event.subject) && isSingle(event))).toEqual([]);
  });

  it('refuses a rate or an instant that makes no sense', () => {
    expect(() => continueLive({ ...LIVE, ratePerSecond: 0 })).toThrow('rate must be more than 0');
    expect(() => continueLive({ ...LIVE, fromMs: (START_DAY - 1) * DAY_MS })).toThrow('first day or later');
  });
});
