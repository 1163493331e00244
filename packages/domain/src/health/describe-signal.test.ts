import { describe, expect, it } from 'vitest';
import type { SignalName } from '../models/model-pack.ts';
import { SHIPPED_PACKS } from '../models/shipped-packs.ts';
import { describeEarlier, describeMissing, describeReading } from './describe-signal.ts';

/** How a model that comes with the product weighs a signal. */
function modelOf(name: SignalName) {
  const model = SHIPPED_PACKS.flatMap(({ signals }) => signals).find(({ signal }) => signal === name);
  if (model === undefined) throw new Error(`no model has ${name}`);
  return model;
}

/** A reading with the one before it, as a reason tells them. */
function told(name: SignalName, [raw, earlier]: readonly [number, number]): string {
  const plain = { norm: null, currency: 'USD' };
  const now = describeReading(modelOf(name), { raw, ...plain });
  return `${now}, ${describeEarlier(name, { raw: earlier, ...plain })}`;
}

describe('a reading and the one before it, in plain words', () => {
  it.each<[SignalName, readonly [number, number], string]>([
    ['login-frequency', [4, 9], 'used on 4 of the last 30 days, was 9'],
    ['login-frequency', [0, 9], 'used on none of the last 30 days, was 9'],
    ['login-frequency', [2, 0], 'used on 2 of the last 30 days, was none'],
    ['feature-adoption', [1, 3], '1 feature used in the last 30 days, was 3'],
    ['feature-adoption', [0, 1], 'no feature used in the last 30 days, was 1'],
    ['usage-trend', [-100, 75.7], 'no use in the last 30 days, was up 75.7 %'],
    ['usage-trend', [-12.5, 100], 'use down 12.5 % on the 30 days before, was doubled or more'],
    ['usage-trend', [100, -100], 'use at least twice that of the 30 days before, was none'],
    ['usage-trend', [0, -8], 'use as in the 30 days before, was down 8 %'],
    ['usage-trend', [20, 0], 'use up 20 % on the 30 days before, was unchanged'],
    ['ticket-load', [12, 0], 'tickets of the last 30 days weigh 12 by severity, was none'],
    ['ticket-load', [0, 8], 'no ticket opened in the last 30 days, was 8'],
    ['response-time', [1, 2.5], 'first response after 1 hour on average in the last 90 days, was 2.5 hours'],
    [
      'resolution-time',
      [26, 1],
      'tickets resolved after 26 hours on average in the last 90 days, was 1 hour',
    ],
    ['csat', [100, 75], 'satisfaction of 100 out of 100 on average in the last 90 days, was 75'],
    ['goals-met', [50, 100], '50 % of the goals decided so far met, was 100 %'],
    ['executive-sponsor', [0, 1], 'no active executive sponsor any more, there was one'],
    ['executive-sponsor', [1, 0], '1 active executive sponsor, there was none'],
    ['executive-sponsor', [1, 3], '1 active executive sponsor, there were 3'],
    ['seat-use', [62.5, 80], '62.5 % of the licensed seats in use, was 80 %'],
    ['days-since-last-activity', [0, 12], 'used today, was 12 days'],
    ['days-since-last-activity', [1, 0], 'last used 1 day ago, was 0 days'],
    ['total-activities', [0, 40], 'no use in the last 30 days, was 40'],
    ['total-activities', [1, 0], '1 use in the last 30 days, was none'],
    ['ticket-count', [3, 0], '3 tickets opened in the last 90 days, was none'],
    ['ticket-count', [0, 1], 'no ticket opened in the last 90 days, was 1'],
    ['escalations', [1, 2], '1 ticket escalated in the last 30 days, was 2'],
    ['value-realised', [75, 50], '75 % of the targeted value realised in the last 365 days, was 50 %'],
    ['active-agreements', [0, 2], 'no active agreement any more, there were 2'],
    ['active-agreements', [3, 1], '3 active agreements, there was one'],
    ['agreement-tenure', [800, 366], 'under agreement for 800 days, was 366 days'],
    ['agreement-end', [0, 31], 'the last agreement ends today, was 31 days'],
    ['agreement-end', [200, 15], 'agreements run for 200 days, was 15 days'],
    ['contacts-with-email', [50, 100], '50 % of the contacts have an e-mail address, was 100 %'],
    ['won-amount', [0, 0], 'no opportunity won yet, was 0.00 USD'],
    ['won-amount', [1_250_000, 0], 'opportunities won for 12,500.00 USD, was 0.00 USD'],
    ['annual-revenue', [1_000_000_00, 99], 'annual revenue of 1,000,000.00 USD, was 0.99 USD'],
    ['days-since-last-task', [30, 0], 'last contacted 30 days ago, was 0 days'],
    ['days-since-last-task', [0, 30], 'last contacted today, was 30 days'],
  ])('%s %j', (signal, readings, text) => {
    expect(told(signal, readings)).toBe(text);
  });
});

describe('what a reading is compared with', () => {
  it('is told beside it', () => {
    const described = { raw: 4, norm: 4.5, currency: 'USD' };
    expect(describeReading(modelOf('login-frequency'), described)).toBe(
      'used on 4 of the last 30 days, usually 4.5',
    );
    expect(describeEarlier('login-frequency', { ...described, raw: 9 })).toBe('was 9 against 4.5');
  });
});

describe('a missing signal', () => {
  it.each([
    ['feed-absent', 'login-frequency', 'login frequency not known: no activity data has ever come in'],
    ['feed-stale', 'csat', 'CSAT not known: the feedback feed has stopped'],
    ['no-data', 'csat', 'CSAT not known: no data of this customer in the last 90 days'],
    ['no-data', 'usage-trend', 'usage trend not known: too little data of this customer'],
    ['no-data', 'annual-revenue', 'annual revenue not known: too little data of this customer'],
    [
      'no-data',
      'ticket-count',
      'ticket count not known: no data of this customer in the last 90 days; the model takes 50 points instead',
    ],
  ] as const)('%s: %s', (why, signal, text) => {
    expect(describeMissing(modelOf(signal), why)).toBe(text);
  });
});
