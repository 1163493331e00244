import { describe, expect, it } from 'vitest';
import { CustomerCourse } from '../customer/test-course.ts';
import { contextOn, day, given, givenAgreement } from '../customer/test-support.ts';
import { allFeeds, loginsOn } from '../signals/test-support.ts';
import { findFirstYearHealth } from './first-year-health.ts';
import type { FirstYearHealth } from './sign.ts';

const FIRST_YEAR: FirstYearHealth = {
  overDay: 20_366,
  healthHundredths: 5_500,
  heldHundredths: null,
  isSpoilt: false,
  atRiskBelowPoints: 50,
  atRiskClearedFromPoints: 55,
};
const stateAt = (told: Partial<FirstYearHealth>, isRaised = false) =>
  findFirstYearHealth({ firstYear: { ...FIRST_YEAR, ...told } }, { isRaised }).state;

describe('the tighter threshold of the first year (S84)', () => {
  it('is 10 points above that of an at-risk situation, where it begins and where it ends', () => {
    const begins = [5_999, 6_000].map((healthHundredths) => stateAt({ healthHundredths }));
    expect(begins).toEqual(['present', 'absent']);
    const stays = [6_000, 6_499, 6_500].map((healthHundredths) => stateAt({ healthHundredths }, true));
    expect(stays).toEqual(['present', 'present', 'absent']);
  });

  it('says what is asked for, and why', () => {
    expect(findFirstYearHealth({ firstYear: FIRST_YEAR }, { isRaised: false })).toMatchObject({
      factor: {
        code: 'first-year-health',
        text: 'Health fell below 60 in the first year, in which 10 points more are asked for',
        before: 60,
        after: 55,
      },
    });
  });

  it('is not passed by what went missing alone, nor told of while a feed is silent (N2)', () => {
    expect(stateAt({ healthHundredths: 5_900, heldHundredths: 6_100 })).toBe('absent');
    expect(stateAt({ healthHundredths: 6_600, heldHundredths: 6_400 }, true)).toBe('present');
    expect(stateAt({ isSpoilt: true })).toBe('unknown');
    expect(stateAt({ healthHundredths: null })).toBe('unknown');
  });

  it('is that of the model in use', () => {
    expect(stateAt({ atRiskBelowPoints: 40, atRiskClearedFromPoints: 45 })).toBe('absent');
  });

  it('holds for Gold and Platinum, and ends with the first year with no event', () => {
    const START = day('2024-01-01');
    const courses = (['Gold', 'Silver'] as const).map((tier) => {
      const course = new CustomerCourse();
      const context = (today: number) => contextOn(today, { feeds: allFeeds('fresh') });
      const score = { score: 45, scaleMin: 0, scaleMax: 100 };
      const events = [
        given('customer.profile', START, { data: { tier, createdDate: '2024-01-01' } }),
        givenAgreement('created', START, { perpetual: true }),
        given('contact.created', START, { data: { contactId: 'ann', isSponsor: true } }),
        given('goal.set', START, { data: { goalId: 'g', target: 100, dueDate: '2024-02-01' } }),
        given('ticket.opened', START, { data: { ticketId: 't', severity: 1 } }),
        ...loginsOn([START + 300, START + 310, START + 320, START + 325]),
        given('feedback.csat', START + 326, { data: score }),
      ];
      for (const event of events) course.take(event, context(Math.max(event.day, START)));
      for (let today = START + 327; today <= START + 400; today += 1) course.begin(context(today));
      return course.changes.flatMap(({ asOf, changes }) =>
        changes.flatMap((change) =>
          'cause' in change && change.cause === 'first-year-health'
            ? [[Math.floor(asOf / 86_400_000) - START, change.type, change.code]]
            : [],
        ),
      );
    });
    const [gold, silver] = courses;
    expect(silver).toEqual([]);
    expect(gold?.at(0)?.slice(1)).toEqual(['risk.early-warning.raised', 'first-year-health']);
    expect(gold?.at(-1)).toEqual([366, 'risk.early-warning.cleared', 'not-first-year']);
  });
});
