import { type FeedStatuses, formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import type { SignalName } from '../models/model-pack.ts';
import { SHIPPED_PACKS } from '../models/shipped-packs.ts';
import { allFeeds, loginsOn, TODAY } from '../signals/test-support.ts';
import type { HealthFacts } from './health-facts.ts';
import { readSignal } from './read-signal.ts';
import {
  factsAfter,
  onlySignals,
  opportunitiesOf,
  stoppedOn,
  ticketOpened,
  withEmails,
  withSeats,
} from './test-support.ts';

const FRESH = allFeeds('fresh');

/** The reading of a signal as the models that come with the product have it, or why there is none. */
function read(
  name: SignalName,
  facts: HealthFacts,
  { feeds = FRESH, today = TODAY }: { readonly feeds?: FeedStatuses; readonly today?: number } = {},
): unknown {
  const model = SHIPPED_PACKS.flatMap(({ signals }) => signals).find(({ signal }) => signal === name);
  if (model === undefined) throw new Error(`no model has ${name}`);
  const reading = readSignal(model, facts, { today, feeds });
  return 'missing' in reading ? reading.missing : reading.raw;
}

const nobody = factsAfter([]);

describe('use', () => {
  it('of seats is active users in percent of those licensed, as reported in the window (S91)', () => {
    expect(read('seat-use', withSeats(nobody, [25, 40]))).toBe(62.5);
    expect(read('seat-use', withSeats(nobody, [50, 40]))).toBe(125);
    expect(read('seat-use', withSeats(nobody, [0, 40]))).toBe(0);
    expect(read('seat-use', withSeats(nobody, [25, 40], TODAY - 29))).toBe(62.5);
    expect(read('seat-use', withSeats(nobody, [25, 40], TODAY - 30))).toBe('no-data');
    expect(read('seat-use', withSeats(nobody, [25, 0]))).toBe('no-data');
    expect(read('seat-use', withSeats(nobody, [25, 40]), { feeds: stoppedOn(FRESH, 'activity') })).toBe(
      'feed-stale',
    );
    expect(read('seat-use', nobody)).toBe('no-data');
    expect(read('seat-use', nobody, { feeds: {} })).toBe('feed-absent');
  });

  it('is known by its last day and its sum in the window (S64)', () => {
    const facts = factsAfter([
      ...loginsOn([TODAY - 40, TODAY - 3]),
      given('activity.feature-used', TODAY - 29, { data: { feature: 'reports', count: 7 } }),
    ]);
    expect(read('days-since-last-activity', facts)).toBe(3);
    expect(read('total-activities', facts)).toBe(8);
    expect(read('days-since-last-activity', facts, { today: TODAY + 50 })).toBe(53);
    expect(read('total-activities', facts, { today: TODAY + 50 })).toBe(0);
    expect(read('days-since-last-activity', facts, { feeds: stoppedOn(FRESH, 'activity') })).toBe(
      'feed-stale',
    );
    expect(read('total-activities', nobody)).toBe('no-data');
  });
});

describe('tickets', () => {
  it('are counted, and those escalated in the window by their last escalation (S92, S101)', () => {
    const escalated = (id: string, on: number) => given('ticket.escalated', on, { data: { ticketId: id } });
    const facts = factsAfter([
      ticketOpened('a', TODAY - 89),
      ticketOpened('b', TODAY - 90, 1),
      ticketOpened('c', TODAY - 50),
      escalated('c', TODAY - 40),
      escalated('c', TODAY - 29),
      escalated('b', TODAY - 30),
    ]);
    expect(read('ticket-count', facts)).toBe(2);
    expect(read('escalations', facts)).toBe(1);
    expect(read('escalations', factsAfter([ticketOpened('a', TODAY)]))).toBe(0);
    expect(read('escalations', nobody)).toBe('no-data');
  });
});

describe('agreements', () => {
  const agreement = (agreementId: string, start: number, end: number | null) =>
    givenAgreement('created', TODAY - 100, {
      agreementId,
      startDate: formatDay(start),
      ...(end === null ? { perpetual: true } : { endDate: formatDay(end) }),
    });
  const two = factsAfter([agreement('A', TODAY - 400, TODAY + 30), agreement('B', TODAY - 100, TODAY + 200)]);

  it('are counted while they are active or signed; 0 is known once the last has ended', () => {
    expect(read('active-agreements', two)).toBe(2);
    expect(read('active-agreements', two, { today: TODAY + 31 })).toBe(1);
    expect(read('active-agreements', two, { today: TODAY + 201 })).toBe(0);
    expect(read('active-agreements', factsAfter([agreement('A', TODAY + 10, null)]))).toBe(1);
    expect(read('active-agreements', nobody)).toBe('no-data');
    expect(read('active-agreements', nobody, { feeds: {} })).toBe('feed-absent');
  });

  it('are not known while the feed is silent: they may have been renewed, or ended (N2)', () => {
    const feeds = stoppedOn(FRESH, 'agreement');
    for (const today of [TODAY + 199, TODAY + 300]) {
      for (const signal of ['active-agreements', 'agreement-end', 'agreement-tenure'] as const)
        expect(read(signal, two, { feeds, today })).toBe('feed-stale');
    }
  });

  it('have a tenure since the first began and an end of the last, while one is in force', () => {
    expect(read('agreement-tenure', two)).toBe(400);
    expect(read('agreement-end', two)).toBe(200);
    expect(read('agreement-end', two, { today: TODAY + 200 })).toBe(0);
    expect(read('agreement-end', two, { today: TODAY + 201 })).toBe('no-data');
    expect(read('agreement-tenure', factsAfter([agreement('A', TODAY + 1, null)]))).toBe('no-data');
    expect(read('agreement-end', factsAfter([agreement('A', TODAY, null)]))).toBe(3650);
  });
});

describe('the account', () => {
  it('has contacts with an e-mail address among those of whom it was told, without those who left (S65)', () => {
    const contacts = factsAfter([
      ...['ann', 'bob', 'cy', 'di'].map((contactId) =>
        given('contact.created', TODAY - 9, { data: { contactId } }),
      ),
      given('contact.left', TODAY, { data: { contactId: 'di' } }),
    ]);
    const told = { ann: true, bob: false, di: true };
    expect(read('contacts-with-email', withEmails(contacts, told))).toBe(50);
    expect(read('contacts-with-email', withEmails(contacts, {}))).toBe('no-data');
    expect(read('contacts-with-email', contacts)).toBe('no-data');
    expect(read('contacts-with-email', contacts, { feeds: {} })).toBe('feed-absent');
  });

  it('has won opportunities, and a revenue as told last (S66)', () => {
    const profile = given('customer.profile', TODAY, { data: { annualRevenueMinor: 5_000_000_00 } });
    expect(read('annual-revenue', factsAfter([profile]))).toBe(5_000_000_00);
    expect(read('annual-revenue', nobody)).toBe('no-data');
    const dealing = (...wonMinor: readonly (number | null)[]) => ({
      ...nobody,
      opportunities: opportunitiesOf(wonMinor.map((won) => ({ wonMinor: won, day: TODAY }))),
    });
    expect(read('won-amount', dealing(12_000_00, null, 500_00))).toBe(12_500_00);
    expect(read('won-amount', dealing(null))).toBe(0);
    expect(read('won-amount', nobody)).toBe('no-data');
    expect(read('won-amount', nobody, { feeds: {} })).toBe('feed-absent');
  });

  it('was last contacted by a meeting, a review or an outreach', () => {
    const engagement = { data: { engagementId: 'x' } };
    const facts = factsAfter([
      given('engagement.meeting-held', TODAY - 60, engagement),
      given('engagement.outreach-sent', TODAY - 31, engagement),
      given('engagement.qbr-held', TODAY - 80, engagement),
      given('engagement.qbr-missed', TODAY, engagement),
    ]);
    expect(read('days-since-last-task', facts)).toBe(31);
    expect(read('days-since-last-task', nobody)).toBe('no-data');
    expect(read('days-since-last-task', facts, { feeds: stoppedOn(FRESH, 'engagement') })).toBe('feed-stale');
  });
});

describe('the median of the segment (N17)', () => {
  const signal = {
    signal: 'won-amount',
    pillar: 'value',
    weight: 100,
    feed: 'opportunity',
    windowDays: null,
    freshDays: 365,
    relativeTo: {
      kind: 'segment',
      curve: [
        [0, 0],
        [100, 80],
      ],
    },
  } as const;
  const won = { ...nobody, opportunities: opportunitiesOf([{ wonMinor: 500, day: TODAY }]) };
  const under = (segmentMedians: { 'won-amount'?: number } | null) =>
    readSignal(signal, won, { today: TODAY, feeds: FRESH, segmentMedians });

  it('is what a reading is compared with; without it there is no such signal', () => {
    expect(under({ 'won-amount': 2000 })).toMatchObject({ raw: 500, norm: 2000 });
    expect(under({})).toEqual({ missing: 'no-data' });
    expect(under({ 'won-amount': 0 })).toEqual({ missing: 'no-data' });
    expect(under(null)).toEqual({ missing: 'no-data' });
  });

  it('may have a curve of the reading itself to fall back on', () => {
    const scaled = { ...signal, steps: [[0, 50]] } as const;
    const reading = readSignal(scaled, won, { today: TODAY, feeds: FRESH });
    expect(reading).toMatchObject({ raw: 500, norm: null });
  });

  it('says nothing of somebody of whom nothing is known', () => {
    const context = { today: TODAY, feeds: {}, segmentMedians: { 'won-amount': 5 } };
    expect(readSignal(signal, onlySignals(nobody.signals), context)).toEqual({ missing: 'feed-absent' });
  });
});
