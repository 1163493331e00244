import type { CustomerEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { days, loginsOn } from '../signals/test-support.ts';
import { channelOf } from './channels.ts';
import { efficiencyOf } from './efficiency-of.ts';
import { marketingToSalesDaysOf, nextChannelDay, primaryChannelOf } from './primary-channel-of.ts';
import { customerOf, feedsOf, TODAY, WEEK_START } from './test-support/customer.ts';
import { touchpointOf } from './touchpoints.ts';

const touch = (on: number, channel: string) => given('marketing.touch', on, { data: { channel } });
const opened = (on: number, opportunityId = 'o') =>
  given('opportunity.created', on, { data: { opportunityId, amountMinor: 5_000 } });
const won = (on: number, amountMinor: number, opportunityId = 'o') =>
  given('opportunity.won', on, { data: { opportunityId, amountMinor } });
const meeting = (on: number, channel?: string) =>
  given('engagement.meeting-held', on, {
    data: { engagementId: `m-${on}`, ...(channel === undefined ? {} : { channel }) },
  });
const ticket = (on: number) =>
  given('ticket.opened', on, { data: { ticketId: `t-${on}`, severity: 3, channel: 'phone' } });

describe('a channel', () => {
  it.each([
    ['E-Mail', 'mail'],
    [' on_site ', 'on-site'],
    ['In Person', 'on-site'],
    ['LinkedIn', 'social'],
    ['constructor', 'other'],
    [undefined, 'other'],
  ])('named %s is %s', (named, channel) => {
    expect(channelOf(named)).toBe(channel);
  });
});

describe('the primary channel (S79)', () => {
  const read = (events: readonly CustomerEvent[], feeds = feedsOf(), today = TODAY) =>
    primaryChannelOf(customerOf(events), { today, feeds });

  it('has the most touches of 90 days; a day of use and a ticket are one each', () => {
    const events = [...loginsOn([TODAY, TODAY, TODAY - 1]), ticket(TODAY - 3), meeting(TODAY - 5, 'zoom')];
    expect(read(events)).toEqual({ channel: 'product', why: null });
    const mails = days(0, 2).map((back) => touch(TODAY - back, 'mail'));
    expect(read([...events, ...mails]).channel).toBe('mail');
  });

  it('is the first by name of equal ones', () => {
    expect(read([touch(TODAY, 'phone'), meeting(TODAY, 'chat'), ticket(TODAY)]).channel).toBe('chat');
  });

  it('is not known of somebody who is not touched, nor while a feed that it was seen in is silent', () => {
    expect(read([])).toEqual({ channel: null, why: 'no-data' });
    expect(read([], feedsOf('fresh', absentAll()))).toEqual({ channel: null, why: 'feed-absent' });
    const events = [touch(TODAY - 1, 'mail'), ...loginsOn([TODAY - 200])];
    expect(read(events, feedsOf('fresh', { activity: 'stale' }))).toEqual({
      channel: null,
      why: 'feed-stale',
    });
    expect(read(events, feedsOf('fresh', { ticket: 'stale' }))).toEqual({ channel: 'mail', why: null });
  });

  it('is looked at again on the day on which it is another, not on every day that something leaves', () => {
    const events = [
      ...days(0, 9).map((back) => touch(TODAY - 60 - back, 'mail')),
      ...days(0, 4).map((back) => meeting(TODAY - back, 'phone')),
    ];
    const customer = customerOf(events);
    const next = nextChannelDay(customer, TODAY) ?? 0;
    const on = (today: number) => read(events, feedsOf(), today).channel;
    // Of ten mails six have left: four are fewer than five calls.
    expect(next).toBe(TODAY - 60 - 4 + 90);
    expect([on(next - 1), on(next)]).toEqual(['mail', 'phone']);
  });

  function absentAll() {
    const feeds = ['marketing', 'engagement', 'activity', 'ticket', 'feedback'];
    return Object.fromEntries(feeds.map((feed) => [feed, 'absent' as const]));
  }
});

describe('marketing to sales (S78)', () => {
  it('is the first opportunity less the first marketing touch, in days', () => {
    const events = [touch(TODAY - 40, 'mail'), touch(TODAY - 60, 'mail'), opened(TODAY - 18)];
    expect(marketingToSalesDaysOf(customerOf(events))).toBe(42);
  });

  it('is negative where sales came first, and unknown where one never came', () => {
    expect(marketingToSalesDaysOf(customerOf([touch(TODAY, 'mail'), opened(TODAY - 7)]))).toBe(-7);
    expect(marketingToSalesDaysOf(customerOf([touch(TODAY, 'mail')]))).toBeNull();
    expect(marketingToSalesDaysOf(customerOf([opened(TODAY)]))).toBeNull();
  });
});

describe('activity efficiency (S77, D9)', () => {
  const read = (events: readonly CustomerEvent[], feeds = feedsOf()) =>
    efficiencyOf(customerOf(events), { today: TODAY, feeds });

  it('is what was won by what was done, in the 180 days before the week', () => {
    const inside = [WEEK_START - 1, WEEK_START - 180];
    const events = [
      ...loginsOn([...inside, WEEK_START - 181, WEEK_START]),
      opened(WEEK_START - 200),
      won(WEEK_START - 30, 10_000),
      won(WEEK_START, 99_000, 'later'),
    ];
    // Two days of use and one step of a sale.
    expect(read(events)).toEqual({ minorPerActivity: 3_333, wonMinor: 10_000, activities: 3, why: null });
  });

  it('takes an opportunity for an activity on each day that its steps are known of, once a day', () => {
    const moved = given('opportunity.stage-changed', WEEK_START - 20, {
      data: { opportunityId: 'o', stage: 'proposal' },
    });
    expect(read([opened(WEEK_START - 40), moved, won(WEEK_START - 10, 900)]).activities).toBe(3);
    expect(read([opened(WEEK_START - 20), moved, won(WEEK_START - 20, 900)]).activities).toBe(1);
  });

  it('is 0 where nothing was won, and unknown without sales, activity, or word from a feed', () => {
    const busy = loginsOn([TODAY - 20]);
    expect(read([...busy, opened(TODAY - 300)]).minorPerActivity).toBe(0);
    expect(read(busy)).toMatchObject({ minorPerActivity: null, why: 'no-data' });
    expect(read([opened(TODAY - 300)])).toMatchObject({ minorPerActivity: null, why: 'no-data' });
    const sold = [...busy, opened(TODAY - 30)];
    expect(read(sold, feedsOf('fresh', { activity: 'stale' }))).toMatchObject({ why: 'feed-stale' });
    expect(read(sold, feedsOf('fresh', { opportunity: 'absent' }))).toMatchObject({ why: 'feed-absent' });
  });
});

describe('touchpoints (S90)', () => {
  it('say who owns a customer and by what success is seen', () => {
    expect(touchpointOf('consideration', 'unclassified')).toMatchObject({
      stage: 'pre-sales',
      owner: 'sales',
      metrics: ['demo-to-trial'],
    });
    expect(touchpointOf('advocacy', 'maturity')).toMatchObject({
      stage: 'retention',
      metrics: ['nrr', 'grr'],
    });
    expect(touchpointOf('adoption', 'growth')).toMatchObject({ stage: 'growth', owner: 'sales' });
    expect(touchpointOf('onboarding', 'growth')?.stage).toBe('onboarding');
    expect(touchpointOf(null, 'growth')).toBeNull();
  });
});
