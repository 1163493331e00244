import { type Change, type CustomerEvent, formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { CustomerCourse } from '../customer/test-course.ts';
import { contextOn, given } from '../customer/test-support.ts';
import { allFeeds } from '../signals/test-support.ts';

const TODAY = 20_000;
const context = (today: number) => contextOn(today, { feeds: allFeeds('fresh') });
const nps = (on: number, id: string, told = {}) =>
  given('feedback.nps', on, { id, data: { score: 3, scaleMin: 0, scaleMax: 10, ...told } });
const comment = (on: number, id: string) => given('feedback.comment', on, { id, data: { comment: 'so' } });
const answered = (on: number, feedbackId: string) => given('feedback.answered', on, { data: { feedbackId } });

function taken(course: CustomerCourse, event: CustomerEvent): readonly Change[] {
  const changes = course.take(event, context(event.day));
  if (typeof changes === 'string') throw new Error(changes);
  return changes;
}

/** What is told of owed answers from the first event on, day by day until `toDay`. */
function toldUntil(toDay: number, events: readonly CustomerEvent[]) {
  const course = new CustomerCourse();
  const told: (readonly [number, string | undefined, string, string])[] = [];
  for (let today = events[0]?.day ?? TODAY; today <= toDay; today += 1) {
    const changes = [
      ...course.begin(context(today)),
      ...events.filter((event) => event.day === today).flatMap((event) => taken(course, event)),
    ];
    for (const change of changes) {
      if ('score' in change || !change.type.includes('loop-overdue')) continue;
      told.push([today - TODAY, change.type.split('.').at(-1), change.code, change.text]);
    }
  }
  return { told, course };
}

describe('an answer that is owed for more than seven days (S106)', () => {
  it('is told on the eighth day with whom, since when and to what', () => {
    const { told, course } = toldUntil(TODAY + 9, [nps(TODAY, 'n', { respondentRole: 'CFO' })]);
    expect(told).toEqual([
      [
        8,
        'raised',
        'nps',
        `The customer (CFO) waits for an answer to a detractor's answer (NPS) of ${formatDay(TODAY)}, owed by ${formatDay(TODAY + 7)}`,
      ],
    ]);
    expect(course.state?.published.loopOverdue).toEqual({ loopId: 'n', code: 'nps', dueDay: TODAY + 7 });
  });

  it('is none where the loop was closed in time, by the survey or by an answer', () => {
    const closedLoopAt = `${formatDay(TODAY + 2)}T10:00:00Z`;
    expect(toldUntil(TODAY + 20, [nps(TODAY, 'n', { closedLoopAt })]).told).toEqual([]);
    expect(toldUntil(TODAY + 20, [comment(TODAY, 'c'), answered(TODAY + 7, 'c')]).told).toEqual([]);
  });

  it('is settled when it is given; another that is owed takes its place', () => {
    const events = [
      comment(TODAY, 'a'),
      comment(TODAY + 1, 'b'),
      answered(TODAY + 12, 'a'),
      answered(TODAY + 14, 'b'),
    ];
    expect(toldUntil(TODAY + 20, events).told.map(([on, step, code]) => [on, step, code])).toEqual([
      [8, 'raised', 'comment'],
      [12, 'raised', 'comment'],
      [14, 'settled', 'answered'],
    ]);
  });

  it('is no more owed a year later', () => {
    const { told } = toldUntil(TODAY + 370, [comment(TODAY, 'a')]);
    expect(told.map(([on, step, code]) => [on, step, code])).toEqual([
      [8, 'raised', 'comment'],
      [365, 'settled', 'long-ago'],
    ]);
  });

  it('is neither told nor settled while the source that would tell of answers is silent (N2)', () => {
    const course = new CustomerCourse();
    course.take(comment(TODAY, 'a'), context(TODAY));
    const feeds = { ...allFeeds('fresh'), feedback: { status: 'stale', lastDay: TODAY } } as const;
    for (let today = TODAY + 1; today < TODAY + 30; today += 1)
      course.begin(contextOn(today, { feeds, contextVersion: 2 }));
    expect(course.state?.published.loopOverdue).toBeNull();
    course.begin(contextOn(TODAY + 30, { feeds: allFeeds('fresh'), contextVersion: 3 }));
    expect(course.state?.published.loopOverdue).toMatchObject({ loopId: 'a' });
  });

  it('makes no one a touch of the customer: it was us who spoke (S78)', () => {
    const { course } = toldUntil(TODAY + 3, [comment(TODAY, 'a'), answered(TODAY + 2, 'a')]);
    expect(course.state?.relationship.touches.comments).toEqual([[TODAY, 1]]);
  });

  it('keeps no role of somebody who waits no more', () => {
    const events = [nps(TODAY, 'n', { respondentRole: 'CFO' }), answered(TODAY + 2, 'n')];
    const { course } = toldUntil(TODAY + 3, events);
    expect(course.state?.relationship.loops).toEqual([
      { id: 'n', kind: 'nps', day: TODAY, closedDay: TODAY + 2 },
    ]);
  });
});
