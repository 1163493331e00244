import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { customerOf, feedsOf, TODAY } from '../relationship/test-support/customer.ts';
import { loginsOn } from '../signals/test-support.ts';
import { lastActivityOf } from './last-activity.ts';
import { nextValueStageDay, otherPaidAtMostBy, valueStageOf } from './value-stage-of.ts';

type Events = Parameters<typeof customerOf>[0];

const contract = (on: number, endDay: number) =>
  givenAgreement('created', on, {
    valueMinor: 100_000,
    startDate: formatDay(on),
    endDate: formatDay(endDay),
  });
const amended = (on: number, deltaMinor: number) => givenAgreement('amended', on, { deltaMinor });
const paid = (on: number, amountMinor: number, agreementId?: string) =>
  given('payment.paid', on, { data: { amountMinor, ...(agreementId === undefined ? {} : { agreementId }) } });
const read = (events: Events, { today = TODAY, feeds = feedsOf() } = {}) =>
  valueStageOf(customerOf(events), { today, feeds });
const next = (events: Events, today = TODAY) =>
  nextValueStageDay(customerOf(events), { today, feeds: feedsOf() });

const longContract = contract(TODAY - 500, TODAY + 900);
const inUse = loginsOn([TODAY - 10]);

describe('the value stage (S35, D11)', () => {
  it('is dormant after 90 days without activity', () => {
    const events = [longContract, ...loginsOn([TODAY - 89])];
    expect(read(events).stage).toBe('maturity');
    expect(next(events)).toBe(TODAY + 1);
    expect(read(events, { today: TODAY + 1 })).toMatchObject({ stage: 'dormant', missing: [] });
  });

  it('is growth when value is up 10 % or more in 180 days, even if an agreement ends', () => {
    const ending = contract(TODAY - 500, TODAY + 90);
    expect(read([ending, ...inUse, amended(TODAY - 30, 10_000)]).stage).toBe('growth');
    expect(read([ending, ...inUse, amended(TODAY - 30, 9_999)]).stage).toBe('retention');
    expect(read([ending, ...inUse, amended(TODAY - 180, 10_000)]).stage).toBe('retention');
  });

  it('is growth no longer 180 days on', () => {
    const events = [longContract, ...loginsOn([TODAY + 100]), amended(TODAY - 20, 10_000)];
    expect(next(events)).toBe(TODAY + 160);
    const buyer = [paid(TODAY - 300, 100), paid(TODAY - 100, 100), ...loginsOn([TODAY])];
    expect(next(buyer)).toBe(TODAY + 80);
    expect(read(buyer, { today: TODAY + 79 }).stage).toBe('growth');
    expect(read(buyer, { today: TODAY + 80 }).stage).toBe('maturity');
  });

  it('is no growth where there was no value before: a start is not growth', () => {
    expect(read([contract(TODAY - 30, TODAY + 900), ...inUse]).stage).toBe('maturity');
  });

  it('is retention when an agreement ends within 180 days, or is to be terminated then', () => {
    expect(read([contract(TODAY - 500, TODAY + 180), ...inUse]).stage).toBe('retention');
    expect(read([contract(TODAY - 500, TODAY + 181), ...inUse]).stage).toBe('maturity');
    expect(next([contract(TODAY - 500, TODAY + 181), ...loginsOn([TODAY])])).toBe(TODAY + 1);
    const noticeFor = (on: number) =>
      givenAgreement('terminated', TODAY - 1, { effectiveDate: formatDay(on), deltaMinor: 0 });
    const notice = noticeFor(TODAY + 100);
    expect(read([longContract, ...inUse, notice]).stage).toBe('retention');
    expect(
      next([contract(TODAY - 500, TODAY + 300), ...loginsOn([TODAY + 40]), noticeFor(TODAY + 200)]),
    ).toBe(TODAY + 19);
    expect(read([longContract, ...inUse, noticeFor(TODAY + 181)]).stage).toBe('retention');
    expect(read([longContract, ...inUse, noticeFor(TODAY + 182)]).stage).toBe('maturity');
    const perpetual = givenAgreement('created', TODAY - 500, { valueMinor: 1, perpetual: true });
    expect(read([perpetual, ...inUse, noticeFor(TODAY + 181)]).stage).toBe('retention');
    expect(read([perpetual, ...inUse, noticeFor(TODAY + 182)]).stage).toBe('maturity');
    expect(read([contract(TODAY - 500, TODAY - 1), ...inUse]).stage).toBe('maturity');
    expect(next([contract(TODAY - 500, TODAY + 5), ...inUse])).toBe(TODAY + 6);
  });

  it('is not said of somebody without any value', () => {
    expect(read(inUse)).toEqual({
      stage: 'unclassified',
      text: 'value not known',
      missing: [{ signal: 'value', why: 'no-data' }],
    });
  });

  it('is not dormant because a feed is silent (S76, D20)', () => {
    const events = [longContract, ...loginsOn([TODAY - 100])];
    expect(read(events).stage).toBe('dormant');
    const silent = feedsOf('fresh', { activity: 'stale' });
    expect(read(events, { feeds: silent })).toMatchObject({
      stage: 'unclassified',
      missing: [{ signal: 'activity', why: 'feed-stale' }],
    });
    expect(read([longContract]).missing).toEqual([{ signal: 'activity', why: 'no-data' }]);
    const onlyContracts = { agreement: { status: 'fresh' as const, lastDay: TODAY } };
    expect(read([longContract], { feeds: onlyContracts }).missing).toEqual([
      { signal: 'activity', why: 'feed-absent' },
    ]);
  });

  it('is told by facts while another feed is silent, but not by what that one may have told', () => {
    const events = [longContract, ...inUse];
    expect(read(events, { feeds: feedsOf('fresh', { ticket: 'stale' }) }).stage).toBe('maturity');
    expect(read(events, { feeds: feedsOf('fresh', { agreement: 'stale' }) }).missing).toEqual([
      { signal: 'agreement', why: 'feed-stale' },
    ]);
    const buyer = [paid(TODAY - 300, 100), paid(TODAY - 10, 100)];
    expect(read(buyer, { feeds: feedsOf('fresh', { payment: 'stale' }) }).missing).toEqual([
      { signal: 'payment', why: 'feed-stale' },
    ]);
  });

  it('of somebody who only buys goes by purchases', () => {
    const buyer = [paid(TODAY - 300, 1_000), paid(TODAY - 100, 500)];
    expect(read(buyer).stage).toBe('dormant');
    expect(read([...buyer, paid(TODAY - 5, 1)]).stage).toBe('growth');
    expect(read([paid(TODAY - 200, 1_000), paid(TODAY - 5, 99)]).stage).toBe('maturity');
  });
});

describe('the last activity', () => {
  const dayOf = (events: Events) => lastActivityOf(customerOf(events), feedsOf()).day;

  it('is anything that a customer does', () => {
    expect(dayOf([])).toBeNull();
    expect(dayOf(loginsOn([TODAY - 3]))).toBe(TODAY - 3);
    expect(dayOf([given('ticket.opened', TODAY - 4, { data: { ticketId: 't', severity: 2 } })])).toBe(
      TODAY - 4,
    );
    expect(dayOf([given('feedback.comment', TODAY - 5, { data: { comment: 'so' } })])).toBe(TODAY - 5);
    expect(dayOf([given('engagement.meeting-held', TODAY - 6, { data: { engagementId: 'm' } })])).toBe(
      TODAY - 6,
    );
    expect(dayOf([paid(TODAY - 7, 5)])).toBe(TODAY - 7);
    expect(dayOf([givenAgreement('renewed', TODAY - 8)])).toBe(TODAY - 8);
    const answer = { score: 5, scaleMin: 0, scaleMax: 10 };
    expect(dayOf([given('feedback.csat', TODAY - 9, { data: answer })])).toBe(TODAY - 9);
  });

  it('is nothing that is done to it: mails, touches, an agreement that ends', () => {
    const done = [
      given('engagement.outreach-sent', TODAY, { data: { engagementId: 'o' } }),
      given('marketing.touch', TODAY, { data: { channel: 'mail' } }),
      given('opportunity.created', TODAY, { data: { opportunityId: 'o' } }),
      given('engagement.qbr-missed', TODAY, { data: { engagementId: 'q' } }),
      givenAgreement('expired', TODAY),
      givenAgreement('terminated', TODAY),
    ];
    expect(dayOf(done)).toBeNull();
  });

  it('is the day of telling where an agreement takes effect later', () => {
    expect(dayOf([givenAgreement('renewed', TODAY - 8, { effectiveDate: formatDay(TODAY + 90) })])).toBe(
      TODAY - 8,
    );
  });
});

describe('what was paid under no agreement by a day', () => {
  it('is known but for days with payments of both kinds: there it is the most that it can be', () => {
    const { payments } = customerOf([
      paid(TODAY - 300, 70),
      paid(TODAY - 20, 30),
      paid(TODAY - 15, 500, 'A'),
      paid(TODAY - 10, 7),
      paid(TODAY - 10, 900, 'A'),
    ]);
    expect(otherPaidAtMostBy(payments, TODAY - 180)).toBe(77);
    expect([TODAY - 21, TODAY - 20].map((day) => otherPaidAtMostBy(payments, day))).toEqual([77, 107]);
    expect(otherPaidAtMostBy(payments, TODAY)).toBe(107);
  });
});
