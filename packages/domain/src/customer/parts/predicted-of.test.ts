import { FEEDS, type FeedStatuses } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import type { CensusRow } from '../../census/census-row.ts';
import { countPortfolio } from '../../census/count-portfolio.ts';
import { CustomerCourse, isScoreChange } from '../test-course.ts';
import { contextOn, day, given, givenAgreement } from '../test-support.ts';

const TODAY = day('2024-06-03');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;

/** A customer who uses what it has, to whom more is offered for 200.00. */
function offered(): CustomerCourse {
  const course = new CustomerCourse();
  const context = contextOn(TODAY, { feeds: FRESH });
  course.take(
    givenAgreement('created', '2024-01-01', {
      valueMinor: 100_000,
      startDate: '2024-01-01',
      endDate: '2024-12-31',
      autoRenew: false,
    }),
    context,
  );
  for (let ago = 0; ago < 70; ago += 3)
    course.take(given('activity.login', TODAY - ago, { data: { userId: 'u' } }), context);
  course.take(given('feedback.csat', TODAY, { data: { score: 5, scaleMin: 1, scaleMax: 5 } }), context);
  course.take(given('ticket.opened', TODAY - 9, { data: { ticketId: 'T', severity: 4 } }), context);
  const data = { opportunityId: 'O', opportunityKind: 'upsell', amountMinor: 20_000 } as const;
  course.take(given('opportunity.created', TODAY, { data }), context);
  return course;
}

const ownRow = ({ contributions }: CustomerCourse) =>
  JSON.parse(contributions.at(-1)?.after?.row ?? 'null') as CensusRow;

describe('the pipeline in predicted revenue (D24)', () => {
  it('is left out and named while the tenant has no win rates', () => {
    const { figures, missing } = offered().state?.published.revenue ?? {};
    expect(figures?.predictedV2Minor).toBeGreaterThan(0);
    expect(figures?.predictedV2PipelineMinor).toBeNull();
    expect(missing).toContainEqual({ signal: 'win-rates', why: 'no-data' });
  });

  it('counts by the tenant’s own win rates from the census on that has enough of them', () => {
    const course = offered();
    const before = course.state?.published.revenue?.figures.predictedV2Minor ?? 0;
    const rows = [ownRow(course), { ...ownRow(course), decided: { upsell: { won: 12, lost: 28 } } }];
    const findings = countPortfolio(rows, TODAY + 1, { previous: null, historical: false });
    const context = contextOn(TODAY + 1, { feeds: FRESH, findings, contextVersion: 2 });
    const change = course
      .begin(context)
      .filter(isScoreChange)
      .find(({ score }) => score === 'revenue');
    // (12 + 10 x 30 %) of (40 + 10) is 30 % of 200.00
    expect(change?.parts).toMatchObject({
      predictedV2Minor: before + 6_000,
      predictedV2PipelineMinor: 6_000,
    });
    expect(change?.missing?.map(({ signal }) => signal)).not.toContain('win-rates');
  });

  it('adds nothing to the row of a customer of whom no opportunity was decided', () => {
    const course = offered();
    expect(ownRow(course)).not.toHaveProperty('decided');
    const data = { opportunityId: 'O' };
    course.take(given('opportunity.won', TODAY, { data }), contextOn(TODAY, { feeds: FRESH }));
    expect(ownRow(course).decided).toEqual({ upsell: { won: 1, lost: 0 } });
  });
});
