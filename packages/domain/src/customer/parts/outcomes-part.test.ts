import { FEEDS, type FeedStatuses, slotOf } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import type { CensusRow } from '../../census/census-row.ts';
import { CustomerCourse } from '../test-course.ts';
import { contextOn, day, given, givenAgreement } from '../test-support.ts';

const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: 0 }]),
) as unknown as FeedStatuses;
const on = (today: number) => contextOn(today, { feeds: FRESH });
/** The customer's own day of the year, in 2023. */
const OWN_DAY = (() => {
  const from = day('2023-01-01');
  const ofYear = Math.floor((slotOf('c-1') * 365) / 1_024);
  return from + ((((ofYear - from) % 365) + 365) % 365);
})();

/** A customer whose agreement ends so many days after its own day; it is used until that day, and played for longer. */
function customer(endsAfterDays: number, playedDays = 365): CustomerCourse {
  const course = new CustomerCourse();
  const start = OWN_DAY - 200;
  const date = (epochDay: number) => new Date(epochDay * 86_400_000).toISOString().slice(0, 10);
  course.take(
    givenAgreement('created', start, {
      valueMinor: 100_000,
      startDate: date(start),
      endDate: date(OWN_DAY + endsAfterDays - 1),
      autoRenew: false,
    }),
    on(start),
  );
  for (let today = start; today < OWN_DAY + playedDays; today += 1) {
    course.begin(on(today));
    if (today < OWN_DAY && today % 3 === 0) {
      course.take(given('activity.login', today, { data: { userId: 'u' } }), on(today));
      course.take(given('feedback.csat', today, { data: { score: 4, scaleMin: 1, scaleMax: 5 } }), on(today));
    }
  }
  return course;
}

const lastRow = ({ contributions }: CustomerCourse) =>
  JSON.parse(contributions.at(-1)?.after?.row ?? 'null') as CensusRow;

describe('what came of a customer (N11)', () => {
  it('is in no census before the 365 days are over, and in every one after', () => {
    const course = customer(150);
    expect(course.state?.published.outcomes).toMatchObject({ open: { day: OWN_DAY }, judged: [] });
    expect(lastRow(course)).not.toHaveProperty('outcomes');
    expect(course.state?.nextReviewDay).toBe(OWN_DAY + 365);
    const changes = course.begin(on(OWN_DAY + 365));
    expect(changes).toEqual([]);
    expect(course.state?.published.outcomes).toMatchObject({
      open: null,
      judged: [{ day: OWN_DAY, endedDay: OWN_DAY + 150 }],
    });
    expect(lastRow(course).outcomes).toEqual(course.state?.published.outcomes?.judged);
  });

  it('has the probability that was told, and the day on which use that fell was warned of', () => {
    const course = customer(150);
    const told = course.changes
      .flatMap(({ changes }) => changes)
      .flatMap((change) => (change.type === 'score.churn.changed' ? [change] : []));
    const open = course.state?.published.outcomes?.open;
    expect(told.map(({ value }) => value)).toContain(open?.toldBasisPoints);
    const raised = course.changes.find(({ changes }) =>
      changes.some(({ type }) => type === 'risk.early-warning.raised'),
    );
    expect(raised).toBeDefined();
    expect(open?.warned[1]).toBe(Math.floor((raised?.asOf ?? 0) / 86_400_000));
  });

  it('is not asked of a customer bound for the whole year, who is looked at again a year later', () => {
    const course = customer(400, 1);
    expect(course.state?.published.outcomes).toBeNull();
    expect(course.state?.published.nextDays.outcomes).toBe(OWN_DAY + 365);
  });
});
