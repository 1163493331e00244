import { describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from './customer-state.ts';
import { CustomerCourse } from './test-course.ts';
import { contextOn, day, given, givenAgreement } from './test-support.ts';

const TODAY = '2024-06-01';
const types = (changes: readonly { readonly type: string }[] | string) =>
  typeof changes === 'string' ? changes : changes.map(({ type }) => type);

describe('what follows from an event of a customer', () => {
  it('is one change with all consequences, numbered from 1', () => {
    const course = new CustomerCourse();
    const event = givenAgreement('created', TODAY, {
      agreementType: 'MSA',
      valueMinor: 700_00,
      endDate: '2024-08-01',
    });
    expect(types(course.take(event, contextOn(TODAY)))).toEqual([
      'score.ltv.changed',
      'score.complexity.changed',
      'score.health.changed',
      'score.churn.changed',
      'score.tier.changed',
      'score.lifecycle.changed',
      'score.relationship.changed',
      'opportunity.cross-sell.raised',
      'renewal.due',
    ]);
    expect(course.changes[0]).toMatchObject({
      tenant: 'acme',
      customerId: 'c-1',
      sequence: 1,
      cause: 'new-data',
      causedBy: [event.id],
      asOf: event.time,
      knownAt: event.receivedAt,
      engineVersion: ENGINE_VERSION,
    });
    const paid = given('payment.paid', TODAY, { data: { amountMinor: 5_00 } });
    expect(types(course.take(paid, contextOn(TODAY)))).toEqual(['score.ltv.changed', 'score.rfm.changed']);
    expect(course.changes[1]?.sequence).toBe(2);
  });

  it('tells the portfolio of a new customer even when it is worth nothing, and then only of what it counts', () => {
    const course = new CustomerCourse();
    course.take(given('customer.profile', TODAY, { data: { name: 'Acme' } }), contextOn(TODAY));
    course.take(givenAgreement('created', TODAY, { valueMinor: 9_00 }), contextOn(TODAY));
    course.take(givenAgreement('amended', TODAY, { paymentTerms: 'net 30' }), contextOn(TODAY));
    expect(course.contributions.map(({ before, after }) => [before, after?.valueMinor])).toEqual([
      [null, 0],
      [{ valueMinor: 0 }, 9_00],
    ]);
    expect(JSON.parse(course.contributions[1]?.after?.row ?? '')).toMatchObject({ ltvMinor: 9_00 });
  });

  it('is nothing where nothing that is published differs', () => {
    const course = new CustomerCourse();
    course.take(givenAgreement('created', TODAY, { valueMinor: 9_00 }), contextOn(TODAY));
    const sequence = course.state?.sequence;
    expect(course.take(given('goal.set', TODAY, { data: { goalId: 'g-1' } }), contextOn(TODAY))).toEqual([]);
    expect(course.state).toMatchObject({ sequence });
  });

  it('is nothing but an answer for an event seen before or against the rules, which can be sent again', () => {
    const course = new CustomerCourse();
    const event = given('payment.paid', TODAY, { data: { amountMinor: 5_00 } });
    course.take(event, contextOn(TODAY));
    const { state } = course;
    expect(course.take(event, contextOn(TODAY))).toBe('duplicate');
    const created = givenAgreement('created', '2024-05-01', { valueMinor: 4_000_000_000_000 });
    course.take(created, contextOn(TODAY));
    const tooMuch = givenAgreement('amended', TODAY, { deltaMinor: 1 });
    expect(course.take(tooMuch, contextOn(TODAY))).toBe('amount-out-of-range');
    expect(course.take(tooMuch, contextOn(TODAY))).toBe('amount-out-of-range');
    expect(state?.sequence).toBe(1);
    expect(course.state?.agreements[0]?.amendments).toHaveLength(1);
  });

  it('knows a late repeat of an agreement event after its id was forgotten', () => {
    const course = new CustomerCourse();
    const event = givenAgreement('created', TODAY, { valueMinor: 9_00 });
    course.take(event, contextOn(TODAY));
    const pause = given('marketing.touch', '2024-07-01', { data: { channel: 'mail' } });
    course.take(pause, contextOn('2024-07-01'));
    const again = { ...event, receivedAt: pause.receivedAt };
    expect(course.take(again, contextOn('2024-07-01'))).toBe('duplicate');
  });

  it('is a correction when it belongs to a day before yesterday (N13)', () => {
    const causeOf = (on: string, historical = false) => {
      const course = new CustomerCourse();
      course.take(given('payment.paid', on, { data: { amountMinor: 5_00 }, historical }), contextOn(TODAY));
      return course.changes[0];
    };
    expect(causeOf('2024-05-31')).toMatchObject({ cause: 'new-data', asOf: contextOn(TODAY).startsAt });
    expect(causeOf('2024-05-31', true)).toMatchObject({ cause: 'new-data', historical: true });
    expect(causeOf('2024-05-30')).toMatchObject({ cause: 'late-correction' });
  });
});

describe('what follows from time and context', () => {
  it('comes on the day it is due with no event, and says so (N3)', () => {
    const course = new CustomerCourse();
    const facts = { agreementType: 'MSA', valueMinor: 9_00, endDate: '2024-12-31' } as const;
    course.take(givenAgreement('created', TODAY, facts), contextOn(TODAY));
    expect(course.state?.published.nextDays.notices).toBe(day('2024-07-04'));
    expect(course.begin(contextOn('2024-07-03'))).toEqual([]);
    expect(course.state?.nextReviewDay).toBe(day('2024-07-04'));
    expect(types(course.begin(contextOn('2024-07-04')))).toContain('renewal.due');
    expect(course.changes.at(-1)).toMatchObject({
      cause: 'time-decay',
      causedBy: [],
      asOf: contextOn('2024-07-04').startsAt,
    });
    expect(types(course.begin(contextOn('2025-01-01')))).toEqual(
      expect.arrayContaining([
        'score.ltv.changed',
        'score.complexity.changed',
        'opportunity.cross-sell.withdrawn',
        'renewal.settled',
      ]),
    );
    expect(course.state?.published.nextDays.notices).toBeUndefined();
  });

  it('takes a purchase out of the year when its time is up', () => {
    const course = new CustomerCourse();
    course.take(given('payment.paid', TODAY, { data: { amountMinor: 5_00 } }), contextOn(TODAY));
    expect(course.state?.published.nextDays.rfm).toBe(day(TODAY) + 365);
    const changes = course.begin(contextOn(day(TODAY) + 365));
    expect(changes[0]).toMatchObject({
      type: 'score.rfm.changed',
      parts: { frequency365: 0, monetary365Minor: 0, transactions: 1 },
    });
  });

  it('decides anew under a newer context before the next event, as a change of its own', () => {
    const course = new CustomerCourse();
    const login = (on: string) => given('activity.login', on, { data: {} });
    const feeds = { activity: { status: 'fresh', lastDay: day(TODAY) } } as const;
    course.take(login('2024-05-31'), contextOn('2024-05-31', { feeds, contextVersion: 1 }));
    const stale = { activity: { status: 'stale', lastDay: day(TODAY) } } as const;
    course.take(login('2024-06-20'), contextOn('2024-06-20', { feeds: stale, contextVersion: 2 }));
    expect(course.changes.map(({ cause, causedBy }) => [cause, causedBy.length])).toContainEqual([
      'reference-change',
      0,
    ]);
    expect(course.state?.contextVersion).toBe(2);
    expect(course.changes.map(({ sequence }) => sequence)).toEqual(
      course.changes.map((_, index) => index + 1),
    );
  });
});
