import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChurnInput } from './churn-input.ts';
import { type ChurnDecision, decideChurn } from './decide-churn.ts';
import { heldBandOf } from './hold-band.ts';
import type { PublishedChurn } from './published-churn.ts';
import type { ChurnContext } from './score-churn.ts';
import { AGREEMENT, anyInput, TODAY, USUAL, WITH } from './test-support.ts';

const CONTEXT: ChurnContext = { today: TODAY };
const decide = (published: PublishedChurn | null, input: ChurnInput, context = CONTEXT): ChurnDecision =>
  decideChurn(published, input, context);

describe('the band that stands (S42, D8)', () => {
  it.each([
    ['low', 2_999, 'low'],
    ['low', 3_000, 'medium'],
    ['low', 6_000, 'high'],
    ['medium', 2_500, 'medium'],
    ['medium', 2_499, 'low'],
    ['medium', 6_000, 'high'],
    ['high', 5_500, 'high'],
    ['high', 5_499, 'medium'],
    ['high', 2_499, 'low'],
  ] as const)('after %s is, at %d, %s', (previous, value, next) => {
    expect(heldBandOf(previous, value, value)).toBe(next);
  });

  it('is the plain one where there was none yet', () => {
    expect(heldBandOf(null, 2_800, 9_000)).toBe('low');
  });

  it('does not flicker on an edge', () => {
    const at = (health: number) => WITH.health({ ...USUAL, contract: AGREEMENT }, health);
    let published: PublishedChurn | null = null;
    const bands: (string | null | undefined)[] = [];
    for (const health of [65, 34, 37, 34.5, 40, 47]) {
      const decided: ChurnDecision = decide(published, at(health));
      published = decided.published;
      bands.push(published.band);
    }
    const plain = [65, 34, 37, 34.5, 40, 47].map((health) => decide(null, at(health)).published.band);
    expect(new Set(plain.slice(1, 5)).size).toBe(2);
    expect(bands).toEqual(['low', 'medium', 'medium', 'medium', 'medium', 'low']);
  });

  it('says since when it stands, which is how early an end was seen coming (N11)', () => {
    const doomed = WITH.health(
      { ...USUAL, usageTrendPercent: -100, sponsorsLeft: 2, overduePayments: 4 },
      10,
    );
    const on = (published: PublishedChurn | null, input: ChurnInput, today: number) =>
      decide(published, input, { today }).published;
    const raised = on(on(null, USUAL, TODAY), doomed, TODAY + 3);
    expect(raised).toMatchObject({ riskBand: 'high' });
    const later = on(raised, { ...doomed, sponsorsLeft: 0, satisfaction: { missing: 'no-data' } }, TODAY + 9);
    expect(later).not.toBe(raised);
    expect(later).toMatchObject({ riskBand: 'high' });
    const over = { ...doomed, contract: { ...AGREEMENT, activeCount: 0 } };
    expect(on(later, over, TODAY + 90)).toMatchObject({ riskBand: null });
  });

  it('is moved neither up nor down by data that goes missing', () => {
    const stale = { missing: 'feed-stale' } as const;
    // good satisfaction holds the probability down until its feed stops
    const pleased = WITH.satisfaction(WITH.health(USUAL, 33), 100);
    const silent: ChurnInput = { ...pleased, satisfaction: stale };
    const before = decide(null, pleased);
    const after = decide(before.published, silent);
    expect(before.published.band).toBe('low');
    expect(after.change?.value).toBeGreaterThanOrEqual(3_000);
    expect(after.published).toMatchObject({ band: 'low', riskBand: 'low' });
    const worse = decide(after.published, { ...WITH.health(silent, 20), usageTrendPercent: -60 });
    expect(worse.published.band).not.toBe('low');
    const back = decide(after.published, { ...silent, satisfaction: { valueHundredths: 4_000, day: TODAY } });
    expect(back.published.band).toBe('medium');
  });

  it('is held by what a stopped feed took away until it is back, by evidence that grew old only for once', () => {
    const pleased = WITH.satisfaction(WITH.health(USUAL, 33), 100);
    const without = (why: 'feed-stale' | 'no-data', health: number) =>
      WITH.health({ ...pleased, satisfaction: { missing: why } }, health);
    const bandsAfter = (why: 'feed-stale' | 'no-data') => {
      const silent = decide(decide(null, pleased).published, without(why, 33)).published;
      // health moves a little, so that something is published; the probability stays past 30 %
      const moved = decide(silent, without(why, 31)).published;
      expect(moved).not.toBe(silent);
      return [silent.riskBand, moved.riskBand];
    };
    expect(bandsAfter('feed-stale')).toEqual(['low', 'low']);
    expect(bandsAfter('no-data')).toEqual(['low', 'medium']);
  });

  it('is held by the health that silence has not touched', () => {
    const before = decide(null, WITH.health(USUAL, 60));
    const fallen: ChurnInput = {
      ...USUAL,
      health: { valueHundredths: 3_000, confidenceHundredths: 6_000, heldHundredths: 6_000 },
    };
    expect(decide(null, fallen).published.band).toBe('medium');
    expect(decide(before.published, fallen).published.band).toBe('low');
  });

  it('is the same by silence alone, whatever the customer is like', () => {
    const facts = [
      'health',
      'usageTrendPercent',
      'lastActivityDay',
      'troubledTickets',
      'sponsorsLeft',
      'satisfaction',
      'overduePayments',
      'purchases',
    ] as const;
    fc.assert(
      fc.property(anyInput, fc.subarray([...facts]), (input, fallen) => {
        const before = decide(null, input);
        const known = fallen.filter((fact) => !(typeof input[fact] === 'object' && 'missing' in input[fact]));
        const silent = {
          ...input,
          ...Object.fromEntries(known.map((fact) => [fact, { missing: 'feed-stale' }])),
        };
        const after = decide(before.published, silent);
        expect(after.published.riskBand).toBe(before.published.riskBand);
        const returned = decide(after.published, input);
        expect(returned.published.riskBand).toBe(before.published.riskBand);
      }),
      { numRuns: 500 },
    );
  });
});
