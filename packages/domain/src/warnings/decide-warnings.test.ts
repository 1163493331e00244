import { type CustomerEvent, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { allFeeds, anyFact, anyFeeds, anyIncrement, TODAY } from '../signals/test-support.ts';
import { expectSteadyUntilNextDay, shuffled } from '../value/test-support.ts';
import { decideQbrDue, type PublishedQbrDue } from './decide-qbr-due.ts';
import { decideWarnings, nextWarningDay, type PublishedWarnings } from './decide-warnings.ts';
import type { WarningInput } from './sign.ts';
import { inputAfter, WORTH } from './test-support.ts';

const escalated = (ticketId: string, on: number) => given('ticket.escalated', on, { data: { ticketId } });
const told = (previous: PublishedWarnings, input: WarningInput) =>
  decideWarnings(previous, input, WORTH).situations.map(({ type, cause, code }) => [type, cause, code]);

const somewhere = fc.integer({ min: TODAY - 200, max: TODAY });
const anyReview = fc.tuple(somewhere, fc.nat(60)).map(([on, ahead]) =>
  given('engagement.qbr-scheduled', on, {
    data: { engagementId: `r${ahead % 3}`, scheduledAt: `${formatDay(on + ahead)}T10:00:00Z` },
  }),
);
const anyEvent: fc.Arbitrary<CustomerEvent> = fc.oneof(
  anyIncrement(somewhere),
  anyFact(somewhere),
  anyReview,
);

describe('early warnings (S43, S101)', () => {
  const events = [
    escalated('T1', TODAY - 3),
    escalated('T2', TODAY - 2),
    given('contact.created', TODAY - 300, { data: { contactId: 'ann', isSponsor: true } }),
    given('contact.left', TODAY - 40, { data: { contactId: 'ann' } }),
  ];

  it('are raised one by one, with what is behind them', () => {
    const { published, situations } = decideWarnings([], inputAfter(events), WORTH);
    expect(situations).toMatchObject([
      { type: 'risk.early-warning.raised', cause: 'ticket-escalations', valueMinor: 500_00 },
      { type: 'risk.early-warning.raised', cause: 'executive-turnover', code: 'sponsor-left' },
    ]);
    expect(situations[0]?.reasons.map(({ signal, after, text }) => [signal, after, text])).toEqual([
      ['ticket-escalations', 2, 'when raised: 2 tickets were escalated within 30 days: T2, T1'],
      ['ticket:T2', TODAY - 2, 'ticket T2'],
      ['ticket:T1', TODAY - 3, 'ticket T1'],
    ]);
    expect(published.map(({ text }) => text)).toEqual([
      '2 tickets were escalated within 30 days: T2, T1',
      'Sponsor ann left on 2024-08-25',
    ]);
  });

  it('stand without being told again, and are cleared one by one', () => {
    const { published } = decideWarnings([], inputAfter(events), WORTH);
    const again = decideWarnings(published, inputAfter(events), WORTH);
    expect(again.situations).toEqual([]);
    expect(again.published).toBe(published);
    const later = inputAfter(events, { today: TODAY + 40 });
    expect(told(published, later)).toEqual([
      ['risk.early-warning.cleared', 'ticket-escalations', 'no-escalations'],
    ]);
  });

  it('are raised anew when what they say changes', () => {
    const overdue = given('engagement.qbr-scheduled', TODAY - 60, {
      data: { engagementId: 'r', scheduledAt: `${formatDay(TODAY - 40)}T10:00:00Z` },
    });
    const missed = given('engagement.qbr-missed', TODAY, { data: { engagementId: 'r' } });
    const { published } = decideWarnings([], inputAfter([overdue]), WORTH);
    expect(published).toMatchObject([{ code: 'review-overdue' }]);
    expect(told(published, inputAfter([overdue, missed]))).toEqual([
      ['risk.early-warning.raised', 'quarterly-review', 'review-missed'],
    ]);
  });

  it('are neither raised nor cleared by feeds that are silent or never came (D20)', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 25 }),
        fc.array(anyEvent, { maxLength: 25 }),
        anyFeeds,
        (one, other, feeds) => {
          const { published } = decideWarnings([], inputAfter(one), WORTH);
          const heard = {
            activity: 'usage-decline',
            ticket: 'ticket-escalations',
            engagement: 'quarterly-review',
            contact: 'executive-turnover',
          } as const;
          const silent = Object.entries(heard).filter(
            ([feed]) => feeds[feed as keyof typeof heard]?.status !== 'fresh',
          );
          const now = decideWarnings(published, inputAfter(other, { feeds, isStrategic: true }), WORTH);
          for (const [, detector] of silent) {
            const of = (list: PublishedWarnings) => list.filter((factor) => factor.detector === detector);
            expect(of(now.published)).toEqual(of(published));
          }
          expect(decideWarnings([], inputAfter(one, { feeds: allFeeds('stale') }), WORTH).published).toEqual(
            [],
          );
        },
      ),
    );
  });

  it('are the same in any order of arrival, facts repeated (N5)', () => {
    const facts = fc.oneof(anyFact(somewhere), anyReview);
    fc.assert(
      fc.property(
        shuffled(facts),
        fc.array(anyIncrement(somewhere), { maxLength: 8 }),
        ([one, other], uses) => {
          const strategic = { isStrategic: true, sinceDay: TODAY - 400 };
          const now = decideWarnings([], inputAfter([...one, ...uses], strategic), WORTH);
          const repeated = inputAfter([...uses, ...one, ...other], strategic);
          expect(decideWarnings([], repeated, WORTH)).toEqual(now);
        },
      ),
    );
  });

  it('come and go with no event on the days named only', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 25 }),
        fc.boolean(),
        fc.boolean(),
        (list, isStrategic, isRaised) => {
          const on = (today: number) => inputAfter(list, { today, isStrategic, sinceDay: TODAY - 150 });
          const standing: PublishedWarnings = isRaised
            ? (
                ['usage-decline', 'ticket-escalations', 'quarterly-review', 'executive-turnover'] as const
              ).map((detector) => ({ detector, code: '', text: '', evidence: [], before: null, after: null }))
            : [];
          const due: PublishedQbrDue = isRaised ? { dueDay: TODAY } : null;
          expectSteadyUntilNextDay(
            (today) => [told(standing, on(today)), decideQbrDue(due, on(today), WORTH).published],
            (today) => nextWarningDay(on(today)),
            { from: TODAY, to: TODAY + 120 },
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lead day by day where looking only on the days named leads', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (list) => {
        const on = (today: number) => inputAfter(list, { today, isStrategic: true, sinceDay: TODAY - 150 });
        let daily: PublishedWarnings = [];
        let sparse: PublishedWarnings = [];
        let due: number | null = TODAY;
        for (let today = TODAY; today <= TODAY + 100; today += 1) {
          daily = decideWarnings(daily, on(today), WORTH).published;
          if (due === null || today < due) continue;
          sparse = decideWarnings(sparse, on(today), WORTH).published;
          due = nextWarningDay(on(today));
        }
        expect(sparse).toEqual(daily);
      }),
      { numRuns: 40 },
    );
  });
});
