import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { evolveSignals } from './evolve-signals.ts';
import {
  HORIZON_DAYS,
  initialSignals,
  MAX_CONTACTS,
  MAX_FEATURES,
  MAX_GOALS,
  MAX_OPEN_TICKETS,
  MAX_TICKETS,
  type SignalState,
} from './state.ts';
import { after, anyFact, anyIncrement, customerAfter, days, loginsOn, TODAY } from './test-support.ts';

const opened = (ticketId: string, on: number, severity = 3) =>
  given('ticket.opened', on, { data: { ticketId, severity } });
const resolved = (ticketId: string, on: number) => given('ticket.resolved', on, { data: { ticketId } });

describe('what health is read from', () => {
  it('counts every use on its day, whatever the event that tells of it', () => {
    const { activity } = customerAfter([
      given('activity.login', TODAY, { data: {} }),
      given('activity.feature-used', TODAY, { data: { feature: 'reports', count: 3 } }),
      given('activity.feature-used', TODAY - 1, { data: { feature: 'reports' } }),
      given('activity.usage-reported', TODAY - 1, { data: { count: 40 } }),
    ]);
    expect(activity.days).toEqual([
      [TODAY - 1, 41],
      [TODAY, 4],
    ]);
    expect(activity.features).toEqual([['reports', TODAY]]);
    expect([activity.firstDay, activity.lastDay]).toEqual([TODAY - 1, TODAY]);
  });

  it('keeps 400 days of use, and knows ever after that there was a first one', () => {
    const { activity } = customerAfter(
      loginsOn([TODAY - 900, TODAY - HORIZON_DAYS, TODAY - HORIZON_DAYS + 1]),
    );
    expect(activity.days).toEqual([[TODAY - HORIZON_DAYS + 1, 1]]);
    expect(activity.firstDay).toBe(TODAY - 900);
  });

  it('lets days go as the date moves on, whichever event comes next', () => {
    const before = customerAfter(loginsOn([TODAY - 390, TODAY]), TODAY);
    const later = after(
      before,
      given('contact.left', TODAY + 20, { data: { contactId: 'ann' } }),
      TODAY + 20,
    );
    expect(later.activity.days).toEqual([[TODAY, 1]]);
    const answered = customerAfter([
      given('feedback.csat', TODAY, { data: { score: 1, scaleMin: 0, scaleMax: 1 } }),
    ]);
    const login = given('activity.login', TODAY + 400, { data: {} });
    expect(after(answered, login, TODAY + 400).csat).toMatchObject({
      days: [],
      last: { value: 10_000, day: TODAY },
    });
  });

  it('remembers the features seen last when there are too many', () => {
    const uses = days(1, MAX_FEATURES + 1).map((number) =>
      given('activity.feature-used', TODAY - number, { data: { feature: `feature-${number}` } }),
    );
    const { features } = customerAfter(uses).activity;
    expect(features).toHaveLength(MAX_FEATURES);
    expect(features.map(([name]) => name)).not.toContain(`feature-${MAX_FEATURES + 1}`);
  });

  it('takes the facts of a ticket in any order and keeps its worst severity', () => {
    const escalated = given('ticket.escalated', TODAY - 2, { data: { ticketId: 'T1', severity: 1 } });
    const responded = given('ticket.responded', TODAY - 1, { data: { ticketId: 'T1' } });
    const { tickets } = customerAfter([
      resolved('T1', TODAY),
      responded,
      escalated,
      opened('T1', TODAY - 3, 4),
    ]);
    expect(tickets).toMatchObject([{ id: 'T1', severity: 1 }]);
    expect(tickets[0]?.opened?.[1]).toBe(TODAY - 3);
    expect(tickets[0]?.responded?.[1]).toBe(TODAY - 1);
    expect(tickets[0]?.resolved?.[1]).toBe(TODAY);
  });

  it('measures to the first response and to the last resolution', () => {
    const responses = [TODAY - 1, TODAY - 3].map((on) =>
      given('ticket.responded', on, { data: { ticketId: 'T1' } }),
    );
    const [ticket] = customerAfter([
      ...responses,
      resolved('T1', TODAY - 5),
      resolved('T1', TODAY - 2),
    ]).tickets;
    expect(ticket?.responded?.[1]).toBe(TODAY - 3);
    expect(ticket?.resolved?.[1]).toBe(TODAY - 2);
  });

  it('forgets a ticket 400 days after the last that was heard of it', () => {
    const state = customerAfter([opened('T1', TODAY - 5), resolved('T1', TODAY)]);
    const comment = (on: number) => given('feedback.comment', on, { data: { comment: 'hello' } });
    expect(after(state, comment(TODAY + 399), TODAY + 399).tickets).toHaveLength(1);
    expect(after(state, comment(TODAY + 400), TODAY + 400).tickets).toHaveLength(0);
  });

  it('normalises survey answers with high as good, whatever their scale and polarity (D18)', () => {
    const state = customerAfter([
      given('feedback.csat', TODAY, { data: { score: 4, scaleMin: 1, scaleMax: 5 } }),
      given('feedback.csat', TODAY, { data: { score: 5, scaleMin: 1, scaleMax: 5 } }),
      given('feedback.ces', TODAY, { data: { score: 2, scaleMin: 1, scaleMax: 7, highIsGood: false } }),
      given('feedback.nps', TODAY, { data: { score: 9, scaleMin: 0, scaleMax: 10 } }),
    ]);
    expect(state.csat.days).toEqual([[TODAY, 2, 17_500]]);
    expect(state.ces.days).toEqual([[TODAY, 1, 8333]]);
    expect(state.nps.last).toMatchObject({ value: 9000, day: TODAY });
  });

  it('keeps the first report that a goal was met, and the latest word on its target', () => {
    const met = [TODAY - 1, TODAY - 4].map((on) => given('goal.met', on, { data: { goalId: 'g' } }));
    const set = [TODAY - 2, TODAY - 9].map((on) =>
      given('goal.set', on, { data: { goalId: 'g', target: on } }),
    );
    const [goal] = customerAfter([...met, ...set]).goals;
    expect([goal?.met?.[1], goal?.target?.value]).toEqual([TODAY - 4, TODAY - 2]);
  });

  it('takes the latest word on a contact by time, then by the sequence of the source', () => {
    const said = (isSponsor: boolean, sequence: number) =>
      given('contact.changed', TODAY, { sequence, data: { contactId: 'ann', isSponsor } });
    const [contact] = customerAfter([said(true, 2), said(false, 1)]).contacts;
    expect(contact?.isSponsor?.value).toBe(true);
  });

  it('answers an event that changes nothing with the same state', () => {
    const state = customerAfter([opened('T1', TODAY), ...loginsOn([TODAY])]);
    for (const event of [
      opened('T1', TODAY),
      given('feedback.comment', TODAY, { data: { comment: 'fine' } }),
      given('payment.paid', TODAY, { data: { amountMinor: 100 } }),
    ]) {
      expect(after(state, event)).toBe(state);
    }
  });
});

describe('what is refused', () => {
  it('is a survey answer without a scale, or outside of it', () => {
    const flat = given('feedback.csat', TODAY, { data: { score: 3, scaleMin: 3, scaleMax: 3 } });
    expect(evolveSignals(initialSignals(), flat, TODAY)).toEqual({
      ok: false,
      reason: 'invalid-data',
      faults: [{ path: '/data/scaleMax', expected: 'more than scaleMin, 3', got: '3' }],
    });
    const outside = given('feedback.nps', TODAY, { data: { score: 11, scaleMin: 0, scaleMax: 10 } });
    expect(evolveSignals(initialSignals(), outside, TODAY)).toMatchObject({
      ok: false,
      reason: 'invalid-data',
      faults: [{ path: '/data/score' }],
    });
  });

  it('is one open ticket too many, while the tickets that are known go on', () => {
    const full = customerAfter(days(1, MAX_OPEN_TICKETS).map((number) => opened(`T${number}`, TODAY)));
    expect(evolveSignals(full, opened('one-more', TODAY), TODAY)).toEqual({
      ok: false,
      reason: 'entity-limit',
      faults: [
        {
          path: '/data/ticketId',
          expected: 'one of at most 500 open tickets of a customer',
          got: 'one-more',
        },
      ],
    });
    const relieved = after(full, resolved('T1', TODAY));
    expect(after(relieved, opened('one-more', TODAY)).tickets).toHaveLength(MAX_OPEN_TICKETS + 1);
  });

  it('is one contact or goal too many', () => {
    const contact = (number: number) =>
      given('contact.created', TODAY, { data: { contactId: `c${number}` } });
    const goal = (number: number) => given('goal.set', TODAY, { data: { goalId: `g${number}` } });
    const full = customerAfter([...days(1, MAX_CONTACTS).map(contact), ...days(1, MAX_GOALS).map(goal)]);
    for (const event of [contact(0), goal(0)]) {
      expect(evolveSignals(full, event, TODAY)).toMatchObject({ ok: false, reason: 'entity-limit' });
    }
    expect(evolveSignals(full, contact(1), TODAY).ok).toBe(true);
  });

  it('is no resolved ticket: of too many the ones resolved longest ago are forgotten early', () => {
    const tickets = days(1, MAX_TICKETS).map((number) => ({
      id: `T${String(number).padStart(5, '0')}`,
      severity: 3,
      opened: null,
      escalated: null,
      responded: null,
      resolved: [0, TODAY - (number % 300)] as const,
    }));
    const full: SignalState = { ...initialSignals(), firstTicketDay: TODAY - 300, tickets };
    const next = after(full, opened('U1', TODAY)).tickets;
    expect(next).toHaveLength(MAX_TICKETS);
    expect(next.map(({ id }) => id)).not.toContain('T00299');
  });
});

describe('the order of arrival (N5)', () => {
  const recent = fc.integer({ min: TODAY - 380, max: TODAY + 1 });
  const anyRecent = fc.oneof(anyIncrement(recent), anyFact(recent));

  it('makes no difference, while the date moves on', () => {
    const inAnyOrder = fc
      .array(anyRecent, { minLength: 2, maxLength: 40 })
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      );
    fc.assert(
      fc.property(inAnyOrder, ([events, shuffled]) => {
        expect(JSON.stringify(livedThrough(shuffled))).toBe(JSON.stringify(livedThrough(events)));
      }),
    );
  });

  it('makes no difference to use and answers of any age, nor to which features are remembered', () => {
    const ofAnyAge = fc.array(anyIncrement(fc.integer({ min: TODAY - 900, max: TODAY })), { maxLength: 40 });
    fc.assert(
      fc.property(ofAnyAge, (events) => {
        expect(livedThrough(events.toReversed())).toEqual(livedThrough(events));
      }),
    );
  });

  it('allows facts to come again', () => {
    fc.assert(
      fc.property(fc.array(anyFact(recent), { maxLength: 30 }), (facts) => {
        const once = customerAfter(facts);
        expect(customerAfter([...facts, ...facts])).toEqual(once);
      }),
    );
  });

  /** Takes the events one by one on days that approach TODAY. */
  function livedThrough(events: Parameters<typeof customerAfter>[0]): SignalState {
    let state = initialSignals();
    events.forEach((event, index) => {
      state = after(state, event, TODAY - Math.max(0, events.length - 1 - index) * 3);
    });
    return state;
  }
});
