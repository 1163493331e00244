import { FEEDS, type FeedStatuses } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import type { CensusRow } from '../../census/census-row.ts';
import { countPortfolio } from '../../census/count-portfolio.ts';
import type { ModelPack } from '../../models/model-pack.ts';
import { CS_FRAMEWORK } from '../../models/shipped/cs-framework.ts';
import type { DecisionContext } from '../decide-input.ts';
import { CustomerCourse, isScoreChange } from '../test-course.ts';
import { contextOn, day, given } from '../test-support.ts';

const TODAY = day('2024-06-03');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;

/** Logins against the median of the segment alone; everything else as the framework has it. */
const BY_SEGMENT: ModelPack = {
  ...CS_FRAMEWORK,
  id: 'by-segment',
  minimumCoveragePercent: 10,
  signals: CS_FRAMEWORK.signals.map(({ curve, relativeTo, ...signal }) => {
    if (signal.signal !== 'login-frequency') return { ...signal, ...(curve ? { curve } : {}) };
    return {
      ...signal,
      relativeTo: {
        kind: 'segment',
        curve: [
          [0, 0],
          [100, 80],
          [200, 100],
        ],
      },
    };
  }),
};
const on = (today: number, overrides: Partial<DecisionContext> = {}) =>
  contextOn(today, { feeds: FRESH, models: { live: BY_SEGMENT }, ...overrides });

/** Used on so many of the last 30 days; of a segment by what the CRM says. */
function used(days: number, tier = 'silver', context = on(TODAY)): CustomerCourse {
  const course = new CustomerCourse();
  course.take(given('customer.profile', TODAY, { data: { tier } }), context);
  for (let ago = 0; ago < days; ago += 1)
    course.take(given('activity.login', TODAY - ago, { data: { userId: 'u' } }), context);
  return course;
}

const rowOf = ({ contributions }: CustomerCourse) =>
  JSON.parse(contributions.at(-1)?.after?.row ?? 'null') as CensusRow;
const loginsOf = ({ state }: CustomerCourse) =>
  state?.published.health?.signals.find(({ signal }) => signal === 'login-frequency');

describe('a signal compared with the segment of the customer (N17)', () => {
  it('is in the row that a census counts, and only where the live model asks for it', () => {
    expect(rowOf(used(7))).toMatchObject({ segment: 'smb', signals: { 'login-frequency': 7 } });
    const framework = used(7, 'silver', contextOn(TODAY, { feeds: FRESH }));
    expect(rowOf(framework).signals).toEqual({});
  });

  it('is missing while no median is known, though its reading is counted', () => {
    const course = used(7);
    expect(loginsOf(course)).toBeUndefined();
    expect(course.state?.published.health?.missing).toContainEqual({
      signal: 'login-frequency',
      why: 'no-data',
    });
  });

  it('is scored against the median from the census on, which says so', () => {
    const course = used(6);
    // 4, 6, 10 and 20 days: the median is 8; one enterprise has none
    const rows = [used(4), course, used(10), used(20), used(30, 'platinum')].map(rowOf);
    const findings = countPortfolio(rows, TODAY, { previous: null, historical: false });
    expect(findings.breakpoints.medians).toEqual({ enterprise: {}, smb: { 'login-frequency': 8 } });
    const changes = course.begin(on(TODAY, { findings, contextVersion: 2 })).filter(isScoreChange);
    // 6 are 75 % of 8: three quarters of the way to 80 points
    expect(loginsOf(course)).toMatchObject({ raw: 6, norm: 8, points: 60 });
    const health = changes.find(({ score }) => score === 'health');
    const reason = health?.reasons.find(({ signal }) => signal === 'login-frequency');
    expect(reason?.text).toContain('median of the segment 8');
  });

  it('moves with the segment that the customer comes into', () => {
    const findings = countPortfolio(
      [4, 8, 8, 20].flatMap((days) => [rowOf(used(days)), rowOf(used(days + 10, 'gold'))]),
      TODAY,
      { previous: null, historical: false },
    );
    expect(findings.breakpoints.medians).toMatchObject({
      enterprise: { 'login-frequency': 18 },
      smb: { 'login-frequency': 8 },
    });
    const context = on(TODAY, { findings });
    const course = used(6, 'silver', context);
    expect(loginsOf(course)?.norm).toBe(8);
    course.take(
      given('customer.profile', TODAY, { data: { tier: 'gold' }, time: (TODAY + 1) * 86_400_000 - 1 }),
      context,
    );
    expect(loginsOf(course)).toMatchObject({ raw: 6, norm: 18 });
  });

  it('is told to the census again as the reading moves, with nothing else of the row', () => {
    const course = used(3);
    course.take(given('activity.login', TODAY - 20, { data: { userId: 'u' } }), on(TODAY));
    expect(rowOf(course).signals).toEqual({ 'login-frequency': 4 });
  });
});
