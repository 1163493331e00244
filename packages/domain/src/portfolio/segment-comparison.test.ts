import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageByTierOf } from './age-by-tier.ts';
import { boxPlotsBy } from './box-plots.ts';
import { DIMENSIONS } from './groups.ts';
import type { PortfolioRow } from './portfolio-row.ts';
import { compareGroups, type GroupSummary, ratiosOf } from './segment-comparison.ts';
import { anyRows, givenRow, givenRows } from './test-support.ts';

const times = (count: number, facts: Partial<PortfolioRow>) => Array.from({ length: count }, () => facts);
const groupIn = (groups: readonly GroupSummary[], name: string): GroupSummary => {
  const group = groups.find((one) => one.group === name);
  if (group === undefined) throw new Error(`no group ${name}`);
  return group;
};

describe('segments side by side (S24, S25, S28, S80, S81)', () => {
  it('have shares of customers and value, and means over those known', () => {
    const rows = givenRows(
      {
        segment: 'enterprise',
        valueMinor: 90,
        healthHundredths: 5_900,
        rfmHundredths: 419,
        accountAgeDays: 420,
      },
      { segment: 'enterprise', valueMinor: 60, churnBasisPoints: 4_120, velocityMinor: 7 },
      { segment: 'smb', valueMinor: 50, churnBasisPoints: 7_640, rfmHundredths: 183, accountAgeDays: 595 },
      { segment: 'smb', valueMinor: -10 },
      {},
    );
    expect(compareGroups(rows, 'segment')).toEqual([
      {
        group: 'enterprise',
        customers: 2,
        customersBasisPoints: 4_000,
        valueMinor: 150,
        valueBasisPoints: 7_500,
        means: {
          valueMinor: 75,
          contributionMillionths: 375_000,
          rfmHundredths: 419,
          accountAgeDays: 420,
          healthHundredths: 5_900,
          healthOfFiveHundredths: 295,
          churnBasisPoints: 4_120,
          velocityMinor: 7,
        },
        known: { value: 2, rfm: 1, accountAge: 1, health: 1, churn: 1, velocity: 1 },
      },
      expect.objectContaining({ group: 'smb', valueMinor: 40, valueBasisPoints: 2_500 }),
      expect.objectContaining({ group: 'unknown', customers: 1, valueMinor: null, valueBasisPoints: null }),
    ]);
  });

  it('have the mean and the five-point view of the seed: 2.95 is 59 of 100, 3.5 is 70 (D7)', () => {
    const means = (healthHundredths: number) =>
      compareGroups([givenRow({ healthHundredths })], 'segment')[0]?.means.healthOfFiveHundredths;
    expect([means(5_900), means(7_000)]).toEqual([295, 350]);
  });

  it('have the shares and ratios of the seed that agree with each other (D21)', () => {
    const enterprise = compareGroups(
      givenRows(
        ...times(64, { engagementModel: 'executive' }),
        ...times(62, { engagementModel: 'standard' }),
      ),
      'engagementModel',
    );
    expect(groupIn(enterprise, 'executive').customersBasisPoints).toBe(5_079);
    const segments = compareGroups(
      givenRows({ segment: 'enterprise', valueMinor: 6_955_00 }, { segment: 'smb', valueMinor: 1_285_00 }),
      'segment',
    );
    const ratios = ratiosOf(groupIn(segments, 'enterprise'), groupIn(segments, 'smb'));
    expect(ratios).toMatchObject({ valueMinor: 541, healthHundredths: null });
  });

  it('add up the four engagement models of the seed to $876,276, seven times $8,681 among them (S34, D21)', () => {
    const rows = givenRows(
      ...times(64, { engagementModel: 'executive', valueMinor: 7_371_00 }),
      ...times(52, { engagementModel: 'standard', valueMinor: 6_250_00 }),
      { engagementModel: 'standard', valueMinor: 6_284_00 },
      ...times(6, { engagementModel: 'retention-and-recovery', valueMinor: 8_681_00 }),
      { engagementModel: 'retention-and-recovery', valueMinor: 8_682_00 },
      ...times(2, { engagementModel: 'dedicated', valueMinor: 6_240_00 }),
    );
    const groups = compareGroups(rows, 'engagementModel');
    expect(groups.map(({ group, customers, valueMinor }) => [group, customers, valueMinor])).toEqual([
      ['dedicated', 2, 12_480_00],
      ['executive', 64, 471_744_00],
      ['retention-and-recovery', 7, 60_768_00],
      ['standard', 53, 331_284_00],
    ]);
    expect(groups.reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0)).toBe(876_276_00);
    expect(Math.round((groupIn(groups, 'retention-and-recovery').means.valueMinor ?? 0) / 100)).toBe(8_681);
  });

  it('set gold and platinum against basic (S80)', () => {
    const rows = givenRows(
      ...(['basic', 'silver', 'gold', 'platinum', null] as const).map((valueTier) => ({ valueTier })),
    );
    expect(compareGroups(rows, 'comparedSegment').map(({ group, customers }) => [group, customers])).toEqual([
      ['high-value-enterprise', 2],
      ['basic-tier', 1],
      ['other', 1],
      ['unknown', 1],
    ]);
  });

  it('hold every customer once, in any order; one more adds to its own group only', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...DIMENSIONS), ({ rows, mixed }, dimension) => {
        const groups = compareGroups(rows, dimension);
        expect(compareGroups(mixed, dimension)).toEqual(groups);
        expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(rows.length);
        const one = givenRow({
          customerId: 'one more',
          valueMinor: 1,
          owner: 'Ada',
          segment: 'smb',
          valueTier: 'basic',
        });
        const more = compareGroups([...rows, one], dimension);
        const grown = more.filter(
          ({ group, customers }) =>
            customers !== (groups.find((other) => other.group === group)?.customers ?? 0),
        );
        expect(grown.map(({ customers, known }) => [customers > 0, known.value > 0])).toEqual([[true, true]]);
      }),
    );
  });

  it('have sums, shares and means that a count by hand has, also beyond 2^53', () => {
    fc.assert(
      fc.property(anyRows, ({ rows }) => {
        const positive = (some: readonly PortfolioRow[]) =>
          some.reduce((sum, { valueMinor }) => sum + BigInt(Math.max(0, valueMinor ?? 0)), 0n);
        const total = positive(rows);
        for (const { group, valueMinor, valueBasisPoints, means, known } of compareGroups(rows, 'segment')) {
          const own = rows.filter(({ segment }) => (segment ?? 'unknown') === group);
          const values = own.flatMap((row) => row.valueMinor ?? []);
          const net = values.reduce((sum, value) => sum + BigInt(value), 0n);
          expect(known.value).toBe(values.length);
          expect(valueMinor).toBe(values.length === 0 || net >= 2n ** 53n ? null : Number(net));
          const health = own.flatMap((row) => row.healthHundredths ?? []);
          const mean = health.reduce((sum, value) => sum + value, 0) / health.length;
          expect(means.healthHundredths).toBe(health.length === 0 ? null : Math.round(mean));
          if (total === 0n || values.length === 0) expect(valueBasisPoints).toBeNull();
          else expect(valueBasisPoints).toBe(Number((20_000n * positive(own) + total) / (2n * total)));
        }
      }),
    );
  });
});

describe('account age by tier (S83)', () => {
  const rows = givenRows(
    { valueTier: 'basic', accountAgeDays: 595, valueMinor: 1 },
    { valueTier: 'basic', accountAgeDays: 731, valueMinor: 2 },
    { valueTier: 'gold', accountAgeDays: 365, valueMinor: 30 },
    { valueTier: 'gold', accountAgeDays: 366 },
    { valueTier: 'gold', valueMinor: 5 },
  );

  it('counts accounts by age, those of unknown age by themselves', () => {
    const [gold, basic] = ageByTierOf(rows).tiers;
    expect(gold).toEqual({
      valueTier: 'gold',
      customers: 3,
      averageAgeDays: 366,
      ages: [
        { age: 'up-to-1-year', customers: 1, valueMinor: 30 },
        { age: 'to-2-years', customers: 1, valueMinor: null },
        { age: 'to-3-years', customers: 0, valueMinor: 0 },
        { age: 'to-5-years', customers: 0, valueMinor: 0 },
        { age: 'over-5-years', customers: 0, valueMinor: 0 },
        { age: 'unknown', customers: 1, valueMinor: 5 },
      ],
    });
    expect(basic).toMatchObject({ valueTier: 'basic', averageAgeDays: 663 });
  });

  it('tells whether age and value run against each other', () => {
    const opposite = givenRows(...[1, 2, 3, 4].map((age) => ({ accountAgeDays: age, valueMinor: -age })));
    expect(ageByTierOf(opposite).ageAndValue).toMatchObject({ coefficient: -10_000, pairs: 4 });
    expect(ageByTierOf(rows).ageAndValue.pairs).toBe(3);
  });
});

describe('distributions by segment (S82)', () => {
  it('name outliers by customer and leave out those of whom nothing is known', () => {
    const facts = [60, 61, 62, 63, 64, 5].map((points) => ({
      segment: 'smb' as const,
      healthHundredths: 100 * points,
    }));
    const rows = givenRows(...facts, { segment: 'smb' }, { segment: 'enterprise' });
    expect(boxPlotsBy(rows, 'segment', 'health')).toMatchObject([
      { group: 'enterprise', customers: 1, unknown: 1, box: null },
      {
        group: 'smb',
        customers: 7,
        unknown: 1,
        box: { count: 6, median: 6_150, lowerWhisker: 6_000, outliers: [{ id: 'c5', value: 500 }] },
      },
    ]);
    expect(boxPlotsBy(rows, 'segment', 'churn').map(({ box }) => box)).toEqual([null, null]);
  });
});
