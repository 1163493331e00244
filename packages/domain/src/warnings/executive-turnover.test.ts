import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { allFeeds, anyFact, TODAY } from '../signals/test-support.ts';
import { expectSteadyUntilNextDay } from '../value/test-support.ts';
import { findExecutiveTurnover, nextTurnoverDay } from './executive-turnover.ts';
import { inputAfter } from './test-support.ts';

const named = (contactId: string, on: number, isSponsor = true) =>
  given('contact.changed', on, { data: { contactId, isSponsor } });
const left = (contactId: string, on: number) => given('contact.left', on, { data: { contactId } });
const signOf = (events: Parameters<typeof inputAfter>[0]) => findExecutiveTurnover(inputAfter(events));

describe('executive turnover (S101, D15)', () => {
  it('is a sponsor who left within 90 days', () => {
    expect(signOf([named('ann', TODAY - 300), left('ann', TODAY - 89)])).toMatchObject({
      state: 'present',
      factor: { code: 'sponsor-left', evidence: [{ about: 'contact', id: 'ann', day: TODAY - 89 }] },
    });
    expect(signOf([named('ann', TODAY - 300), left('ann', TODAY - 90)])).toMatchObject({
      state: 'absent',
      code: 'turnover-past',
    });
    expect(
      signOf([named('bob', TODAY - 300), given('contact.left', TODAY, { data: { contactId: 'ann' } })]).state,
    ).toBe('absent');
  });

  it('is a sponsor who stayed in another role', () => {
    const sign = signOf([named('ann', TODAY - 300), named('ann', TODAY - 5, false)]);
    expect(sign).toMatchObject({
      state: 'present',
      factor: { code: 'sponsor-changed', text: 'ann is no sponsor any more since 2024-09-29' },
    });
  });

  it('dates a sponsor who left by the leaving, whatever is tidied up later', () => {
    const tidied = [named('ann', TODAY - 300), left('ann', TODAY - 50), named('ann', TODAY - 5, false)];
    expect(signOf(tidied)).toMatchObject({
      factor: { code: 'sponsor-left', evidence: [{ day: TODAY - 50 }] },
    });
    const before = [named('ann', TODAY - 300), named('ann', TODAY - 200, false), left('ann', TODAY - 50)];
    expect(signOf(before).state).toBe('absent');
  });

  it('is over when the sponsor is back, not when there is another one', () => {
    const gone = [named('ann', TODAY - 300), left('ann', TODAY - 9)];
    const back = given('contact.created', TODAY - 3, { data: { contactId: 'ann' } });
    expect(signOf([...gone, back]).state).toBe('absent');
    expect(signOf([...gone, named('bob', TODAY)]).state).toBe('present');
  });

  it('is not known where no sponsor was ever named, or the feed is silent', () => {
    expect(signOf([left('ann', TODAY)])).toEqual({ state: 'unknown', why: 'no-data' });
    const stale = inputAfter([named('ann', TODAY), left('ann', TODAY)], { feeds: allFeeds('stale') });
    expect(findExecutiveTurnover(stale)).toEqual({ state: 'unknown', why: 'feed-stale' });
  });

  it('is over with no event on the days named only', () => {
    const contactFact = anyFact(fc.integer({ min: TODAY - 120, max: TODAY })).filter(({ type }) =>
      type.startsWith('contact.'),
    );
    fc.assert(
      fc.property(fc.array(contactFact, { minLength: 1, maxLength: 8 }), (list) => {
        expectSteadyUntilNextDay(
          (today) => findExecutiveTurnover(inputAfter(list, { today })),
          (today) => nextTurnoverDay(inputAfter(list, { today })),
          { from: TODAY, to: TODAY + 100 },
        );
      }),
      { numRuns: 50 },
    );
  });
});
