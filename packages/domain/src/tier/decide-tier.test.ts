import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { decideTier } from './decide-tier.ts';
import type { PublishedTier } from './published-tier.ts';
import { DAY, inputOf, thousandCustomers } from './test-support.ts';
import { type SpoiltInput, type TierInput, tierOf } from './tier-of.ts';

const BREAKPOINTS = thousandCustomers();

function decide(
  previous: PublishedTier | null,
  known: Partial<TierInput> = {},
  breakpoints: Breakpoints | null = BREAKPOINTS,
) {
  const now = tierOf(inputOf(known), breakpoints, previous?.labels ?? null);
  return decideTier(previous, now, { breakpoints, currency: 'USD' });
}
const texts = (decided: ReturnType<typeof decide>) => decided.change?.reasons.map(({ text }) => text);

describe('the classes of a customer', () => {
  it('are published together at first, each with its grounds', () => {
    const { change, published } = decide(null);
    expect(change).toMatchObject({
      type: 'score.tier.changed',
      score: 'tier',
      value: null,
      delta: null,
      band: 'gold',
      previousBand: null,
      parts: { ltvMinor: 980_00, contributionMillionths: 1_958, predictedRevenueMinor: 600_00 },
      uncertain: false,
      missing: [],
      labels: {
        valueTier: 'gold',
        tierSource: 'computed',
        segment: 'enterprise',
        revenueTier: 'T2',
        sizeBand: 'large',
        engagementModel: 'standard',
        priority: 'medium',
        strategic: 'no',
      },
    });
    expect(change?.reasons).toEqual([
      {
        signal: 'value-tier',
        contribution: 0,
        before: null,
        after: 980_00,
        text: 'Gold: lifetime value among the top 2.5 %',
      },
      {
        signal: 'revenue-tier',
        contribution: 0,
        before: null,
        after: 600_00,
        text: 'T2: predicted revenue between the 50th and the 75th percentile',
      },
      { signal: 'size-band', contribution: 0, before: null, after: null, text: 'size Large: 300 employees' },
      {
        signal: 'engagement-model',
        contribution: 0,
        before: null,
        after: null,
        text: 'Standard Engagement: Enterprise, but not Platinum, health below 70, churn risk not low',
      },
    ]);
    expect(JSON.parse(JSON.stringify(published))).toEqual(published);
  });

  it('are not classified, and say why, where nothing is known (D20)', () => {
    const nothing = {
      employees: null,
      ltvMinor: null,
      predictedRevenueMinor: null,
      complexityBand: null,
      health: null,
      churnBand: null,
    };
    const decided = decide(null, nothing, null);
    expect(decided.change?.band).toBe('unclassified');
    expect(new Set(Object.values(decided.change?.labels ?? {}))).toEqual(new Set([null]));
    expect(texts(decided)).toEqual([
      'no value tier: neither an agreement nor a payment is known',
      'no revenue tier: no revenue can be predicted',
      'no company size: neither a size nor the number of employees is known',
      'no engagement model: the value tier is not known, health is not known, the churn risk is not known, the complexity is not known',
    ]);
  });

  it('do not take health that could not be scored for good health', () => {
    const notScorable = { health: { valueHundredths: null, atRisk: false }, churnBand: 'low' } as const;
    const decided = decide(null, notScorable);
    expect(decided.change?.labels).toMatchObject({ engagementModel: null, priority: null });
    expect(texts(decided)?.at(-1)).toBe('no engagement model: health is not known');
  });

  it('say what changed, and only that', () => {
    const first = decide(null).published;
    const atRisk = decide(first, { health: { valueHundredths: 4_000, atRisk: true } });
    expect(atRisk.change).toMatchObject({
      band: 'gold',
      previousBand: 'gold',
      labels: { engagementModel: 'retention-and-recovery', priority: 'immediate', strategic: 'no' },
    });
    expect(texts(atRisk)).toEqual([
      'Retention & Recovery, was Standard Engagement: at risk: health fell below 50 and has not reached 55 again',
    ]);
    const richer = decide(first, { ltvMinor: 1_000_00 });
    expect(texts(richer)).toEqual([
      'Platinum, was Gold: lifetime value among the top 0.5 %',
      'Executive Relationship Management, was Standard Engagement: strategic by value: Platinum',
      'lifetime value 1,000.00 USD',
      'contribution 0.1998 % of the portfolio',
    ]);
  });

  it('say when other breakpoints moved them, and not the customer', () => {
    const first = decide(null).published;
    const others = thousandCustomers(DAY + 1);
    const raised = { ...others, ltvMinor: { counted: 1_000, edges: [900_00, 990_00, 999_00] } };
    expect(texts(decide(first, {}, raised))).toEqual([
      'Silver, was Gold: lifetime value among the top 25 %, because the breakpoints of 2024-05-02 hold now',
    ]);
    expect(texts(decide(first, { ltvMinor: 1_500_00 }, others))?.[0]).toBe(
      'Platinum, was Gold: lifetime value among the top 0.5 %',
    );
  });

  it('follow the CRM, and say so, also where the tier stays the same', () => {
    const first = decide(null).published;
    const same = decide(first, { crmTier: 'Gold' });
    expect(same.change?.labels).toMatchObject({ valueTier: 'gold', tierSource: 'crm' });
    expect(texts(same)).toEqual(['Gold: set by the CRM']);
    const other = decide(same.published, { crmTier: 'Basic' });
    expect(texts(other)).toEqual([
      'Basic, was Gold: set by the CRM',
      'Automated, was Standard Engagement: Basic tier',
    ]);
  });

  it('do not say that breakpoints moved what the CRM set', () => {
    const first = decide(null).published;
    const others = thousandCustomers(DAY + 1);
    const raised = { ...others, ltvMinor: { counted: 1_000, edges: [900_00, 990_00, 999_00] } };
    expect(texts(decide(first, { crmTier: 'Basic' }, raised))?.[0]).toBe('Basic, was Gold: set by the CRM');
    const set = decide(null, { crmTier: 'Basic' }).published;
    expect(texts(decide(set, {}, raised))?.[0]).toBe('Silver, was Basic: lifetime value among the top 25 %');
  });

  it('tell when a customer of unknown model turns out not to be strategic', () => {
    const unknown = { health: null, churnBand: null } as const;
    const first = decide(null, unknown);
    expect(first.change?.labels).toMatchObject({ engagementModel: null, strategic: null });
    const complex = decide(first.published, { ...unknown, complexityBand: 'high' });
    expect(complex.change?.labels).toMatchObject({ engagementModel: null, strategic: 'no' });
    expect(texts(complex)).toEqual(['no engagement model: health is not known, the churn risk is not known']);
  });

  it('are not told again for less than a tenth, nor when only the breakpoints are others', () => {
    const first = decide(null).published;
    expect(decide(first)).toEqual({ change: null, published: first });
    expect(decide(first, { predictedRevenueMinor: 650_00 }).change).toBeNull();
    expect(decide(first, {}, thousandCustomers(DAY + 1)).change).toBeNull();
    const tenth = decide(first, { predictedRevenueMinor: 660_00 });
    expect(texts(tenth)).toEqual(['predicted revenue 660.00 USD']);
    expect(decide(tenth.published, { predictedRevenueMinor: 600_00 }).change).toBeNull();
  });
});

describe('while a feed is silent (N2)', () => {
  const everything: readonly SpoiltInput[] = ['health', 'churn', 'predicted-revenue'];

  it('classes stay as they were, and it is told once', () => {
    const first = decide(null).published;
    const worse = {
      health: { valueHundredths: 7_500, atRisk: false },
      churnBand: 'high',
      predictedRevenueMinor: 0,
    } as const;
    const silent = decide(first, { ...worse, spoilt: everything });
    expect(silent.change).toMatchObject({
      labels: first.labels,
      uncertain: true,
      missing: [
        { signal: 'health', why: 'feed-stale' },
        { signal: 'churn', why: 'feed-stale' },
        { signal: 'predicted-revenue', why: 'feed-stale' },
      ],
    });
    expect(texts(silent)?.slice(0, 2)).toEqual([
      'health misses a feed that is silent: classes stay as they were',
      'churn risk misses a feed that is silent: classes stay as they were',
    ]);
    expect(decide(silent.published, { ...worse, spoilt: everything }).change).toBeNull();
    const back = decide(silent.published);
    expect(back.change).toMatchObject({ labels: first.labels, uncertain: false, missing: [] });
  });

  it('what it did meanwhile is told as its own when the feed is back', () => {
    const first = decide(null).published;
    const silent = decide(first, { spoilt: ['predicted-revenue'] }).published;
    expect(silent).toMatchObject({ labels: first.labels, held: ['revenueTier'] });
    expect(texts(decide(silent, { predictedRevenueMinor: 800_00 }))).toEqual([
      'T1, was T2: predicted revenue among the top 25 %',
      'predicted revenue is complete again',
      'predicted revenue 800.00 USD',
    ]);
  });

  it('what does not depend on it still moves: a new Basic customer is automated', () => {
    const first = decide(null).published;
    const silent = decide(first, { crmTier: 'Basic', spoilt: everything });
    expect(silent.change?.labels).toMatchObject({ engagementModel: 'automated', strategic: 'no' });
    const raised = decide(silent.published, { crmTier: 'Gold', spoilt: everything });
    expect(raised.change?.labels).toMatchObject({ engagementModel: null, priority: null, strategic: null });
  });

  it('the strategic flag stays told also where no model ever was', () => {
    const open = { complexityBand: null } as const;
    const first = decide(null, open);
    expect(first.change?.labels).toMatchObject({ engagementModel: null, strategic: 'no' });
    const silent = decide(first.published, { ...open, spoilt: ['health'] });
    expect(silent.published).toMatchObject({ labels: { strategic: 'no' }, held: ['strategic'] });
  });

  it('an at-risk state that stands still counts: it is kept free of silence where it is made', () => {
    const atRisk = decide(null, { health: { valueHundredths: 4_000, atRisk: true } }).published;
    const silent = decide(atRisk, { health: { valueHundredths: null, atRisk: true }, spoilt: ['health'] });
    expect(silent.change?.labels).toMatchObject({ engagementModel: 'retention-and-recovery' });
  });

  const health = fc.record({ valueHundredths: fc.option(fc.nat(10_000)), atRisk: fc.constant(false) });
  const input = fc.record({
    ltvMinor: fc.integer({ min: 700_00, max: 1_000_00 }),
    predictedRevenueMinor: fc.option(fc.nat(1_000_00)),
    complexityBand: fc.constantFrom('low', 'high', null),
    health: fc.option(health),
    churnBand: fc.constantFrom('low', 'medium', 'high', 'not-scorable', null),
  });

  it('nothing that it spoilt moves a class, whatever it reads (property)', () => {
    const spoilt = fc.subarray([...everything], { minLength: 1 });
    fc.assert(
      fc.property(input, input, spoilt, (before, after, silent) => {
        const first = decide(null, before).published;
        const read = {
          health: silent.includes('health') ? after.health : before.health,
          churnBand: silent.includes('churn') ? after.churnBand : before.churnBand,
          predictedRevenueMinor: silent.includes('predicted-revenue')
            ? after.predictedRevenueMinor
            : before.predictedRevenueMinor,
        };
        const labels = decide(first, { ...before, ...read, spoilt: silent }).published.labels;
        for (const [label, value] of Object.entries(first.labels)) {
          if (value !== null) expect([label, labels[label as keyof typeof labels]]).toEqual([label, value]);
        }
      }),
    );
  });
});

describe('classes at the same breakpoints', () => {
  it('are the same however they came about, while every feed is fresh', () => {
    const label = fc.constantFrom('platinum', 'gold', 'silver', 'basic');
    fc.assert(
      fc.property(label, fc.nat(1_000_00), (crmTier, ltvMinor) => {
        const elsewhere = decide(null, { crmTier, ltvMinor }).published;
        expect(decide(elsewhere).published.labels).toEqual(decide(null).published.labels);
      }),
    );
  });
});
