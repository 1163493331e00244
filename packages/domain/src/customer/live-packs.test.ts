import { DAY_MS, FEEDS, type FeedStatuses } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import type { ModelPack } from '../models/model-pack.ts';
import { CRM } from '../models/shipped/crm.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { SHIPPED_PACKS } from '../models/shipped-packs.ts';
import { CustomerCourse, isScoreChange } from './test-course.ts';
import { contextOn, day, given } from './test-support.ts';

const TODAY = day('2024-06-01');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;

/**
 * A customer of a tenant that scores by a pack: 20 uses in 30 days, the last one 7 days ago; 3 of 4 contacts with an
 * e-mail address; 100,000 won; 10 million of revenue a year; an agreement of 366 days that goes on for 200.
 */
function scoredBy(live: ModelPack): CustomerCourse {
  const course = new CustomerCourse();
  const context = contextOn(TODAY, { feeds: FRESH, models: { live } });
  const tell = (event: ReturnType<typeof given>) =>
    course.take({ ...event, receivedAt: TODAY * DAY_MS } as never, context);
  tell(given('customer.profile', TODAY - 20, { data: { annualRevenueMinor: 1_000_000_000 } }));
  for (const contactId of ['a', 'b', 'c', 'd']) {
    const hasEmail = contactId !== 'd';
    tell(given('contact.created', TODAY - 20, { data: { contactId, hasEmail } }));
  }
  const won = { opportunityId: 'o', amountMinor: 10_000_000 };
  tell(given('opportunity.won', TODAY - 20, { data: won }));
  for (let ago = 26; ago >= 7; ago--) tell(given('activity.login', TODAY - ago, { data: {} }));
  const [startDate, endDate] = ['2023-06-01', '2024-12-18'];
  const agreement = { agreementId: 'A', agreementType: 'MSA', startDate, endDate } as const;
  tell(given('agreement.created', '2023-06-01', { data: agreement }));
  return course;
}

function healthOf(course: CustomerCourse) {
  const { valueHundredths, signals, model } = course.state?.published.health ?? {};
  const contributions = signals?.map(({ signal, contributionHundredths }) => [
    signal,
    contributionHundredths,
  ]);
  return { valueHundredths, model: model?.id, contributions: Object.fromEntries(contributions ?? []) };
}

describe('a tenant that scores by the pack crm (S61, D13)', () => {
  it('has activity, contact data quality, business value and scale in health (S64, S65, S66)', () => {
    // 20 x 90 + 20 x 80 + 20 x 75 + 25 x 80 + 15 x 60 = 7,800 (docs/scoring/health.md)
    expect(healthOf(scoredBy(CRM))).toEqual({
      valueHundredths: 7_800,
      model: 'crm',
      contributions: {
        'days-since-last-activity': 1_800,
        'total-activities': 1_600,
        'contacts-with-email': 1_500,
        'won-amount': 2_000,
        'annual-revenue': 900,
      },
    });
  });

  it('is told which of them moved it, in words and parts that add up (S64, N1)', () => {
    const course = scoredBy(CRM);
    const context = contextOn(TODAY, { feeds: FRESH, models: { live: CRM } });
    course.take(given('activity.login', TODAY, { data: {} }), context);
    const last = course.changes.at(-1)?.changes.filter(isScoreChange);
    const health = last?.find(({ score }) => score === 'health');
    // 0 instead of 7 days: 20 x 100; 21 instead of 20 uses: 80 + 20 / 40 points, 16.1 instead of 16.0
    expect(health?.delta).toBe(210);
    expect(health?.reasons.map(({ signal, contribution }) => [signal, contribution])).toEqual([
      ['days-since-last-activity', 200],
      ['total-activities', 10],
    ]);
  });
});

describe('a tenant that scores by the pack mattermost-2025', () => {
  it('has tenure, end, tickets and tasks in health', () => {
    // 366 days: 75; 200 days to go: 100; no ticket ever told: 50; no task: 25 - a mean of 62.5
    expect(healthOf(scoredBy(MATTERMOST_2025))).toEqual({
      valueHundredths: 6_250,
      model: 'mattermost-2025',
      contributions: {
        'agreement-tenure': 1_875,
        'agreement-end': 2_500,
        'ticket-count': 1_250,
        'days-since-last-task': 625,
      },
    });
  });
});

describe.each(SHIPPED_PACKS)('every score of a tenant that scores by $id (N1)', (pack) => {
  it('has reasons that add up, and the scores that follow health know it', () => {
    const course = scoredBy(pack);
    const changes = course.changes.flatMap((change) => change.changes.filter(isScoreChange));
    for (const { value, delta, reasons } of changes) {
      if (value === null) continue;
      expect(reasons.reduce((total, { contribution }) => total + contribution, 0)).toBe(delta ?? value);
    }
    const { health, revenue, churn } = course.state?.published ?? {};
    // S67: health / 100 x (won + pipeline)
    const predicted = Math.round(((health?.valueHundredths ?? 0) * 10_000_000) / 10_000);
    expect(revenue?.figures.predictedMinor).toBe(health?.valueHundredths === null ? null : predicted);
    expect(churn?.missing.some(({ signal }) => signal === 'health')).toBe(health?.valueHundredths === null);
  });
});
