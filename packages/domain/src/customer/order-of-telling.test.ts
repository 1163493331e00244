import type { CustomerEvent, Feed, FeedStatuses } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf, upTo } from '../quantiles/test-support.ts';
import type { CustomerState } from './customer-state.ts';
import { CustomerCourse } from './test-course.ts';
import { contextOn, day, given } from './test-support.ts';

const START = day('2023-01-01');

function feedsOn(today: number, feeds: readonly Feed[]): FeedStatuses {
  return Object.fromEntries(feeds.map((feed) => [feed, { status: 'fresh', lastDay: today }]));
}

/** Events each on its own day, then a day that begins with nothing told on it. */
function after(
  events: readonly CustomerEvent[],
  today: number,
  { feeds = [], isRanked = false }: { readonly feeds?: readonly Feed[]; readonly isRanked?: boolean } = {},
): CustomerState {
  const contextOf = (on: number, contextVersion: number) =>
    contextOn(on, {
      contextVersion,
      feeds: feedsOn(on, feeds),
      findings: isRanked
        ? {
            breakpoints: breakpointsOf(
              upTo(100).map((n) => rowOf({ ltvMinor: n })),
              START,
            ),
            predictive: {
              version: 1,
              fittedDay: START,
              bgNbd: null,
              gammaGamma: null,
              shiftedBetaGeometric: null,
              refused: [],
            },
          }
        : null,
    });
  const course = new CustomerCourse();
  for (const event of events) course.take(event, contextOf(event.day, 1));
  course.begin(contextOf(today, 2));
  if (course.state === undefined) throw new Error('nothing was taken');
  return course.state;
}

describe('what is let go after 400 days', () => {
  const opened = given('ticket.opened', START, { data: { ticketId: 't', severity: 1 } });
  const signed = given('agreement.created', START, {
    data: { agreementId: 'A', valueMinor: 100, signedDate: '2023-01-01', perpetual: true, autoRenew: true },
  });
  const others = [
    given('contact.created', START, { data: { contactId: 'ann', isSponsor: true } }),
    given('feedback.nps', START + 300, { data: { score: 9, scaleMin: 0, scaleMax: 10 } }),
    given('activity.login', START + 300, { data: {} }),
  ];
  const feeds: readonly Feed[] = ['ticket', 'contact', 'feedback', 'activity'];
  const troubleOf = ({ published }: CustomerState) =>
    published.churn?.parts.find(([signal]) => signal === 'service-trouble')?.[1];

  it('is no trouble on the day itself already: a severe ticket of which nothing was heard since (S92)', () => {
    expect(troubleOf(after([signed, opened, ...others], START + 399, { feeds }))).toBe(1);
    expect(troubleOf(after([signed, opened, ...others], START + 400, { feeds }))).toBe(0);
  });

  it('tells no recurring revenue, whether or not another payment came since (S109)', () => {
    // A payment for one month of 31 days stands for 31 more: 62 days, the last of them START + 61.
    const monthly = (on: number) =>
      given('payment.paid', on, { data: { amountMinor: 900, recurringMonths: 1 } });
    const mrrOf = ({ published }: CustomerState) => published.revenue?.figures.mrrMinor;
    expect(mrrOf(after([monthly(START)], START + 61))).toBe(900);
    expect(mrrOf(after([monthly(START)], START + 62 + 399))).toBe(null);
    expect(mrrOf(after([monthly(START)], START + 61 + 399))).toBe(0);
  });
});

describe('a contract that turns out to be void', () => {
  it('is taken away whole from what was contracted 180 days ago (D23)', () => {
    const events = [
      given('agreement.created', START, {
        data: { agreementId: 'A', valueMinor: 700, endDate: '2025-12-31' },
      }),
      given('agreement.created', START, { data: { agreementId: 'B', valueMinor: 300 } }),
      // On its first day, which is told only now: it never came into force, and no end tells how long it would have.
      given('agreement.terminated', START + 100, { data: { agreementId: 'B', startDate: '2024-01-01' } }),
    ];
    const { published } = after(
      [...events, given('contact.created', START, { data: { contactId: 'ann' } })],
      START + 190,
    );
    expect(published.ltv?.contractedMinor).toBe(700);
    expect(published.churn?.parts.find(([signal]) => signal === 'contraction')?.[1]).toBe(30);
  });
});

describe('the engagement model of a customer whose agreements are over (S34, D10)', () => {
  it('is the same whether or not they were told while they ran: they are known not to be complex', () => {
    const profile = given('customer.profile', START, { data: { tier: 'Silver' } });
    const agreement = given('agreement.created', START, {
      data: { agreementId: 'A', valueMinor: 50, startDate: '2023-01-01', endDate: '2023-03-31' },
    });
    const toldLate = {
      ...agreement,
      day: START + 200,
      data: { ...agreement.data, effectiveDate: '2023-01-01' },
    };
    const healthy = [
      given('goal.met', START, { data: { goalId: 'g' } }),
      given('contact.created', START, { data: { contactId: 'ann', isSponsor: true } }),
      given('goal.value-realised', START + 195, { data: { goalId: 'g', target: 10, actual: 9 } }),
      given('activity.feature-used', START + 199, { data: { feature: 'reports', count: 9 } }),
      given('feedback.csat', START + 199, { data: { score: 5, scaleMin: 1, scaleMax: 5 } }),
      given('ticket.responded', START + 199, { data: { ticketId: 't' } }),
    ];
    const feeds: readonly Feed[] = ['activity', 'ticket', 'feedback', 'goal', 'contact', 'agreement'];
    const modelOf = (events: readonly CustomerEvent[]) =>
      after([...events, ...healthy], START + 200, { feeds, isRanked: true }).published.tier?.labels
        .engagementModel;
    expect(modelOf([profile, agreement])).toBe('standard');
    expect(modelOf([profile, toldLate])).toBe('standard');
    // Of whom no agreement is known it is not known how complex they are.
    expect(modelOf([profile])).toBe(null);
  });
});
