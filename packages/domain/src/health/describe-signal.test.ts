import { describe, expect, it } from 'vitest';
import { CS_FRAMEWORK } from '../models/cs-framework.ts';
import type { SignalName } from '../models/model-pack.ts';
import { describeEarlier, describeReading } from './describe-signal.ts';

/** A reading with the one before it, as a reason tells them. */
function told(name: SignalName, [raw, earlier]: readonly [number, number]): string {
  const model = CS_FRAMEWORK.signals.find(({ signal }) => signal === name);
  if (model === undefined) throw new Error(`the model has no ${name}`);
  return `${describeReading(model, raw)}, ${describeEarlier(model, earlier)}`;
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
  ])('%s %j', (signal, readings, text) => {
    expect(told(signal, readings)).toBe(text);
  });
});
