import { parseDate } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kpiSnapshotOf } from './kpi-snapshot.ts';
import { type Kpi, kpisOf } from './kpis.ts';
import { npsByTier } from './nps.ts';
import type { PortfolioRow } from './portfolio-row.ts';
import { anyRows, givenRows } from './test-support.ts';

const day = (date: string) => parseDate(date) ?? Number.NaN;
const snapshot = (month: string, ...facts: readonly Partial<PortfolioRow>[]) =>
  kpiSnapshotOf(givenRows(...facts), { month, expansion: null });
const find = (kpis: readonly Kpi[], name: string, group: string | null = null): Kpi => {
  const kpi = kpis.find((one) => one.name === name && one.group === group);
  if (kpi === undefined) throw new Error(`no KPI ${name} of ${group}`);
  return kpi;
};

describe('growth of the enterprise segment over 12 months (S47, S48)', () => {
  const before = snapshot(
    '2023-06',
    { segment: 'enterprise', valueMinor: 20 },
    { segment: 'smb', valueMinor: 80 },
    { segment: 'smb', valueMinor: -30 },
  );

  it('compares the share and the mean with those of the same month a year before', () => {
    const now = snapshot(
      '2024-06',
      { segment: 'enterprise', valueMinor: 24 },
      { segment: 'enterprise', valueMinor: 22 },
      { segment: 'smb', valueMinor: 154 },
    );
    const kpis = kpisOf(now, [snapshot('2024-05'), before]);
    expect(find(kpis, 'enterprise-share-growth')).toEqual({
      name: 'enterprise-share-growth',
      requirement: 'S47',
      month: '2024-06',
      group: null,
      value: 1_500,
      unit: 'basis-points',
      target: { is: 'at-least', value: 1_500 },
      status: 'met',
      population: 2,
      known: 2,
      reason: null,
    });
    expect(find(kpis, 'enterprise-value-growth')).toMatchObject({ value: 1_500, status: 'missed' });
  });

  it('has no value without that month, and says so (D20)', () => {
    const now = snapshot('2024-06', { segment: 'enterprise', valueMinor: 24 });
    const missing = { value: null, status: 'unknown', reason: 'no-baseline' };
    expect(
      find(kpisOf(now, [snapshot('2023-05'), snapshot('2023-07')]), 'enterprise-share-growth'),
    ).toMatchObject(missing);
    const unvalued = snapshot('2023-06', { segment: 'enterprise' });
    expect(find(kpisOf(now, [unvalued]), 'enterprise-value-growth')).toMatchObject(missing);
  });

  it('takes nobody in a class that is known of few for not known, and not for nobody (D20)', () => {
    const now = snapshot('2024-06', { segment: 'enterprise', valueMinor: 24, churnBasisPoints: 100 });
    const untold = snapshot(
      '2023-06',
      { valueMinor: 24 },
      { valueMinor: 24 },
      { segment: 'smb', valueMinor: 1 },
    );
    const growth = find(kpisOf(now, [untold]), 'enterprise-share-growth');
    expect(growth).toMatchObject({ value: null, reason: 'no-baseline' });
    const kpis = kpisOf(untold, []);
    expect(find(kpis, 'enterprise-churn')).toMatchObject({ population: 0, reason: 'no-data' });
    expect(find(kpis, 'executive-health')).toMatchObject({ population: 0, reason: 'no-data' });
    const half = snapshot('2024-06', { segment: 'smb' }, {});
    expect(find(kpisOf(half, []), 'enterprise-churn')).toMatchObject({ reason: 'no-population' });
  });

  it('has none where there was nothing to grow from, and none where there is nobody', () => {
    const now = snapshot('2024-06', { segment: 'enterprise', valueMinor: 24 });
    const nobody = snapshot('2023-06', { segment: 'smb', valueMinor: 5 });
    expect(find(kpisOf(now, [nobody]), 'enterprise-share-growth').reason).toBe('zero-baseline');
    const indebted = snapshot('2023-06', { segment: 'enterprise', valueMinor: -1 }, { valueMinor: 5 });
    expect(find(kpisOf(now, [indebted]), 'enterprise-value-growth').reason).toBe('zero-baseline');
    const gone = snapshot('2024-06', { segment: 'smb', valueMinor: 24 });
    expect(find(kpisOf(gone, [before]), 'enterprise-share-growth').reason).toBe('no-population');
  });
});

describe('velocity by tier (S49)', () => {
  it('grows on the month before', () => {
    const before = snapshot('2023-12', { valueTier: 'gold', velocityMinor: 200 }, { valueTier: 'basic' });
    const now = snapshot(
      '2024-01',
      { valueTier: 'gold', velocityMinor: 150 },
      { valueTier: 'gold', velocityMinor: 60 },
      { valueTier: 'basic', velocityMinor: 5 },
    );
    const kpis = kpisOf(now, [before]);
    expect(find(kpis, 'velocity-growth', 'gold')).toMatchObject({
      value: 500,
      status: 'no-target',
      target: null,
    });
    expect(find(kpis, 'velocity-growth', 'basic')).toMatchObject({ value: null, reason: 'no-baseline' });
  });
});

describe('health and churn (S50, S51, S110)', () => {
  const executive = (healthHundredths: number | null) =>
    ({ engagementModel: 'executive', healthHundredths }) as const;

  it('judge executive accounts on the scale of five: more than 3.5 (D7)', () => {
    const status = (...health: readonly (number | null)[]) =>
      find(kpisOf(snapshot('2024-06', ...health.map(executive)), []), 'executive-health');
    expect(status(7_000)).toMatchObject({ value: 350, status: 'missed' });
    expect(status(7_000, 7_040)).toMatchObject({ value: 351, status: 'met', population: 2 });
  });

  it('have no mean where fewer than half are known: a few say nothing about all (D20)', () => {
    const kpi = (...health: readonly (number | null)[]) =>
      find(
        kpisOf(snapshot('2024-06', ...health.map((points) => ({ healthHundredths: points }))), []),
        'mean-health',
      );
    expect(kpi(9_000, null)).toMatchObject({ value: 9_000, status: 'met', population: 2, known: 1 });
    expect(kpi(9_000, null, null)).toMatchObject({ value: null, status: 'unknown', reason: 'low-coverage' });
    expect(kpi(null)).toMatchObject({ value: null, reason: 'no-data' });
    expect(kpi()).toMatchObject({ value: null, reason: 'no-population', population: 0 });
    expect(kpi(8_000)).toMatchObject({ value: 8_000, status: 'missed' });
  });

  it('want the churn probability of enterprise customers below 30 %', () => {
    const kpi = (churnBasisPoints: number) =>
      find(kpisOf(snapshot('2024-06', { segment: 'enterprise', churnBasisPoints }), []), 'enterprise-churn');
    expect([kpi(2_999).status, kpi(3_000).status]).toEqual(['met', 'missed']);
  });
});

describe('value per account manager (S52)', () => {
  it('counts each manager once, and only customers that have one', () => {
    const model = { engagementModel: 'automated' } as const;
    const now = snapshot(
      '2024-06',
      { ...model, owner: 'Ada', valueMinor: 30 },
      { ...model, owner: 'Ada', valueMinor: 31 },
      { ...model, owner: 'Bo', valueMinor: 10 },
      { ...model, owner: ' ', valueMinor: 900 },
      { engagementModel: 'executive', valueMinor: 5 },
    );
    const kpis = kpisOf(now, []);
    expect(find(kpis, 'value-per-manager', 'automated')).toMatchObject({
      value: 36,
      population: 4,
      known: 3,
    });
    expect(find(kpis, 'value-per-manager', 'executive')).toMatchObject({
      value: null,
      reason: 'no-data',
    });
  });
});

describe('the net promoter score by quarter and tier (S53)', () => {
  const answer = (points: number, date: string) =>
    ({ valueTier: 'gold', npsHundredths: 1_000 * points, npsDay: day(date) }) as const;
  const facts = [
    answer(10, '2024-04-01'),
    answer(9, '2024-06-30'),
    answer(8, '2024-05-05'),
    answer(7, '2024-05-05'),
    answer(6, '2024-05-05'),
    answer(0, '2024-07-01'),
    answer(0, '2024-03-31'),
  ];

  it('is the share of promoters less that of detractors, in the quarter of the month', () => {
    const kpis = kpisOf(snapshot('2024-05', ...facts, { valueTier: 'basic' }), []);
    expect(find(kpis, 'nps', 'gold')).toMatchObject({ value: 2_000, unit: 'hundredths', population: 5 });
    expect(find(kpis, 'nps', 'basic')).toMatchObject({ value: null, reason: 'no-population', population: 0 });
    expect(npsByTier(givenRows(...facts), '2024-Q2')).toEqual([
      {
        valueTier: 'gold',
        quarter: '2024-Q2',
        promoters: 2,
        passives: 2,
        detractors: 1,
        npsHundredths: 2_000,
      },
    ]);
    expect(npsByTier(givenRows(...facts), '2024-Q3')).toMatchObject([{ npsHundredths: -10_000 }]);
  });
});

describe('expansion (S54)', () => {
  const rateOf = (expansion: { readonly won: number; readonly lost: number } | null) =>
    find(kpisOf(kpiSnapshotOf([], { month: '2024-06', expansion }), []), 'expansion-rate');

  it('is what was won of what was closed', () => {
    expect(rateOf({ won: 2, lost: 1 })).toMatchObject({ value: 6_667, population: 3, status: 'no-target' });
    expect(rateOf({ won: 0, lost: 0 })).toMatchObject({ value: null, reason: 'no-population' });
    expect(rateOf(null)).toMatchObject({ value: null, reason: 'no-data' });
  });
});

describe('revenue retention (S109, D17)', () => {
  const movement = (mrrMonthStartMinor: number | null, mrrMinor: number | null) => ({
    mrrMonthStartMinor,
    mrrMinor,
  });

  it('is net as first stated, net with contraction, and gross; what is new is in none', () => {
    const facts = [
      movement(100, 130),
      movement(100, 80),
      movement(50, 0),
      movement(0, 70),
      movement(null, 9),
    ];
    const now = snapshot('2024-06', ...facts);
    expect(now.recurring).toEqual({
      customers: 4,
      startMinor: '250',
      newMinor: '70',
      expansionMinor: '30',
      contractionMinor: '20',
      churnMinor: '50',
    });
    const kpis = kpisOf(now, []);
    expect(find(kpis, 'nrr-seed')).toMatchObject({ value: 9_200, status: 'missed', population: 5, known: 4 });
    expect(find(kpis, 'nrr').value).toBe(8_400);
    expect(find(kpis, 'grr')).toMatchObject({ value: 7_200, target: null });
  });

  it('says why there is none', () => {
    const reason = (...facts: readonly Partial<PortfolioRow>[]) =>
      find(kpisOf(snapshot('2024-06', ...facts), []), 'nrr').reason;
    expect([reason(), reason({}), reason(movement(0, 5))]).toEqual([
      'no-population',
      'no-data',
      'zero-baseline',
    ]);
  });
});

describe('the sums of a month', () => {
  it('are the same in any order of the customers, exact, and survive being kept as text', () => {
    fc.assert(
      fc.property(anyRows, ({ rows, mixed }) => {
        const given = { month: '2024-10', expansion: { won: 1, lost: 2 } };
        const sums = kpiSnapshotOf(rows, given);
        expect(JSON.stringify(kpiSnapshotOf(mixed, given))).toBe(JSON.stringify(sums));
        expect(kpisOf(JSON.parse(JSON.stringify(sums)), [])).toEqual(kpisOf(sums, []));
        const total = (values: readonly (number | null)[]) =>
          values.reduce((sum: bigint, value) => sum + BigInt(value ?? 0), 0n);
        const inSegments = sums.segments.reduce((sum, { value }) => sum + BigInt(value.sum), 0n);
        expect(inSegments).toBe(total(rows.map(({ valueMinor }) => valueMinor)));
        const { startMinor, newMinor, expansionMinor, contractionMinor, churnMinor } = sums.recurring;
        const end = BigInt(startMinor) + BigInt(newMinor) + BigInt(expansionMinor) - BigInt(contractionMinor);
        const both = rows.filter((row) => row.mrrMinor !== null && row.mrrMonthStartMinor !== null);
        expect(end - BigInt(churnMinor)).toBe(total(both.map(({ mrrMinor }) => mrrMinor)));
      }),
    );
  });

  it('have a value or a reason for every KPI, never both and never neither (D20)', () => {
    fc.assert(
      fc.property(anyRows, anyRows, ({ rows }, { rows: earlier }) => {
        const now = kpiSnapshotOf(rows, { month: '2024-10', expansion: null });
        const before = ['2024-09', '2023-10'].map((month) =>
          kpiSnapshotOf(earlier, { month, expansion: null }),
        );
        for (const { value, reason, status } of kpisOf(now, before)) {
          expect((value === null) === (reason !== null)).toBe(true);
          expect((value === null) === (status === 'unknown')).toBe(true);
        }
      }),
    );
  });
});
