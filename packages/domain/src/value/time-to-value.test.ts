import type { EventData } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { expectSteadyUntilNextDay, shuffled, TODAY } from './test-support.ts';
import {
  evolveValueMoments,
  initialValueMoments,
  nextTimeToValueDay,
  type TimeToValueInput,
  timeToValueOf,
  type ValueMoments,
} from './time-to-value.ts';

type Report = Omit<EventData<'goal.value-realised'>, 'goalId'>;
const reported = (on: number, report: Report) =>
  given('goal.value-realised', on, { data: { goalId: 'g', ...report } });

function after(events: readonly ReturnType<typeof reported>[]): ValueMoments {
  return events.reduce((moments, event) => evolveValueMoments(moments, event), initialValueMoments());
}

function timeToValue(given: Partial<TimeToValueInput>) {
  return timeToValueOf({
    moments: initialValueMoments(),
    firstUseDay: null,
    startDay: null,
    isHeard: true,
    today: TODAY,
    ...given,
  });
}

describe('time to value (S112, D19)', () => {
  it('runs from the first meaningful use, or the first use, to the first value realised', () => {
    const used = reported(TODAY - 50, { firstMeaningfulUse: true });
    const realised = reported(TODAY - 30, { actual: 5 });
    const moments = after([used, realised]);
    const firstUseDay = TODAY - 80;
    const startDay = TODAY - 100;
    expect(timeToValue({ moments, firstUseDay, startDay })).toEqual({
      fromFirstUseDays: 20,
      fromStartDays: 70,
      isOnTarget: true,
    });
    expect(timeToValue({ moments: after([realised]), firstUseDay, startDay })).toEqual({
      fromFirstUseDays: 50,
      fromStartDays: 70,
      isOnTarget: false,
    });
  });

  it('takes neither an actual of nothing nor a mere first use for value', () => {
    expect(after([reported(TODAY, { actual: 0 })]).firstRealisedDay).toBeNull();
    expect(after([reported(TODAY, { firstMeaningfulUse: true })]).firstRealisedDay).toBeNull();
    expect(after([reported(TODAY, {})]).firstRealisedDay).toBe(TODAY);
    expect(after([reported(TODAY, { firstMeaningfulUse: true, actual: 3 })])).toEqual({
      firstMeaningfulUseDay: TODAY,
      firstRealisedDay: TODAY,
    });
  });

  it('misses its target on the 30th day, unless nothing would be heard of value', () => {
    const open = (today: number, isHeard = true) =>
      timeToValue({ firstUseDay: TODAY, today, isHeard }).isOnTarget;
    expect([open(TODAY + 29), open(TODAY + 30), open(TODAY + 30, false)]).toEqual([null, false, null]);
    const on = (days: number) =>
      timeToValue({ firstUseDay: TODAY - days, moments: after([reported(TODAY, {})]) }).isOnTarget;
    expect([on(29), on(30)]).toEqual([true, false]);
  });

  it('is not known where value came before the first use that was told', () => {
    const moments = after([reported(TODAY - 90, {})]);
    expect(timeToValue({ moments, firstUseDay: TODAY - 10, startDay: TODAY - 20 })).toEqual({
      fromFirstUseDays: null,
      fromStartDays: null,
      isOnTarget: null,
    });
  });

  it('does not depend on order or repeats (N5), and differs on the days named only', () => {
    const report = fc.record(
      { actual: fc.integer({ min: -1, max: 1 }), firstMeaningfulUse: fc.boolean() },
      { requiredKeys: [] },
    );
    const any = fc
      .tuple(fc.integer({ min: TODAY - 100, max: TODAY }), report)
      .map(([on, data]) => reported(on, data));
    fc.assert(
      fc.property(shuffled(any), ([one, other]) => {
        const moments = after(one);
        expect(after([...one, ...other])).toEqual(moments);
        const input = (today: number) => ({
          moments,
          firstUseDay: TODAY - 20,
          startDay: TODAY - 60,
          isHeard: true,
          today,
        });
        const span = { from: TODAY, to: TODAY + 60 };
        expectSteadyUntilNextDay(
          (today) => timeToValueOf(input(today)),
          (today) => nextTimeToValueDay(input(today)),
          span,
        );
      }),
      { numRuns: 50 },
    );
  });
});
