import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { days } from '../signals/test-support.ts';
import { MAX_ENGAGEMENTS } from './engagement-list.ts';
import { closeLoop, evolveLoops, MAX_LOOPS } from './open-loops.ts';
import { evolveRelationship, initialRelationship, type RelationshipState } from './relationship-state.ts';
import { customerAfter, customerOf, TODAY } from './test-support/customer.ts';

const touch = (on: number, channel: string) => given('marketing.touch', on, { data: { channel } });
const held = (engagementId: string, on: number, more = {}) =>
  given('engagement.qbr-held', on, { data: { engagementId, ...more } });
const scheduled = (engagementId: string, on: number, forDay: number) =>
  given('engagement.qbr-scheduled', on, {
    data: { engagementId, scheduledAt: `${formatDay(forDay)}T09:30:00+02:00` },
  });
const comment = (on: number, id?: string) =>
  given('feedback.comment', on, { data: { comment: 'so' }, ...(id === undefined ? {} : { id }) });

describe('touches', () => {
  it('of marketing are counted by day and channel, however the source writes the channel (S79)', () => {
    const { touches } = customerOf([
      touch(TODAY, 'Webinar'),
      touch(TODAY - 2, 'e-mail'),
      touch(TODAY - 2, 'Email '),
      touch(TODAY - 1, 'skywriting'),
    ]).relationship;
    expect(touches.marketing).toEqual([
      ['mail', [[TODAY - 2, 2]]],
      ['other', [[TODAY - 1, 1]]],
      ['webinar', [[TODAY, 1]]],
    ]);
    expect(touches.firstMarketingDay).toBe(TODAY - 2);
  });

  it('are kept for 400 days, and that there was a first one for ever', () => {
    const { touches } = customerOf([
      touch(TODAY - 400, 'mail'),
      comment(TODAY - 401),
      touch(TODAY - 399, 'phone'),
    ]).relationship;
    expect(touches.marketing).toEqual([['phone', [[TODAY - 399, 1]]]]);
    expect([touches.firstMarketingDay, touches.firstFeedbackDay]).toEqual([TODAY - 400, TODAY - 401]);
    expect(touches.comments).toEqual([]);
  });

  it('go as the date moves on, whatever event comes next', () => {
    const before = customerOf([touch(TODAY, 'mail'), held('q', TODAY), comment(TODAY)]);
    const later = customerAfter(
      before,
      given('payment.paid', TODAY + 400, { data: { amountMinor: 1 } }),
      TODAY + 400,
    );
    expect(later.relationship).toEqual({
      touches: { firstMarketingDay: TODAY, marketing: [], firstFeedbackDay: TODAY, comments: [] },
      engagements: { firstDay: TODAY, engagements: [] },
      loops: [],
    });
  });
});

describe('an engagement', () => {
  it('is one, whatever is told of it and in whatever order (S20)', () => {
    const facts = [
      scheduled('q', TODAY - 30, TODAY - 5),
      held('q', TODAY - 5, { level: 'VP', attendees: 4, channel: 'Zoom' }),
      held('q', TODAY - 5, { level: 'C', attendees: 3, channel: 'visit' }),
    ];
    for (const events of [facts, facts.toReversed()]) {
      expect(customerOf(events).relationship.engagements.engagements).toMatchObject([
        { id: 'q', kind: 'qbr', heldDay: TODAY - 5, level: 'C', attendees: 4, channel: 'on-site' },
      ]);
    }
  });

  it('is on the day that its calendar entry names, as told last', () => {
    const moved = [scheduled('q', TODAY - 30, TODAY + 9), scheduled('q', TODAY - 20, TODAY + 4)];
    for (const events of [moved, moved.toReversed()]) {
      const [review] = customerOf(events).relationship.engagements.engagements;
      expect(review?.scheduled?.[0]).toBe(TODAY + 4);
    }
  });

  it('counts from the day on which somebody met, not from when it was planned', () => {
    const { engagements } = customerOf([scheduled('q', TODAY - 9, TODAY), held('q', TODAY)]).relationship;
    expect(engagements.firstDay).toBe(TODAY);
  });

  it('is forgotten 400 days after the last that was heard of it', () => {
    const state = customerOf([held('q', TODAY)]);
    expect(
      customerAfter(state, comment(TODAY + 399), TODAY + 399).relationship.engagements.engagements,
    ).toHaveLength(1);
    expect(
      customerAfter(state, comment(TODAY + 400), TODAY + 400).relationship.engagements.engagements,
    ).toEqual([]);
  });
});

describe('what a customer said (S106)', () => {
  const answer = (type: 'feedback.nps' | 'feedback.csat' | 'feedback.ces', score: number, more = {}) =>
    given(type, TODAY, { data: { score, scaleMin: 0, scaleMax: 10, ...more } });
  const kindsOf = (events: Parameters<typeof customerOf>[0]) =>
    customerOf(events).relationship.loops.map(({ kind }) => kind);

  it('needs an answer when it is a comment, a detractor, or worse than the middle of its scale', () => {
    expect(kindsOf([answer('feedback.nps', 6), answer('feedback.nps', 7)])).toEqual(['nps']);
    expect(kindsOf([answer('feedback.csat', 4), answer('feedback.csat', 5)])).toEqual(['csat']);
    expect(kindsOf([comment(TODAY)])).toEqual(['comment']);
  });

  it('is judged by what is good on its scale (D18)', () => {
    const effort = { scaleMin: 1, scaleMax: 7, highIsGood: false };
    expect(kindsOf([answer('feedback.ces', 2, effort)])).toEqual([]);
    expect(kindsOf([answer('feedback.ces', 6, effort)])).toEqual(['ces']);
  });

  it('is closed by the same event told with the day of the answer, in any order', () => {
    const open = given('feedback.nps', TODAY - 9, { id: 'n', data: { score: 2, scaleMin: 0, scaleMax: 10 } });
    const closed = { ...open, data: { ...open.data, closedLoopAt: `${formatDay(TODAY - 2)}T12:00:00Z` } };
    for (const events of [
      [open, closed],
      [closed, open],
    ]) {
      const loops = [{ id: 'n', kind: 'nps', day: TODAY - 9, closedDay: TODAY - 2 }];
      expect(customerOf(events).relationship.loops).toEqual(loops);
    }
  });

  it('is closed on the first day that it was answered, also where that is known before it', () => {
    const said = { ...comment(TODAY - 9, 'c'), type: 'feedback.comment' as const };
    const loop = { id: 'c', kind: 'comment', day: TODAY - 9, closedDay: TODAY - 4 };
    const answered = closeLoop(closeLoop(evolveLoops([], said), 'c', TODAY - 4), 'c', TODAY - 2);
    expect(answered).toEqual([loop]);
    const early = closeLoop(closeLoop([], 'c', TODAY - 2), 'c', TODAY - 4);
    expect(early).toMatchObject([{ kind: null, closedDay: TODAY - 4 }]);
    expect(evolveLoops(early, said)).toEqual([loop]);
    expect(closeLoop(answered, 'c', TODAY)).toBe(answered);
  });

  it('is kept of the newest when there is too much of it', () => {
    const many = days(0, MAX_LOOPS).map((back) => comment(TODAY - back, `e-${back}`));
    for (const events of [many, many.toReversed()]) {
      const { loops } = customerOf(events).relationship;
      expect(loops).toHaveLength(MAX_LOOPS);
      expect(loops.some(({ day }) => day === TODAY - MAX_LOOPS)).toBe(false);
    }
  });
});

describe('what is refused', () => {
  const full = (): RelationshipState => ({
    ...initialRelationship(),
    engagements: {
      firstDay: TODAY,
      engagements: days(1, MAX_ENGAGEMENTS).map((number) => ({
        id: `m-${String(number).padStart(5, '0')}`,
        kind: 'meeting',
        heldDay: TODAY,
      })),
    },
  });

  it('is one engagement too many, while those that are known go on', () => {
    expect(evolveRelationship(full(), held('one-more', TODAY), TODAY)).toEqual({
      ok: false,
      reason: 'entity-limit',
      faults: [
        {
          path: '/data/engagementId',
          expected: 'one of at most 1000 engagements of a customer within 400 days',
          got: 'one-more',
        },
      ],
    });
    expect(evolveRelationship(full(), held('m-00001', TODAY), TODAY).ok).toBe(true);
  });
});

it('an action item moves nothing here: it is no activity, and no score is read from it (S96)', () => {
  const item = given('engagement.action-item-recorded', TODAY, {
    data: { engagementId: 'q', actionItemId: 'i', title: 'x' },
  });
  const { relationship } = customerOf([held('q', TODAY)]);
  expect(evolveRelationship(relationship, item, TODAY)).toEqual({ ok: true, state: relationship });
});

it('an event that changes nothing is answered with the same state', () => {
  const events = [touch(TODAY, 'mail'), held('q', TODAY), scheduled('q', TODAY - 9, TODAY), comment(TODAY)];
  const { relationship } = customerOf(events);
  const calm = given('feedback.nps', TODAY, { data: { score: 9, scaleMin: 0, scaleMax: 10 } });
  for (const event of [held('q', TODAY), calm, given('activity.login', TODAY, { data: {} })]) {
    const evolved = evolveRelationship(relationship, event, TODAY);
    expect(evolved.ok && evolved.state).toBe(relationship);
  }
});

it('a year of an ordinary customer stays small', () => {
  const events = [
    ...days(1, 8).map((number) => touch(TODAY - 45 * number, number % 2 === 0 ? 'mail' : 'webinar')),
    ...days(1, 6).map((number) =>
      given('engagement.meeting-held', TODAY - 60 * number, {
        data: { engagementId: `e-${number}`, level: 'VP', attendees: 4, channel: 'video' },
      }),
    ),
    ...days(1, 6).map((number) =>
      given('engagement.outreach-sent', TODAY - 55 * number, {
        data: { engagementId: `o-${number}`, channel: 'mail' },
      }),
    ),
    ...days(1, 4).flatMap((number) => [
      scheduled(`q-${number}`, TODAY - 90 * number, TODAY - 90 * number + 14),
      held(`q-${number}`, TODAY - 90 * number + 14, { level: 'C', attendees: 6, channel: 'on site' }),
    ]),
    ...days(1, 3).map((number) => comment(TODAY - 100 * number)),
  ];
  expect(JSON.stringify(customerOf(events).relationship).length).toBeLessThan(2_500);
});
