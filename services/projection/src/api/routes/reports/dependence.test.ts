import { DAY_MS } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith } from '../../../test-support/customers.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { changeOf, scoreOf, TODAY } from '../../../test-support/records.ts';
import type {
  DiversificationReport,
  ParentConcentration,
  StressReport,
} from '../../report-schemas/dependence-reports.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());
const reports = <T>(path: string) => projection.get<T>(`/v1/tenants/acme/reports/${path}`);

describe('the concentration by parent (S5, N9)', () => {
  it('takes the customers of one parent as one: 80, 15 and 5 of 100', async () => {
    const report = await reports<ParentConcentration>('concentration?by=parent');
    // 80² + 15² + 5²
    expect(report).toMatchObject({ customers: 5, groups: 3, totalMinor: 100, hhi: 6_650, band: 'high' });
    expect(report.topShares).toEqual({ '5': 100, '10': 100, '20': 100 });
    expect(report.familiesSharePercent).toBe(80);
    expect(report.greatest[0]).toEqual({
      id: 'a',
      name: 'Alpha',
      customers: 2,
      greatestCustomerId: 'a',
      greatestCustomerName: 'Alpha',
      valueMinor: 80,
      sharePercent: 80,
    });
    expect(report.alarms).toEqual([
      'The concentration index (HHI) is high: 6650.0.',
      'The greatest parent holds 80.00 % of the value.',
      'The five greatest parents hold 100.00 % of the value.',
    ]);
    expect([report.cycles, report.missing]).toEqual([[], []]);
  });

  it('tells by its greatest customer a parent that is no customer, and who are each other’s parents', async () => {
    const other = await openWith([
      { customerId: 'left', name: 'Left', parentCustomerId: 'holding', valueMinor: 1 },
      { customerId: 'right', name: 'Right', parentCustomerId: 'holding', valueMinor: 2 },
      { customerId: 'x', parentCustomerId: 'y', valueMinor: 1 },
      { customerId: 'y', parentCustomerId: 'x' },
    ]);
    const report = await other.get<ParentConcentration>('/v1/tenants/acme/reports/concentration?by=parent');
    expect(report.greatest[0]).toMatchObject({
      id: 'holding',
      name: null,
      customers: 2,
      greatestCustomerId: 'right',
      greatestCustomerName: 'Right',
      valueMinor: 3,
      sharePercent: 75,
    });
    expect([report.cycles, report.missing]).toEqual([[['x', 'y']], ['holding']]);
    await other.close();
  });

  it('is by customer, as it always was, when nothing else is asked for', async () => {
    const usual = await projection.app.inject('/v1/tenants/acme/reports/concentration');
    const asked = await projection.app.inject('/v1/tenants/acme/reports/concentration?by=customer');
    expect(asked.body).toBe(usual.body);
    expect(Object.keys(usual.json())).toEqual([
      ...['customers', 'customersWithPositiveValue', 'totalMinor', 'currency', 'topShares'],
      ...['hhi', 'band', 'alarms', 'curve', 'history'],
    ]);
  });
});

describe('the loss of the greatest (S22, N9)', () => {
  it('leaves half of the value, a sixth of the recurring revenue, and another concentration', async () => {
    const report = await reports<StressReport>('stress?count=1');
    expect(report.lost).toMatchObject([{ id: 'a', name: 'Alpha', valueMinor: 50, shareBasisPoints: 5_000 }]);
    expect(report).toMatchObject({ by: 'customer', customersLost: 1, customersLeft: 4 });
    expect(report.value).toEqual({
      beforeMinor: 100,
      lostMinor: 50,
      leftMinor: 50,
      leftBasisPoints: 5_000,
      unknown: 1,
    });
    // Recurring revenue is known of two, the value of agreements of all that are scored.
    expect(report.recurring).toMatchObject({
      beforeMinor: 12,
      leftMinor: 2,
      leftBasisPoints: 1_667,
      unknown: 3,
    });
    expect(report.active).toMatchObject({ beforeMinor: 36, lostMinor: 27, leftMinor: 9, unknown: 1 });
    // 50² + 30² + 15² + 5², and 60² + 30² + 10²
    expect([report.before.hhiTenths, report.after.hhiTenths]).toEqual([36_500, 46_000]);
  });

  it('takes the children of a parent along', async () => {
    const report = await reports<StressReport>('stress?count=1&by=parent');
    expect(report.lost).toMatchObject([{ id: 'a', customers: 2, valueMinor: 80 }]);
    expect([report.customersLost, report.value.leftMinor]).toEqual([2, 20]);
  });

  it('is that of five, if not said otherwise: here of all who are worth something', async () => {
    const report = await reports<StressReport>('stress');
    expect(report.lost.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(report.value).toMatchObject({ leftMinor: 0, leftBasisPoints: 0 });
  });
});

describe('the diversification (S19)', () => {
  it('tells who holds a tenth, and what accounts in their first year add', async () => {
    const report = await reports<DiversificationReport>('diversification');
    expect(report.concentration).toMatchObject({ hhiTenths: 36_500, top1BasisPoints: 5_000, band: 'high' });
    expect(report.singleCustomers).toEqual([
      { customerId: 'a', name: 'Alpha', valueMinor: 50, shareBasisPoints: 5_000 },
      { customerId: 'b', name: 'Beta', valueMinor: 30, shareBasisPoints: 3_000 },
      { customerId: 'c', name: 'Gamma', valueMinor: 15, shareBasisPoints: 1_500 },
    ]);
    // b is 200 days old, c 365, a 900; of two nothing is known.
    expect(report.newCustomers).toEqual({
      customers: 2,
      customersBasisPoints: 6_667,
      valueMinor: 45,
      valueBasisPoints: 4_500,
      unknownAge: 2,
    });
    expect(report.trend).toMatchObject({ direction: 'unknown', fromDate: null, hhiTenthsDelta: null });
  });

  it('compares the first and the last published concentration of the last year', async () => {
    const published = [
      [TODAY - 366, 90_000],
      [TODAY - 365, 40_000],
      [TODAY - 7, 39_000],
      [TODAY, 36_500],
    ] as const;
    for (const [index, [day, hhiTenths]] of published.entries()) {
      const change = scoreOf('concentration', { parts: { hhiTenths, top5BasisPoints: 10_000 - index } });
      const of = { customerId: '@portfolio', asOf: day * DAY_MS };
      await projection.take(recordOf('customer-changes', changeOf(index + 1, [change], of)));
    }
    const { trend } = await reports<DiversificationReport>('diversification');
    expect(trend).toEqual({
      direction: 'falling',
      fromDate: '2023-05-21',
      toDate: '2024-05-20',
      hhiTenthsDelta: -3_500,
      top5BasisPointsDelta: -2,
    });
  });
});
