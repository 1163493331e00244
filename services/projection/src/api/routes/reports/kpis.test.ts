import { DAY_MS, parseDate } from '@bellwether/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openProjection,
  type ProjectionUnderTest,
  recordOf,
} from '../../../test-support/projection-under-test.ts';
import {
  changeOf,
  dayOf,
  eventOf,
  healthOf,
  ltvOf,
  scoreOf,
  settingsOf,
  situationOf,
} from '../../../test-support/records.ts';
import type {
  ExpandedReport,
  ExpansionReport,
  KpiCourseReport,
  KpiReport,
  RetentionReport,
} from '../../report-schemas/kpi-reports.ts';

const epochDay = (date: string) => parseDate(date) ?? 0;

let projection: ProjectionUnderTest;
beforeEach(async () => {
  projection = await openProjection();
  await projection.take(...threeMonths());
});
afterEach(() => projection.close());

const sequences = new Map<string, number>();
function change(customerId: string, date: string, changes: Parameters<typeof changeOf>[1]) {
  const sequence = (sequences.get(customerId) ?? 0) + 1;
  sequences.set(customerId, sequence);
  const day = epochDay(date);
  return recordOf('customer-changes', changeOf(sequence, changes, { customerId, day, asOf: day * DAY_MS }));
}
function event<T extends Parameters<typeof eventOf>[0]>(
  customerId: string,
  date: string,
  [type, data]: readonly [type: T, data: Parameters<typeof eventOf<T>>[1]],
) {
  return recordOf('customer-events', eventOf(type, data, { customerId, day: epochDay(date) }));
}
const begins = (date: string) => recordOf('customer-events', dayOf(epochDay(date)));
const revenue = (mrrMonthStartMinor: number, mrrMinor: number, velocityMinor: number) =>
  scoreOf('revenue', { parts: { mrrMonthStartMinor, mrrMinor, velocityMinor } });
const nps = (score: number) => ['feedback.nps', { score, scaleMin: 0, scaleMax: 10 }] as const;

/**
 * Ada's platinum account `a` from March on, `b` from April on: recurring revenue 0 to 100 (a) in March, 100 to 130 (a)
 * and 0 to 40 (b) in April, 130 to 110 (a) and 40 to 0 (b) in May. It is 20 May.
 */
function threeMonths() {
  sequences.clear();
  const enterprise = { valueTier: 'platinum', segment: 'enterprise', engagementModel: 'executive' };
  const small = { valueTier: 'basic', segment: 'smb', engagementModel: 'automated' };
  const upsell = { opportunityId: 'u', opportunityKind: 'upsell', amountMinor: 900 } as const;
  return [
    recordOf('customer-events', settingsOf()),
    begins('2024-03-10'),
    event('a', '2024-03-10', ['customer.profile', { name: 'Alpha', owner: 'Ada' }]),
    event('a', '2024-03-20', nps(10)),
    change('a', '2024-03-10', [
      ltvOf(100),
      healthOf(7_200),
      revenue(0, 100, 50),
      scoreOf('churn', { value: 2_000, band: 'low' }),
      scoreOf('tier', { labels: enterprise }),
      situationOf('opportunity.upsell.raised'),
    ]),
    begins('2024-04-02'),
    change('a', '2024-04-01', [revenue(100, 130, 55)]),
    change('a', '2024-04-30', [healthOf(6_000), revenue(100, 130, 60)]),
    event('b', '2024-04-10', nps(3)),
    change('b', '2024-04-10', [
      ltvOf(50),
      healthOf(9_000),
      revenue(0, 40, 5),
      scoreOf('tier', { labels: small }),
    ]),
    event('a', '2024-04-05', ['opportunity.created', upsell]),
    event('a', '2024-04-20', ['opportunity.won', { opportunityId: 'u' }]),
    event('b', '2024-04-21', ['opportunity.created', { opportunityId: 'x', opportunityKind: 'cross-sell' }]),
    event('b', '2024-04-25', ['opportunity.lost', { opportunityId: 'x' }]),
    begins('2024-05-01'),
    change('a', '2024-05-01', [revenue(130, 130, 60)]),
    change('b', '2024-05-01', [revenue(40, 40, 5)]),
    event('a', '2024-05-03', ['customer.profile', { owner: 'Bo' }]),
    event('b', '2024-05-10', nps(9)),
    change('a', '2024-05-15', [revenue(130, 110, 60)]),
    change('b', '2024-05-16', [revenue(40, 0, 5)]),
    begins('2024-05-20'),
  ];
}

const report = <Answer>(query: string) => projection.get<Answer>(`/v1/tenants/acme/reports/${query}`);
async function kpisIn(month: string) {
  const { kpis, isOver } = await report<KpiReport>(`kpis?month=${month}`);
  const told = (name: string) => {
    const found = kpis.find(({ kpi, group }) => `${kpi}${group === null ? '' : ` ${group}`}` === name);
    return found && [found.value, found.status, found.reason];
  };
  return { told, isOver };
}

describe('the KPIs of a month', () => {
  it('are those of its end, however long ago (S49 to S54, S110)', async () => {
    const [march, april, may] = [await kpisIn('2024-03'), await kpisIn('2024-04'), await kpisIn('2024-05')];
    expect([march, april, may].map(({ isOver }) => isOver)).toEqual([true, true, false]);
    const course = (name: string) => [march, april, may].map(({ told }) => told(name));
    // April and May: (60 + 90) / 2.
    expect(course('mean-health')).toEqual([
      [7_200, 'missed', null],
      [7_500, 'missed', null],
      [7_500, 'missed', null],
    ]);
    expect(course('executive-health')).toEqual([
      [360, 'met', null],
      [300, 'missed', null],
      [300, 'missed', null],
    ]);
    expect(course('enterprise-churn')[0]).toEqual([2_000, 'met', null]);
    // From 50 to 60 is a fifth more.
    expect(course('velocity-growth platinum')).toEqual([
      [null, 'unknown', 'no-baseline'],
      [2_000, 'no-target', null],
      [0, 'no-target', null],
    ]);
    // Alpha answered in the first quarter; the other's later answer counts in May, the one before in April.
    expect(course('nps platinum')).toEqual([
      [10_000, 'no-target', null],
      [null, 'unknown', 'no-population'],
      [null, 'unknown', 'no-population'],
    ]);
    expect(course('nps basic')).toEqual([
      undefined,
      [-10_000, 'no-target', null],
      [10_000, 'no-target', null],
    ]);
    expect(course('expansion-rate')).toEqual([
      [null, 'unknown', 'no-data'],
      [5_000, 'no-target', null],
      [null, 'unknown', 'no-population'],
    ]);
    expect(course('value-per-manager executive')).toEqual(Array(3).fill([100, 'no-target', null]));
    // A year before there was nobody: no growth can be told of that (S47, S48).
    expect(may.told('enterprise-share-growth')).toEqual([null, 'unknown', 'no-baseline']);
  });

  it('are told with target and requirement, and for which months they can be', async () => {
    const { kpis, ...head } = await report<KpiReport>('kpis');
    expect(head).toMatchObject({ month: '2024-05', isOver: false, from: '2024-03', to: '2024-05' });
    expect(kpis).toContainEqual({
      kpi: 'mean-health',
      requirement: 'S110',
      unit: 'hundredths',
      targetIs: 'above',
      target: 8_000,
      group: null,
      value: 7_500,
      status: 'missed',
      population: 2,
      known: 2,
      reason: null,
    });
  });

  it('cannot be told of a month before the first score or after the present one', async () => {
    for (const month of ['2024-02', '2024-06']) {
      const response = await projection.app.inject(`/v1/tenants/acme/reports/kpis?month=${month}`);
      expect([response.statusCode, response.json().detail]).toEqual([
        400,
        `?month: expected a month from 2024-03 to 2024-05, got "${month}"`,
      ]);
    }
  });

  it('take in what is told late of a month that is over, and scores as they were published (N13)', async () => {
    expect((await kpisIn('2024-04')).told('value-per-manager automated')).toEqual([
      null,
      'unknown',
      'no-data',
    ]);
    await projection.take(
      event('b', '2024-04-15', ['customer.profile', { owner: 'Cy' }]),
      event('b', '2024-04-28', nps(8)),
      change('b', '2024-05-20', [healthOf(8_000)]),
    );
    const [april, may] = [await kpisIn('2024-04'), await kpisIn('2024-05')];
    expect(april.told('value-per-manager automated')).toEqual([50, 'no-target', null]);
    // The later answer of April is neither a promoter's nor a detractor's; that of May is not touched.
    expect([april, may].map(({ told }) => told('nps basic')?.[0])).toEqual([0, 10_000]);
    expect([april, may].map(({ told }) => told('mean-health')?.[0])).toEqual([7_500, 7_000]);
  });
});

describe('the course of a KPI', () => {
  it('has its months from the first that can be told, each as the month itself tells it', async () => {
    const { course, ...head } = await report<KpiCourseReport>('kpi-course?kpi=executive-health&months=24');
    expect(head).toMatchObject({
      kpi: 'executive-health',
      requirement: 'S50',
      targetIs: 'above',
      target: 350,
    });
    expect(course.map(({ month, value, isOver }) => [month, value, isOver])).toEqual([
      ['2024-03', 360, true],
      ['2024-04', 300, true],
      ['2024-05', 300, false],
    ]);
    const last = await report<KpiCourseReport>('kpi-course?kpi=executive-health&months=2');
    expect(last.course).toEqual(course.slice(1));
  });
});

describe('retention by month (S109, D17)', () => {
  it('has the movements and what was kept, as first stated and with contraction', async () => {
    const { months } = await report<RetentionReport>('retention');
    const sums = months.map(
      ({ startMinor, newMinor, expansionMinor, contractionMinor, churnMinor, endMinor }) => [
        startMinor,
        newMinor,
        expansionMinor,
        contractionMinor,
        churnMinor,
        endMinor,
      ],
    );
    expect(sums).toEqual([
      [0, 100, 0, 0, 0, 100],
      [100, 40, 30, 0, 0, 170],
      [170, 0, 0, 20, 40, 110],
    ]);
    // (100 + 30) / 100; (170 - 40) / 170, with contraction and gross (170 - 20 - 40) / 170.
    expect(
      months.map(({ nrrSeedBasisPoints, nrrBasisPoints, grrBasisPoints, nrrStatus, reason }) => [
        nrrSeedBasisPoints,
        nrrBasisPoints,
        grrBasisPoints,
        nrrStatus,
        reason,
      ]),
    ).toEqual([
      [null, null, null, 'unknown', 'zero-baseline'],
      [13_000, 13_000, 10_000, 'met', null],
      [7_647, 6_471, 6_471, 'missed', null],
    ]);
  });
});

describe('expansion (S54)', () => {
  it('is won and lost by month and kind, with what became of the offers that were raised', async () => {
    const { months, offers, ...sums } = await report<ExpansionReport>('expansion?months=2');
    expect(sums).toMatchObject({ from: '2024-04', to: '2024-05', won: 1, lost: 1, rateBasisPoints: 5_000 });
    expect(months).toEqual([
      { month: '2024-04', kind: 'upsell', won: 1, lost: 0, wonMinor: 900, rateBasisPoints: 10_000 },
      { month: '2024-04', kind: 'cross-sell', won: 0, lost: 1, wonMinor: 0, rateBasisPoints: 0 },
      { month: '2024-05', kind: 'upsell', won: 0, lost: 0, wonMinor: 0, rateBasisPoints: null },
      { month: '2024-05', kind: 'cross-sell', won: 0, lost: 0, wonMinor: 0, rateBasisPoints: null },
    ]);
    expect(offers).toEqual([
      { kind: 'upsell', raised: 1, won: 1, pending: 0, wonBasisPoints: 10_000 },
      { kind: 'cross-sell', raised: 0, won: 0, pending: 0, wonBasisPoints: null },
    ]);
  });

  it('is told of each customer, by what was won', async () => {
    const { items, total } = await report<ExpandedReport>('expanded');
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        customerId: 'a',
        name: 'Alpha',
        upsells: 1,
        upsellMinor: 900,
        closed: 1,
        offersRaised: 1,
        offersWon: 1,
      },
      { customerId: 'b', upsells: 0, crossSells: 0, closed: 1, rateBasisPoints: 0, offersRaised: 0 },
    ]);
  });
});
