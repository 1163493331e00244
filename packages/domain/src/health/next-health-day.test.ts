import { type CustomerEvent, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import type { ModelPack } from '../models/model-pack.ts';
import { CRM } from '../models/shipped/crm.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { allFeeds, anyFeeds, days, loginsOn, TODAY } from '../signals/test-support.ts';
import { healthOf } from './health-of.ts';
import { nextHealthDay } from './next-health-day.ts';
import { anyFacts, factsAfter, ticketOpened, withSeats } from './test-support.ts';

const next = (events: readonly CustomerEvent[], model: ModelPack = CS_FRAMEWORK) =>
  nextHealthDay(factsAfter(events), TODAY, model);
const agreementUntil = (end: number, start = TODAY - 100) =>
  givenAgreement('created', TODAY - 100, { startDate: formatDay(start), endDate: formatDay(end) });

describe('the next day on which health may change by itself (N3)', () => {
  it('is never for a customer of whom nothing is known', () => {
    for (const model of [CS_FRAMEWORK, CRM, MATTERMOST_2025]) expect(next([], model)).toBeNull();
  });

  it('is the day on which the oldest use leaves the window', () => {
    expect(next(loginsOn([TODAY - 300, TODAY - 24, TODAY]))).toBe(TODAY + 6);
  });

  it('is the day on which the oldest use leaves the window that the trend compares with', () => {
    expect(next(loginsOn([TODAY - 300, TODAY - 55, TODAY - 5]))).toBe(TODAY + 5);
  });

  it('is the day on which one more period is whole, and what is usual may be another', () => {
    // days 19,950 to 19,979 are whole and before the window from 20,009 on
    expect(next(loginsOn([TODAY - 230, TODAY]))).toBe(20_009);
    expect(next(loginsOn([TODAY - 231, TODAY]))).toBe(20_009);
    expect(next(loginsOn([TODAY - 231]))).toBeNull();
  });

  it('is the day after a goal was due, after an agreement ended, and when a report on seats grows old', () => {
    expect(next([given('goal.set', TODAY, { data: { goalId: 'g', dueDate: '2024-10-10' } })])).toBe(
      TODAY + 7,
    );
    expect(next([agreementUntil(TODAY + 40)])).toBe(TODAY + 41);
    expect(nextHealthDay(withSeats(factsAfter([]), [3, 4]), TODAY, CS_FRAMEWORK)).toBe(TODAY + 15);
  });

  it('is the day on which the next level is reached, not every day on which a count grows', () => {
    // 100 days of tenure: half a year on day 183; 40 days to the end: below 31 in 10 days
    expect(next([agreementUntil(TODAY + 40)], MATTERMOST_2025)).toBe(TODAY + 10);
    expect(next([agreementUntil(TODAY + 300)], MATTERMOST_2025)).toBe(TODAY + 83);
    const meeting = given('engagement.meeting-held', TODAY - 40, { data: { engagementId: 'm' } });
    expect(next([meeting], MATTERMOST_2025)).toBe(TODAY + 20);
    expect(next([ticketOpened('a', TODAY - 80)], MATTERMOST_2025)).toBe(TODAY + 10);
  });

  it('is every day while a curve slopes, and never at its level end', () => {
    expect(next(loginsOn([TODAY - 40]), CRM)).toBe(TODAY + 1);
    expect(next(loginsOn([TODAY - 90]), CRM)).toBeNull();
  });

  it('is never late: until then, health is the same every day', () => {
    const on = fc.integer({ min: TODAY - 399, max: TODAY + 2 });
    const feeds = fc.oneof(fc.constant(allFeeds('fresh')), anyFeeds);
    const models = fc.constantFrom(CS_FRAMEWORK, CRM, MATTERMOST_2025, sloping(MATTERMOST_2025));
    fc.assert(
      fc.property(anyFacts(on), feeds, models, (facts, known, model) => {
        const healthOn = (today: number) => {
          const health = healthOf(facts, { today, feeds: known, model, currency: 'USD' });
          return JSON.stringify({
            ...health,
            signals: health.signals.map(({ signal, points }) => [signal, points]),
          });
        };
        let health = healthOn(TODAY);
        let day = nextHealthDay(facts, TODAY, model);
        for (let today = TODAY + 1; today < TODAY + 400; today += 1) {
          if (today === day) {
            health = healthOn(today);
            day = nextHealthDay(facts, today, model);
            expect(day ?? today + 1).toBeGreaterThan(today);
          } else {
            expect(healthOn(today)).toBe(health);
          }
        }
      }),
    );
  });

  it('is never late for the readings of the framework either: until then they are told the same', () => {
    const on = fc.integer({ min: TODAY - 399, max: TODAY + 2 });
    fc.assert(
      fc.property(anyFacts(on), anyFeeds, (facts, feeds) => {
        const textOn = (today: number) => JSON.stringify(healthOf(facts, { today, feeds, currency: 'USD' }));
        const day = nextHealthDay(facts, TODAY, CS_FRAMEWORK) ?? TODAY + 60;
        for (const today of days(TODAY + 1, Math.min(day - 1, TODAY + 60)))
          expect(textOn(today)).toBe(textOn(TODAY));
      }),
    );
  });
});

/** The same model with straight lines between its levels. */
function sloping(model: ModelPack): ModelPack {
  return {
    ...model,
    signals: model.signals.map(({ steps, ...signal }) =>
      steps === undefined ? signal : { ...signal, curve: steps },
    ),
  };
}
