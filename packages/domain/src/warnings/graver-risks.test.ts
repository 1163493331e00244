import { DAY_MS } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import type { AlertsState } from '../alerts/alerts-state.ts';
import { evolveAlerts } from '../alerts/evolve-alerts.ts';
import { currentOf } from '../customer/current-of.ts';
import { CustomerCourse } from '../customer/test-course.ts';
import { contextOn, day, given, givenAgreement } from '../customer/test-support.ts';
import { allFeeds } from '../signals/test-support.ts';

const START = day('2024-01-01');
/** Notice can be given until 2024-10-02: 90 days before that is 2024-07-04, 30 days before 2024-09-02. */
const NOTICE_DAY = day('2024-10-02');
const agreement = givenAgreement('created', START, {
  endDate: '2024-12-31',
  noticeDays: 90,
  agreementId: 'A',
});
const context = (today: number) => contextOn(today, { feeds: allFeeds('fresh') });

/** What was told of a rule and a cause: days before the notice deadline, step, and the days told with it. */
function toldOf({ changes }: CustomerCourse, rule: string, cause: string) {
  return changes.flatMap(({ asOf, changes: all }) =>
    all.flatMap((one) => {
      if (!('cause' in one) || !one.type.includes(rule) || one.cause !== cause) return [];
      const days = NOTICE_DAY - Math.floor(asOf / DAY_MS);
      return [[days, one.type.split('.').at(-1), one.dueDay ?? null, one.daysBefore ?? null]];
    }),
  );
}

function live(course: CustomerCourse, fromDay: number, toDay: number): void {
  for (let today = fromDay; today <= toDay; today += 1) course.begin(context(today));
}

describe('a risk with the renewal in view (N18, S101)', () => {
  const escalated = (ticketId: string, on: number) => given('ticket.escalated', on, { data: { ticketId } });
  const course = new CustomerCourse();
  course.take(agreement, context(START));
  // An early sign that stands all the time: two escalations every week.
  for (let today = START + 60; today <= NOTICE_DAY - 20; today += 1) {
    course.begin(context(today));
    if (today % 7 === 0) course.take(escalated(`t${today}`, today), context(today));
  }

  it('is told again as it was when the day of decision has come a step nearer, and not in between', () => {
    const told = toldOf(course, 'early-warning', 'ticket-escalations');
    expect(told.slice(0, 3)).toEqual([
      [expect.any(Number), 'raised', null, null],
      [90, 'raised', NOTICE_DAY, 90],
      [30, 'raised', NOTICE_DAY, 30],
    ]);
    expect(told).toHaveLength(3);
    const texts = course.changes.flatMap(({ changes }) =>
      changes.flatMap((one) => (one.type === 'risk.early-warning.raised' ? [one.text] : [])),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('grows graver as one alert, that people need to acknowledge once', () => {
    let state: AlertsState | undefined;
    const alerts = course.changes.flatMap((change) => {
      const evolved = evolveAlerts(state, change);
      state = evolved.state;
      return evolved.alerts.filter(({ rule }) => rule === 'early-warning');
    });
    expect(alerts.map(({ severity, revision, dueDay }) => [severity, revision, dueDay])).toEqual([
      ['low', 1, null],
      ['medium', 2, NOTICE_DAY],
      ['high', 3, NOTICE_DAY],
    ]);
    expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(1);
  });

  it('is known with its days to those who start now (N12)', () => {
    const current = course.state === undefined ? undefined : currentOf(course.state);
    expect(current?.current.situations).toContainEqual({
      rule: 'early-warning',
      cause: 'ticket-escalations',
      code: expect.any(String),
      dueDay: NOTICE_DAY,
      daysBefore: 30,
    });
  });

  it('is as grave as in itself again once the agreement is renewed', () => {
    const renewed = new CustomerCourse();
    renewed.state = course.state;
    const on = NOTICE_DAY - 19;
    renewed.take(givenAgreement('renewed', on, { agreementId: 'A', endDate: '2026-12-31' }), context(on));
    expect(toldOf(renewed, 'early-warning', 'ticket-escalations')).toEqual([[19, 'raised', null, null]]);
  });
});

describe('an at-risk situation with the renewal in view (N18, S62)', () => {
  it('carries the day of decision from 90 days before it, and is told again at 30', () => {
    const course = new CustomerCourse();
    const poor = { score: 0, scaleMin: 0, scaleMax: 100 };
    course.take(agreement, context(START));
    const goal = { goalId: 'g', target: 100, dueDate: '2024-01-20' };
    course.take(given('goal.set', START, { data: goal }), context(START));

    for (let today = START + 30; today <= NOTICE_DAY - 20; today += 1) {
      course.begin(context(today));
      if (today % 10 !== 0) continue;
      course.take(given('feedback.csat', today, { data: poor }), context(today));
      course.take(given('activity.login', today, { data: {} }), context(today));
      const ticket = { ticketId: `t${today}`, severity: 1 } as const;
      course.take(given('ticket.opened', today, { data: ticket }), context(today));
    }
    const told = toldOf(course, 'at-risk', 'health');
    expect(told).toEqual([
      [expect.any(Number), 'raised', null, null],
      [90, 'raised', NOTICE_DAY, 90],
      [30, 'raised', NOTICE_DAY, 30],
    ]);
    const current = course.state === undefined ? undefined : currentOf(course.state);
    const standing = current?.current.situations.find(({ rule }) => rule === 'at-risk');
    expect(standing).toMatchObject({ dueDay: NOTICE_DAY, daysBefore: 30 });
  });
});

describe('the call before a renewal (N18)', () => {
  const committed = (on: number) =>
    given('opportunity.stage-changed', on, {
      data: { opportunityId: 'o', opportunityKind: 'renewal', stage: 'commit' },
    });

  it('is demanded at 180 days, settled by what is said of the renewal, and demanded anew at 90', () => {
    const course = new CustomerCourse();
    course.take(agreement, context(START));
    live(course, START + 1, NOTICE_DAY - 121);
    course.take(committed(NOTICE_DAY - 120), context(NOTICE_DAY - 120));
    live(course, NOTICE_DAY - 119, NOTICE_DAY + 200);
    expect(toldOf(course, 'call-due', 'renewal-call')).toEqual([
      [180, 'raised', NOTICE_DAY, 180],
      [120, 'settled', NOTICE_DAY, null],
      [90, 'raised', NOTICE_DAY, 90],
      // The notice passed: what is left to decide is the end, 90 days later, for which the same call is owed.
      [-1, 'raised', day('2024-12-31'), 90],
      [-91, 'settled', day('2024-12-31'), null],
    ]);
  });

  it('is demanded of nobody where calls are not heard of', () => {
    const course = new CustomerCourse();
    const { opportunity: _none, ...feeds } = allFeeds('fresh');
    course.take(agreement, contextOn(START, { feeds }));
    for (let today = START + 1; today <= NOTICE_DAY; today += 1) course.begin(contextOn(today, { feeds }));
    expect(toldOf(course, 'call-due', 'renewal-call')).toEqual([]);
  });

  it('waits, and is not taken for made, while the source is silent (N2)', () => {
    const course = new CustomerCourse();
    course.take(agreement, context(START));
    live(course, START + 1, NOTICE_DAY - 150);
    const feeds = { ...allFeeds('fresh'), opportunity: { status: 'stale', lastDay: START } } as const;
    for (let today = NOTICE_DAY - 149; today <= NOTICE_DAY - 80; today += 1)
      course.begin(contextOn(today, { feeds, contextVersion: 2 }));
    expect(toldOf(course, 'call-due', 'renewal-call')).toEqual([[180, 'raised', NOTICE_DAY, 180]]);
    course.begin(contextOn(NOTICE_DAY - 79, { feeds: allFeeds('fresh'), contextVersion: 3 }));
    expect(toldOf(course, 'call-due', 'renewal-call').at(-1)).toEqual([79, 'raised', NOTICE_DAY, 90]);
  });
});
