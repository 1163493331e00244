import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import type {
  AgeByTierReport,
  DistributionReport,
  NpsReport,
  RiskMatrixReport,
  SegmentReport,
} from '../../report-schemas/group-reports.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());
const reports = <T>(path: string) => projection.get<T>(`/v1/tenants/acme/reports/${path}`);

describe('segments side by side (S24, S25, S28, S80, S81)', () => {
  it('have shares and means, each over those of whom it is known', async () => {
    const { by, groups, ratio } = await reports<SegmentReport>('segments');
    expect([by, ratio]).toEqual(['segment', null]);
    expect(groups).toMatchObject([
      {
        group: 'enterprise',
        customers: 2,
        customersBasisPoints: 4_000,
        valueMinor: 80,
        valueBasisPoints: 8_000,
        means: {
          valueMinor: 40,
          contributionMillionths: 400_000,
          rfmHundredths: 480,
          accountAgeDays: 550,
          healthHundredths: 6_500,
          healthOfFiveHundredths: 325,
          churnBasisPoints: 3_750,
          velocityMinor: 6,
        },
        known: { value: 2, rfm: 1, accountAge: 2, health: 2, churn: 2, velocity: 1 },
      },
      {
        group: 'smb',
        customers: 2,
        valueMinor: 20,
        means: { valueMinor: 10, accountAgeDays: 365, healthHundredths: 6_000, churnBasisPoints: null },
        known: { accountAge: 1, health: 1, churn: 0 },
      },
      { group: 'unknown', customers: 1, valueMinor: null, valueBasisPoints: null },
    ]);
  });

  it('have a ratio of two groups, in hundredths (S25)', async () => {
    const { ratio } = await reports<SegmentReport>('segments?ratio=enterprise,smb');
    // 40 / 10, 6500 / 6000, 480 / 150, 550 / 365
    expect(ratio).toMatchObject({
      one: 'enterprise',
      other: 'smb',
      reason: null,
      of: {
        valueMinor: 400,
        healthHundredths: 108,
        rfmHundredths: 320,
        accountAgeDays: 151,
        churnBasisPoints: null,
      },
    });
  });

  it('have none with a group that is empty, and it is said why', async () => {
    const { ratio } = await reports<SegmentReport>('segments?by=valueTier&ratio=silver,gold');
    expect(ratio).toMatchObject({ one: 'silver', other: 'gold', reason: 'no-customers' });
    expect(new Set(Object.values(ratio?.of ?? {}))).toEqual(new Set([null]));
  });

  it('are found by name also where the name holds a comma', async () => {
    const url = `segments?by=industry&ratio=${encodeURIComponent('Mining, IT, Services')}`;
    const { ratio } = await reports<SegmentReport>(url);
    expect(ratio).toMatchObject({
      one: 'Mining',
      other: 'IT, Services',
      reason: null,
      of: { valueMinor: 38 },
    });
  });

  it('set gold and platinum against basic (S80)', async () => {
    const { groups } = await reports<SegmentReport>('segments?by=comparedSegment');
    expect(groups.map(({ group, customers }) => [group, customers])).toEqual([
      ['high-value-enterprise', 2],
      ['basic-tier', 2],
      ['unknown', 1],
    ]);
  });
});

describe('distributions (S82)', () => {
  it('have quartiles of those who are known, and no box where nobody is', async () => {
    const report = await reports<DistributionReport>('distributions');
    expect(report).toMatchObject({ by: 'segment', measure: 'health', unit: 'hundredths' });
    // 4000 and 9000: the quartiles stand at 1/4, 1/2 and 3/4 of the way.
    expect(report.groups).toEqual([
      {
        group: 'enterprise',
        customers: 2,
        unknown: 0,
        box: {
          count: 2,
          mean: 6_500,
          minimum: 4_000,
          lowerQuartile: 5_250,
          median: 6_500,
          upperQuartile: 7_750,
          maximum: 9_000,
          lowerWhisker: 4_000,
          upperWhisker: 9_000,
          outliers: [],
          outlierCount: 0,
        },
      },
      { group: 'smb', customers: 2, unknown: 1, box: expect.objectContaining({ count: 1, median: 6_000 }) },
      { group: 'unknown', customers: 1, unknown: 1, box: null },
    ]);
  });

  it('name their outliers', async () => {
    const values = [10, 20, 30, 40, 50, 60, 70, 200];
    const other = await openWith(
      values.map((valueMinor, index) => ({ customerId: `c${index}`, name: `N${index}`, valueMinor })),
    );
    const url = '/v1/tenants/acme/reports/distributions?by=owner&measure=value';
    const { unit, groups } = await other.get<DistributionReport>(url);
    expect([unit, groups[0]?.group]).toEqual(['minor', 'unknown']);
    expect(groups[0]?.box?.outliers).toEqual([{ customerId: 'c7', name: 'N7', value: 200 }]);
    await other.close();
  });
});

describe('the risk matrix (S63, S75)', () => {
  it('counts by industry and size who is below 50, and the value that depends on them', async () => {
    const report = await reports<RiskMatrixReport>('risk-matrix');
    const hot = {
      industry: 'IT, Services',
      sizeBand: 'large',
      customers: 2,
      scored: 2,
      atRisk: 1,
      atRiskBasisPoints: 5_000,
      valueMinor: 80,
      valueAtRiskMinor: 30,
    };
    expect(report.cells).toEqual([
      hot,
      expect.objectContaining({ industry: 'Mining', sizeBand: 'small', customers: 1, scored: 1, atRisk: 0 }),
      expect.objectContaining({
        industry: 'unknown',
        sizeBand: 'unknown',
        customers: 2,
        scored: 0,
        atRiskBasisPoints: null,
      }),
    ]);
    expect(report.hotSpots).toEqual([hot]);
    expect(report.total).toEqual({
      customers: 5,
      scored: 3,
      atRisk: 1,
      atRiskBasisPoints: 3_333,
      valueMinor: 100,
      valueAtRiskMinor: 30,
    });
    expect(report.sizeBands.map(({ sizeBand }) => sizeBand)).toEqual(['small', 'large', 'unknown']);
  });
});

describe('the age of the accounts by tier (S81, S83)', () => {
  it('is told in bands, with the rank correlation of age and value', async () => {
    const { tiers, ageAndValue } = await reports<AgeByTierReport>('age-by-tier');
    const held = tiers.flatMap(({ valueTier, ages }) =>
      ages
        .filter(({ customers }) => customers > 0)
        .map(({ age, valueMinor }) => [valueTier, age, valueMinor]),
    );
    expect(held).toEqual([
      ['platinum', 'to-3-years', 50],
      ['gold', 'up-to-1-year', 30],
      ['basic', 'up-to-1-year', 15],
      ['basic', 'unknown', 5],
      ['unknown', 'unknown', null],
    ]);
    expect(tiers.map(({ averageAgeDays }) => averageAgeDays)).toEqual([900, 200, 365, null]);
    // Ranks of age 3, 1, 2 and of value 3, 2, 1: (1 × 1 + (-1) × 0 + 0 × (-1)) / 2
    expect(ageAndValue).toEqual({ coefficient: 5_000, pairs: 3, reason: null });
  });
});

describe('the net promoter score by tier (S53)', () => {
  it('takes the latest answer of each customer, if it is of the quarter', async () => {
    const { quarter, tiers } = await reports<NpsReport>('nps');
    expect(quarter).toBe('2024-Q2');
    expect(
      tiers.map(({ valueTier, promoters, detractors, npsHundredths }) => [
        valueTier,
        promoters,
        detractors,
        npsHundredths,
      ]),
    ).toEqual([
      ['platinum', 1, 0, 10_000],
      ['gold', 0, 1, -10_000],
      ['basic', 0, 0, null],
      ['unknown', 0, 0, null],
    ]);
    // The answer of the first quarter is not the latest any more.
    const before = await reports<NpsReport>('nps?quarter=2024-Q1');
    expect(before.tiers.map(({ npsHundredths }) => npsHundredths)).toEqual([null, null, null, null]);
  });
});
