import { describe, expect, it } from 'vitest';
import type { AgreementEvent, AgreementList } from '../agreements/agreement-state.ts';
import { standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { decideRenewals, dueDayOf, nextRenewalDay, type RenewalNotice } from './decide-renewals.ts';

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

  at(date: string) {
    const moment = { today: day(date), currency: 'USD' };
    const decided = decideRenewals(this.notices, standingsOf(this.agreements, moment.today), moment);
    this.notices = decided.notices;
    return decided.situations.map(({ type, cause, code, dueDay, daysBefore }) => ({
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

  it('tell only the tightest of several checkpoints passed at once, even when the deadline was missed', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31' }));
    expect(course.at('2024-12-01')).toEqual(due('end', '2024-12-31', 30));
    const missed = new Course().take(signed({ endDate: '2024-12-31', noticeDays: 60 }));
    expect(missed.at('2024-12-01')).toEqual(due('notice-deadline', '2024-11-01', 7));
    expect(missed.at('2024-12-15')).toEqual([]);
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

  it('wake the customer on the day of the next checkpoint, never on a day without one', () => {
    const course = new Course().take(signed({ endDate: '2024-12-31', noticeDays: 0 }));
    const [agreement] = course.agreements;
    if (agreement === undefined) throw new Error('no agreement');
    expect(dueDayOf(agreement.terms)).toBe(day('2024-12-31'));
    expect(nextRenewalDay(agreement.terms, day('2024-01-01'))).toBe(day('2024-07-04'));
    expect(nextRenewalDay(agreement.terms, day('2024-07-04'))).toBe(day('2024-09-02'));
    expect(nextRenewalDay(agreement.terms, day('2024-12-24'))).toBeNull();
  });
});
