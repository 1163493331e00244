import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { customerOf, feedsOf, TODAY } from '../relationship/test-support/customer.ts';
import { loginsOn } from '../signals/test-support.ts';
import type { HealthNow } from './advocate.ts';
import { decideLifecycle, type LifecycleValue, lifecycleOf, nextLifecycleDay } from './decide-lifecycle.ts';

const contract = givenAgreement('created', TODAY - 500, {
  valueMinor: 1_000,
  startDate: formatDay(TODAY - 500),
  endDate: formatDay(TODAY + 900),
});
const promoter = given('feedback.nps', TODAY - 5, { data: { score: 10, scaleMin: 0, scaleMax: 10 } });
const used = [contract, ...loginsOn([TODAY - 450, TODAY - 10])];
const told = (on: number, status: string) => given('customer.profile', on, { data: { status } });
const healthy = { valueHundredths: 9_000, missing: [] };

function decide(
  events: Parameters<typeof customerOf>[0],
  { published = null as LifecycleValue | null, health = healthy as HealthNow, feeds = feedsOf() } = {},
) {
  const now = lifecycleOf(customerOf(events), { today: TODAY, feeds, health, published });
  return decideLifecycle(published, now);
}
const textsOf = (decided: ReturnType<typeof decide>) => decided.change?.reasons.map(({ text }) => text);

describe('the lifecycle', () => {
  it('is published with both stages and why', () => {
    const { change, published } = decide(used);
    expect(change).toMatchObject({
      type: 'score.lifecycle.changed',
      score: 'lifecycle',
      value: null,
      delta: null,
      labels: { journeyStage: 'retention', valueStage: 'maturity', refusedStage: null, refusedCode: null },
      parts: { journeySinceDay: TODAY - 85, refusedStages: 0, refusedDay: null },
      uncertain: false,
      missing: [],
    });
    expect(change?.reasons).toEqual([
      {
        signal: 'journeyStage',
        contribution: 0,
        before: null,
        after: null,
        text: 'retention since 2024-07-09: a year of use',
      },
      {
        signal: 'valueStage',
        contribution: 0,
        before: null,
        after: null,
        text: 'maturity: active, neither growing nor about to end',
      },
    ]);
    expect(decide(used, { published }).change).toBeNull();
    expect(decide(used, { published }).published).toBe(published);
  });

  it('tells a move by its steps', () => {
    const { published } = decide([given('marketing.touch', TODAY - 600, { data: { channel: 'mail' } })]);
    expect(textsOf(decide(used, { published }))).toEqual([
      'retention since 2024-07-09, from awareness by consideration by onboarding by adoption: a year of use',
      'maturity: active, neither growing nor about to end; was unclassified',
    ]);
  });

  it('goes from advocacy to retention by way of adoption', () => {
    const { published, change } = decide([...used, promoter]);
    expect(change?.labels?.journeyStage).toBe('advocacy');
    const ill = { valueHundredths: 7_000, missing: [] };
    expect(textsOf(decide([...used, promoter], { published, health: ill }))).toEqual([
      'retention since 2024-07-09, from advocacy by adoption: a year of use',
    ]);
  });

  it('says that it was corrected where no way leads', () => {
    const { published } = decide(used);
    expect(textsOf(decide([contract], { published }))?.[0]).toBe(
      'onboarding since 2023-05-21, corrected from retention: an agreement was made',
    );
    expect(textsOf(decide([], { published }))?.[0]).toBe(
      'nothing shows any stage now; was retention, corrected',
    );
  });

  it('is uncertain by the silence of every feed that it was seen in, and of no other', () => {
    const { change } = decide(used, { feeds: feedsOf('stale') });
    expect(change?.missing?.map(({ signal }) => signal)).toEqual(['agreement', 'activity']);
    expect(decide([], { feeds: feedsOf('stale') }).change?.missing).toEqual([
      { signal: 'value', why: 'no-data' },
    ]);
    const seen = [
      ...used,
      promoter,
      given('ticket.opened', TODAY, { data: { ticketId: 't', severity: 3 } }),
      given('engagement.meeting-held', TODAY, { data: { engagementId: 'm' } }),
      given('opportunity.created', TODAY, { data: { opportunityId: 'o' } }),
      given('payment.paid', TODAY, { data: { amountMinor: 1 } }),
      given('marketing.touch', TODAY, { data: { channel: 'mail' } }),
      given('goal.set', TODAY, { data: { goalId: 'g' } }),
    ];
    expect(decide(seen, { feeds: feedsOf('stale') }).change?.missing).toHaveLength(9);
  });

  it('is uncertain at retention while health is', () => {
    const health = { valueHundredths: 9_000, missing: [{ signal: 'csat', why: 'feed-stale' as const }] };
    expect(decide(used, { health }).change?.missing).toEqual([{ signal: 'health', why: 'feed-stale' }]);
    expect(decide([contract, ...loginsOn([TODAY])], { health }).change?.uncertain).toBe(false);
  });

  it('is looked at again when the word of a promoter is a year old', () => {
    const moment = { today: TODAY + 100, feeds: feedsOf() };
    expect(nextLifecycleDay(customerOf([promoter]), moment)).toBe(TODAY + 361);
    expect(nextLifecycleDay(customerOf([]), moment)).toBeNull();
  });

  it('shows what was refused, once', () => {
    const events = [contract, told(TODAY - 3, 'Advocacy')];
    const first = decide(events);
    expect(first.change?.labels).toMatchObject({
      journeyStage: 'onboarding',
      refusedStage: 'advocacy',
      refusedCode: 'skips-stages',
    });
    expect(textsOf(first)).toContain(
      'advocacy was told on 2024-09-29 and refused: from onboarding stages between them are left out',
    );
    expect(decide(events, { published: first.published }).change).toBeNull();
    const again = decide([...events, told(TODAY - 1, 'Awareness')], { published: first.published });
    expect(textsOf(again)).toEqual([
      'awareness was told on 2024-10-01 and refused: from onboarding no way leads back',
    ]);
  });

  it('keeps an advocate one while a feed is silent, and says what is missing', () => {
    const { published } = decide([...used, promoter]);
    const silent = feedsOf('fresh', { feedback: 'stale', agreement: 'stale' });
    const { change } = decide([...used, promoter], { published, feeds: silent });
    expect(change?.labels).toMatchObject({ journeyStage: 'advocacy', valueStage: 'unclassified' });
    expect([change?.uncertain, change?.missing]).toEqual([
      true,
      [
        { signal: 'agreement', why: 'feed-stale' },
        { signal: 'feedback', why: 'feed-stale' },
      ],
    ]);
    expect(change?.reasons.map(({ signal }) => signal)).toEqual(['valueStage']);
  });
});
