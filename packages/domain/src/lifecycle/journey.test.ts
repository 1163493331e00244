import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { contextOf, customerOf, feedsOf, TODAY } from '../relationship/test-support/customer.ts';
import { loginsOn } from '../signals/test-support.ts';
import { isAdvocate } from './advocate.ts';
import { journeyOf, nextJourneyDay } from './journey-of.ts';
import { evolveToldStages, MAX_TOLD_STAGES } from './told-stages.ts';

type Events = Parameters<typeof customerOf>[0];

const touch = (on: number) => given('marketing.touch', on, { data: { channel: 'mail' } });
const opportunity = (on: number) => given('opportunity.created', on, { data: { opportunityId: 'o' } });
const agreement = (on: number, agreementId = 'A') =>
  givenAgreement('created', on, { agreementId, signedDate: formatDay(on), startDate: formatDay(on) });
const renewed = (on: number) => givenAgreement('renewed', on);
const goalMet = (on: number) => given('goal.met', on, { data: { goalId: 'g' } });
const paid = (on: number) => given('payment.paid', on, { data: { amountMinor: 100 } });
const told = (on: number, status: string) => given('customer.profile', on, { data: { status } });
const read = (events: Events, { today = TODAY, advocate = false } = {}) =>
  journeyOf(customerOf(events), { today, isAdvocate: advocate });

describe('the journey stage (S89)', () => {
  it('is the furthest that evidence shows', () => {
    expect(read([])).toEqual({ stage: null, sinceDay: null, code: null, refused: [] });
    expect(read([touch(TODAY - 9)])).toMatchObject({ stage: 'awareness', sinceDay: TODAY - 9 });
    expect(read([touch(TODAY - 9), opportunity(TODAY - 5)])).toMatchObject({ stage: 'consideration' });
    expect(read([opportunity(TODAY - 5), agreement(TODAY - 2)])).toMatchObject({ stage: 'onboarding' });
  });

  it('is consideration while the product is only tried', () => {
    expect(read(loginsOn([TODAY - 20]))).toMatchObject({ stage: 'consideration', code: 'product-tried' });
  });

  it('is adoption when value is realised, or the product is used 90 days into an agreement', () => {
    expect(read([agreement(TODAY - 20), goalMet(TODAY - 3)])).toMatchObject({
      stage: 'adoption',
      sinceDay: TODAY - 3,
      code: 'value-realised',
    });
    const used = [agreement(TODAY - 89), ...loginsOn([TODAY - 80])];
    expect(read(used).stage).toBe('onboarding');
    expect(nextJourneyDay(customerOf(used), TODAY)).toBe(TODAY + 1);
    expect(read(used, { today: TODAY + 1 })).toMatchObject({ stage: 'adoption', code: 'in-use' });
  });

  it('stays onboarding as long as nothing shows any use: nothing follows from silence (D20)', () => {
    expect(read([agreement(TODAY - 900)]).stage).toBe('onboarding');
    expect(read([agreement(TODAY - 200), ...loginsOn([TODAY - 300])]).stage).toBe('onboarding');
  });

  it('is retention after a renewal or a year of use', () => {
    expect(read([agreement(TODAY - 400), renewed(TODAY - 30)])).toMatchObject({
      stage: 'retention',
      code: 'renewed',
    });
    const used = [agreement(TODAY - 400), ...loginsOn([TODAY - 390, TODAY - 25])];
    expect(read(used)).toMatchObject({ stage: 'retention', sinceDay: TODAY - 25, code: 'year-of-use' });
    const tooShort = [agreement(TODAY - 400), ...loginsOn([TODAY - 390, TODAY - 26])];
    expect(read(tooShort).stage).toBe('adoption');
  });

  it('comes with a renewal when it takes effect', () => {
    const early = givenAgreement('renewed', TODAY - 5, { effectiveDate: formatDay(TODAY + 5) });
    const events = [agreement(TODAY - 400), early];
    expect(read(events).stage).toBe('onboarding');
    expect(nextJourneyDay(customerOf(events), TODAY)).toBe(TODAY + 5);
    expect(read(events, { today: TODAY + 5 }).stage).toBe('retention');
  });

  it('is not ahead of the agreement that it is about', () => {
    const early = givenAgreement('renewed', TODAY - 5);
    expect(read([agreement(TODAY + 10), early]).stage).toBeNull();
  });

  it('of somebody who only buys goes by purchases', () => {
    expect(read([paid(TODAY - 500)])).toMatchObject({ stage: 'onboarding', code: 'first-purchase' });
    expect(read([paid(TODAY - 500), paid(TODAY - 400)])).toMatchObject({
      stage: 'adoption',
      code: 'bought-again',
    });
    const year = [paid(TODAY - 500), paid(TODAY - 400), paid(TODAY - 135)];
    expect(read(year)).toMatchObject({ stage: 'retention', sinceDay: TODAY - 135 });
    expect(read([...year, agreement(TODAY - 2)]).stage).toBe('onboarding');
  });

  it('is advocacy for an advocate at retention, and for no other', () => {
    const events = [agreement(TODAY - 400), renewed(TODAY - 30)];
    expect(read(events, { advocate: true })).toMatchObject({ stage: 'advocacy', code: 'advocate' });
    expect(read([agreement(TODAY - 400)], { advocate: true }).stage).toBe('onboarding');
  });

  it('takes no agreement that never came into force for one', () => {
    const ended = givenAgreement('terminated', TODAY - 10);
    expect(read([agreement(TODAY - 10), ended, opportunity(TODAY - 50)]).stage).toBe('consideration');
  });
});

describe('a stage that a source tells', () => {
  it('counts where it may follow', () => {
    expect(read([opportunity(TODAY - 50), told(TODAY - 9, 'Onboarding')])).toEqual({
      stage: 'onboarding',
      sinceDay: TODAY - 9,
      code: 'told',
      refused: [],
    });
    expect(read([told(TODAY - 9, 'retention')]).stage).toBe('retention');
  });

  it('is refused where it leaves stages out, and kept with the reason', () => {
    const telling = told(TODAY - 9, 'Retention');
    expect(read([opportunity(TODAY - 50), telling])).toMatchObject({
      stage: 'consideration',
      refused: [
        {
          stage: 'retention',
          from: 'consideration',
          day: TODAY - 9,
          eventId: telling.id,
          code: 'skips-stages',
        },
      ],
    });
  });

  it('is refused where it leads back, but for the two ways back from advocacy', () => {
    const bound = [agreement(TODAY - 400), renewed(TODAY - 100)];
    expect(read([...bound, told(TODAY - 9, 'onboarding')]).refused).toMatchObject([{ code: 'goes-back' }]);
    const praised = [...bound, told(TODAY - 50, 'advocacy')];
    expect(read(praised)).toMatchObject({ stage: 'advocacy', code: 'told' });
    expect(read([...praised, told(TODAY - 9, 'consideration')]).stage).toBe('consideration');
    expect(read([...praised, told(TODAY - 9, 'adoption')]).stage).toBe('adoption');
    expect(read([...praised, told(TODAY - 9, 'retention')])).toMatchObject({
      stage: 'advocacy',
      refused: [{ code: 'goes-back', from: 'advocacy' }],
    });
  });

  it('leads on again by new evidence: a new agreement after an advocate considered anew', () => {
    const round = [
      agreement(TODAY - 400),
      renewed(TODAY - 100),
      told(TODAY - 50, 'advocacy'),
      told(TODAY - 40, 'consideration'),
      agreement(TODAY - 10, 'B'),
    ];
    expect(read(round)).toMatchObject({ stage: 'onboarding', code: 'agreement', refused: [] });
  });

  it('is judged by the day it was told for, whenever evidence arrives', () => {
    const telling = told(TODAY - 9, 'adoption');
    const late = agreement(TODAY - 20);
    expect(read([telling, opportunity(TODAY - 50)]).refused).toHaveLength(1);
    expect(read([telling, opportunity(TODAY - 50), late])).toMatchObject({ stage: 'adoption', refused: [] });
  });

  it('comes after what its day shows', () => {
    const events = [told(TODAY - 9, 'adoption'), agreement(TODAY - 9), opportunity(TODAY - 50)];
    expect(read(events)).toMatchObject({ stage: 'adoption', code: 'told', refused: [] });
  });

  it('counts from its day', () => {
    const customer = customerOf([opportunity(TODAY - 50), told(TODAY + 1, 'onboarding')]);
    expect(journeyOf(customer, { today: TODAY, isAdvocate: false }).stage).toBe('consideration');
    expect(nextJourneyDay(customer, TODAY)).toBe(TODAY + 1);
    expect(nextJourneyDay(customer, TODAY + 1)).toBeNull();
  });

  it('confirms where it is the stage already; other words are none', () => {
    const events = [opportunity(TODAY - 50), told(TODAY - 9, 'consideration'), told(TODAY - 8, 'active')];
    expect(read(events)).toMatchObject({ stage: 'consideration', sinceDay: TODAY - 50, refused: [] });
  });

  it('is kept among the last twenty, in any order of arrival', () => {
    const events = Array.from({ length: MAX_TOLD_STAGES + 3 }, (_, index) => told(TODAY - index, 'adoption'));
    const keep = (order: typeof events) =>
      order.reduce((list, event) => evolveToldStages(list, event), customerOf([]).toldStages);
    const list = keep(events);
    expect(list).toHaveLength(MAX_TOLD_STAGES);
    expect(list[0]?.[1]).toBe(TODAY - MAX_TOLD_STAGES + 1);
    expect(keep(events.toReversed())).toEqual(list);
    expect(evolveToldStages(list, told(TODAY - 90, 'adoption'))).toBe(list);
    for (const event of events) expect(evolveToldStages(list, event)).toBe(list);
    expect(evolveToldStages(list, touch(TODAY))).toBe(list);
  });
});

describe('an advocate (S103)', () => {
  const answered = (score: number, on = TODAY - 10) =>
    given('feedback.nps', on, { data: { score, scaleMin: 0, scaleMax: 10 } });
  const judge = (events: Events, health: number | null, overrides = {}) =>
    isAdvocate(
      customerOf(events).signals,
      { valueHundredths: health, missing: [] },
      { today: TODAY, feeds: contextOf(customerOf([])).feeds, wasAdvocate: false, ...overrides },
    );

  it('is healthy and a promoter by the last answer of a year', () => {
    expect(judge([answered(9)], 8_000)).toBe(true);
    expect(judge([answered(9)], 7_999)).toBe(false);
    expect(judge([answered(9)], null)).toBe(false);
    expect(judge([answered(9, TODAY - 20), answered(8)], 9_000)).toBe(false);
    expect([judge([answered(10, TODAY - 365)], 9_000), judge([answered(10, TODAY - 366)], 9_000)]).toEqual([
      true,
      false,
    ]);
    expect(judge([], 9_000)).toBe(false);
  });

  it('is neither made nor unmade by silence (N2)', () => {
    const silent = { feeds: feedsOf('fresh', { feedback: 'stale' }) };
    expect(judge([answered(9)], 9_000, silent)).toBe(false);
    expect(judge([answered(9, TODAY - 400)], 9_000, { ...silent, wasAdvocate: true })).toBe(true);
    const missing = [{ signal: 'login-frequency', why: 'feed-stale' as const }];
    const moment = { today: TODAY, feeds: feedsOf(), wasAdvocate: true };
    const { signals } = customerOf([answered(9)]);
    expect(isAdvocate(signals, { valueHundredths: 5_000, missing }, moment)).toBe(true);
    expect(isAdvocate(signals, { valueHundredths: 9_000, missing }, { ...moment, wasAdvocate: false })).toBe(
      false,
    );
  });
});
