import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementEvent, AgreementList } from '../agreements/agreement-state.ts';
import { nextStandingDay, standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { decideRenewals, type RenewalNotice } from './decide-renewals.ts';
import { dueDayOf, nextRenewalDay } from './renewal-days.ts';

/** Follows one customer from day to day. */
class Course {
  agreements: AgreementList = [];
  notices: readonly RenewalNotice[] = [];

  take(...events: readonly AgreementEvent[]): this {
    for (const event of events) {
      const evolved = evolveAgreements(this.agreements, event);
      if (evolved.kind === 'ok') this.agreements = evolved.result;
    }
    return this;
  }

  /** What is published on an epoch day. */
  on(today: number) {
    const standings = standingsOf(this.agreements, today);
    const decided = decideRenewals(this.notices, standings, { today, currency: 'USD' });
    this.notices = decided.notices;
    return decided.situations;
  }

  at(date: string) {
    return this.on(day(date)).map(({ type, cause, code, dueDay, daysBefore }) => ({
      type,
      cause,
      code,
      dueDay,
      daysBefore,
    }));
  }
}

const signed = (facts: AgreementFacts) =>
  givenAgreement('created', '2024-01-01', { valueMinor: 1_000_00, ...facts });
const due = (code: string, dueDate: string, daysBefore: number) => [
  { type: 'renewal.due', cause: 'A', code, dueDay: day(dueDate), daysBefore },
];

describe('renewal notices (S11, D3)', () => {
  it('come once at each checkpoint before the end', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    expect(course.at('2024-07-03')).toEqual([]);
    expect(course.at('2024-07-04')).toEqual(due('end', '2024-12-31', 180));
    expect(course.at('2024-07-05')).toEqual([]);
    expect(course.at('2024-09-02')).toEqual(due('end', '2024-12-31', 120));
    expect(course.at('2024-12-24')).toEqual(due('end', '2024-12-31', 7));
    expect(course.at('2024-12-31')).toEqual([]);
  });

  it('count from the notice deadline where there is one', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31', noticeDays: 90 }));
    expect(course.at('2024-09-03')).toEqual(due('notice-deadline', '2024-10-02', 30));
  });

  it('tell only the tightest of several checkpoints passed at once', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    expect(course.at('2024-12-01')).toEqual(due('end', '2024-12-31', 30));
  });

  it('tell dates, and nothing that is another on the next day', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31', noticeDays: 90 }));
    const [situation] = course.on(day('2024-09-03'));
    expect(situation?.text).toBe('Agreement A ends after 2024-12-31; notice can be given until 2024-10-02');
    expect(situation?.reasons).toEqual([
      {
        signal: 'notice-deadline',
        contribution: 0,
        before: null,
        after: null,
        text: 'notice can be given until 2024-10-02',
      },
    ]);
    const [later] = course.on(day('2024-09-25'));
    expect(later).toEqual({ ...situation, daysBefore: 7 });
  });

  it('do not come for perpetual, open-ended or ended agreements', () => {
    const course = new Course().take(
      signed({ endDate: '2024-12-31', perpetual: true }),
      signed({ agreementId: 'B' }),
      signed({ agreementId: 'C', endDate: '2024-02-01' }),
    );
    expect(course.at('2024-12-30')).toEqual([]);
  });

  it('are settled when the agreement is renewed, and start again for the new due day', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    course.at('2024-12-01');
    course.take(givenAgreement('renewed', '2024-12-02', { endDate: '2025-12-31' }));
    expect(course.at('2024-12-02')).toMatchObject([{ type: 'renewal.settled', cause: 'A', code: 'renewed' }]);
    expect(course.at('2024-12-03')).toEqual([]);
    expect(course.at('2025-12-24')).toEqual(due('end', '2025-12-31', 7));
  });

  it('are settled and due anew when the renewal is short', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    course.at('2024-12-28');
    course.take(givenAgreement('renewed', '2024-12-29', { endDate: '2025-01-31' }));
    expect(course.at('2024-12-29')).toMatchObject([
      { type: 'renewal.settled', code: 'renewed', dueDay: day('2024-12-31') },
      { type: 'renewal.due', dueDay: day('2025-01-31'), daysBefore: 60 },
    ]);
  });

  it('are settled when the agreement ends or is terminated', () => {
    const ended = new Course().take(signed({ endDate: '2024-12-31' }));
    ended.at('2024-12-28');
    expect(ended.at('2025-01-01')).toMatchObject([{ type: 'renewal.settled', code: 'ended' }]);
    expect(ended.at('2025-01-02')).toEqual([]);
    const stopped = new Course().take(signed({ endDate: '2024-12-31' }));
    stopped.at('2024-12-01');
    stopped.take(givenAgreement('terminated', '2024-12-10'));
    expect(stopped.at('2024-12-10')).toMatchObject([{ type: 'renewal.settled', code: 'terminated' }]);
  });

  it('come again when the due day moves in', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    course.at('2024-12-01');
    course.take(givenAgreement('amended', '2024-12-02', { noticeDays: 15 }));
    expect(course.at('2024-12-02')).toEqual(due('notice-deadline', '2024-12-16', 30));
  });
});

describe('a notice deadline that has passed (S11, D3)', () => {
  const facts = { endDate: '2024-12-31', noticeDays: 60 } as const;

  it('settles an agreement that renews by itself: nothing is left to decide', () => {
    const course = new Course().take(signed({ ...facts, autoRenew: true }));
    expect(course.at('2024-11-01')).toEqual(due('notice-deadline', '2024-11-01', 7));
    const [situation, ...others] = course.on(day('2024-11-02'));
    expect(situation).toMatchObject({
      type: 'renewal.settled',
      code: 'notice-passed',
      dueDay: day('2024-11-01'),
      text: 'Agreement A renews by itself after 2024-12-31; notice could be given until 2024-11-01',
    });
    expect(others).toEqual([]);
    expect(course.at('2024-12-24')).toEqual([]);
  });

  it('makes the end of any other agreement the day that it is due, as news and not as a renewal', () => {
    const course = new Course().take(signed(facts));
    expect(course.at('2024-11-01')).toEqual(due('notice-deadline', '2024-11-01', 7));
    expect(course.at('2024-11-02')).toEqual(due('end', '2024-12-31', 60));
    expect(course.at('2024-11-03')).toEqual([]);
    expect(course.at('2024-12-01')).toEqual(due('end', '2024-12-31', 30));
  });

  it('settles until the end comes near where that is more than half a year away', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31', noticeDays: 270 }));
    expect(course.at('2024-04-05')).toEqual(due('notice-deadline', '2024-04-05', 7));
    expect(course.at('2024-04-06')).toMatchObject([{ type: 'renewal.settled', code: 'notice-passed' }]);
    expect(course.at('2024-07-04')).toEqual(due('end', '2024-12-31', 180));
  });

  it('that was never told counts for nothing: only the end is due', () => {
    const course = new Course().take(signed(facts));
    expect(course.at('2024-12-01')).toEqual(due('end', '2024-12-31', 30));
    const renewing = new Course().take(signed({ ...facts, autoRenew: true }));
    expect(renewing.at('2024-12-01')).toEqual([]);
  });

  it('settles the notice of an end when the agreement turns out to renew by itself', () => {
    const course = new Course().take(signed(facts));
    course.at('2024-12-01');
    course.take(givenAgreement('amended', '2024-12-02', { autoRenew: true }));
    expect(course.at('2024-12-02')).toMatchObject([{ type: 'renewal.settled', code: 'notice-passed' }]);
  });
});

describe('the next day of a renewal (N3)', () => {
  const termsOf = (facts: AgreementFacts) => {
    const [agreement] = new Course().take(signed(facts)).agreements;
    if (agreement === undefined) throw new Error('no agreement');
    return agreement.terms;
  };

  it('is that of the next checkpoint, and none is left after the tightest', () => {
    const terms = termsOf({ endDate: '2024-12-31', noticeDays: 0 });
    expect(dueDayOf(terms, day('2024-12-31'))).toBe(day('2024-12-31'));
    expect(nextRenewalDay(terms, day('2024-01-01'))).toBe(day('2024-07-04'));
    expect(nextRenewalDay(terms, day('2024-07-04'))).toBe(day('2024-09-02'));
    expect(nextRenewalDay(terms, day('2024-12-24'))).toBeNull();
  });

  it('is the one after the notice deadline, too', () => {
    const terms = termsOf({ endDate: '2024-12-31', noticeDays: 60 });
    expect(nextRenewalDay(terms, day('2024-10-25'))).toBe(day('2024-11-02'));
    expect(nextRenewalDay(terms, day('2024-11-02'))).toBe(day('2024-12-01'));
    const renewing = termsOf({ endDate: '2024-12-31', noticeDays: 60, autoRenew: true });
    expect(nextRenewalDay(renewing, day('2024-11-01'))).toBe(day('2024-11-02'));
    expect(nextRenewalDay(renewing, day('2024-11-02'))).toBeNull();
  });

  it('is never late: a customer looked at on those days alone is told the same as one looked at daily', () => {
    const anyTerms = fc.record({
      noticeDays: fc.option(fc.nat(400), { nil: undefined }),
      autoRenew: fc.option(fc.boolean(), { nil: undefined }),
    });
    const [from, endDate] = [day('2024-01-01'), '2024-12-31'];
    fc.assert(
      fc.property(anyTerms, fc.nat(360), ({ noticeDays, autoRenew }, firstDay) => {
        const facts = {
          endDate,
          ...(noticeDays === undefined ? {} : { noticeDays }),
          ...(autoRenew === undefined ? {} : { autoRenew }),
        };
        const terms = termsOf(facts);
        const [daily, seldom] = [new Course().take(signed(facts)), new Course().take(signed(facts))];
        let next: number | null = from + firstDay;
        for (let today = from + firstDay; today <= day(endDate) + 2; today += 1) {
          const told = daily.on(today);
          if (today !== next) {
            expect(told).toEqual([]);
            continue;
          }
          expect(seldom.on(today)).toEqual(told);
          const days = [nextRenewalDay(terms, today), nextStandingDay(terms, today)];
          next = Math.min(...days.map((candidate) => candidate ?? Number.POSITIVE_INFINITY));
        }
        expect(seldom.notices).toEqual(daily.notices);
      }),
    );
  });
});
