import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import type {
  KeyAccountReport,
  PriorityReport,
  ValueComplexityReport,
  ValueRiskReport,
} from '../../report-schemas/value-reports.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());
const reports = <T>(path: string) => projection.get<T>(`/v1/tenants/acme/reports/${path}`);

describe('value against risk (S117, S57)', () => {
  it('counts customers by quarter of value and by risk, and names who is endangered', async () => {
    const report = await reports<ValueRiskReport>('value-risk');
    expect(report.quarters).toEqual({ firstFromMinor: 50, secondFromMinor: 30, thirdFromMinor: 15 });
    const held = report.cells.filter(({ customers }) => customers > 0);
    expect(held).toEqual([
      { quarter: 1, risk: 'low', customers: 1, valueMinor: 50, valueBasisPoints: 5_000 },
      { quarter: 2, risk: 'high', customers: 1, valueMinor: 30, valueBasisPoints: 3_000 },
      { quarter: 3, risk: 'medium', customers: 1, valueMinor: 15, valueBasisPoints: 1_500 },
      { quarter: 4, risk: 'unknown', customers: 1, valueMinor: 5, valueBasisPoints: 500 },
      { quarter: 'unknown', risk: 'unknown', customers: 1, valueMinor: null, valueBasisPoints: null },
    ]);
    expect(report.endangered).toEqual([
      {
        customerId: 'b',
        name: 'Beta',
        valueMinor: 30,
        shareBasisPoints: 3_000,
        healthHundredths: 4_000,
        churnBasisPoints: 7_000,
        owner: null,
      },
    ]);
    expect(report.endangeredBasisPoints).toBe(3_000);
  });
});

describe('value and complexity (S7, S12)', () => {
  it('go together: ranks 4, 3, 2, 1 against 3, 4, 1.5, 1.5', async () => {
    const report = await reports<ValueComplexityReport>('value-complexity');
    // (1.5 × 0.5 + 0.5 × 1.5 + 0.5 × 1 + 1.5 × 1) / √(5 × 4.5) = 3.5 / 4.743
    expect(report.correlation).toEqual({ coefficient: 7_379, pairs: 4, reason: null });
    expect([report.strength, report.valuableFromMinor, report.unknown]).toEqual(['strong', 50, 1]);
    expect(report.quadrants).toEqual([
      { quadrant: 'valuable-complex', customers: 0, valueMinor: 0 },
      { quadrant: 'valuable-simple', customers: 1, valueMinor: 50 },
      { quadrant: 'lesser-complex', customers: 1, valueMinor: 30 },
      { quadrant: 'lesser-simple', customers: 2, valueMinor: 20 },
    ]);
  });

  it('cannot be compared over two customers, and it is said why (D20)', async () => {
    const other = await openWith([
      { customerId: 'a', valueMinor: 1, complexity: 1 },
      { customerId: 'b', valueMinor: 2, complexity: 2 },
    ]);
    const report = await other.get<ValueComplexityReport>('/v1/tenants/acme/reports/value-complexity');
    expect(report).toMatchObject({
      correlation: { coefficient: null, pairs: 2, reason: 'too-few' },
      strength: null,
      quadrants: null,
      valuableFromMinor: null,
    });
    await other.close();
  });

  it('name the customers of each quadrant, those that need people first, page by page', async () => {
    const { items, valuableFromMinor, complexFromHundredths } =
      await reports<PriorityReport>('priority-quadrant');
    expect([valuableFromMinor, complexFromHundredths]).toEqual([50, 3_400]);
    expect(items.map(({ customerId, quadrant }) => [customerId, quadrant])).toEqual([
      ['a', 'valuable-simple'],
      ['b', 'lesser-complex'],
      ['c', 'lesser-simple'],
      ['d', 'lesser-simple'],
    ]);
    expect(items[1]).toEqual({
      customerId: 'b',
      name: 'Beta',
      quadrant: 'lesser-complex',
      valueMinor: 30,
      complexityHundredths: 5_000,
      healthHundredths: 4_000,
      risk: 'high',
      owner: null,
    });
    const paged: PriorityReport['items'] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page: PriorityReport = await reports(`priority-quadrant?limit=1${cursor}`);
      expect(page.items).toHaveLength(1);
      paged.push(...page.items);
      next = page.next;
    }
    expect(paged).toEqual(items);
  });

  it('name those of one quadrant, with a cursor that fits no other', async () => {
    const first = await reports<PriorityReport>('priority-quadrant?quadrant=lesser-simple&limit=1');
    expect(first.items.map(({ customerId }) => customerId)).toEqual(['c']);
    const url = '/v1/tenants/acme/reports/priority-quadrant?quadrant';
    const same = await projection.app.inject(`${url}=lesser-simple&cursor=${first.next}`);
    const other = await projection.app.inject(`${url}=lesser-complex&cursor=${first.next}`);
    expect(same.json().items).toMatchObject([{ customerId: 'd' }]);
    expect(other.statusCode).toBe(400);
  });
});

describe('key accounts (S14, S17)', () => {
  it('are the greatest, with what speaks for looking after them apart', async () => {
    const report = await reports<KeyAccountReport>('key-accounts?count=10');
    expect(report.accounts.map(({ customerId, rank, risk }) => [customerId, rank, risk])).toEqual([
      ['a', 1, 'low'],
      ['b', 2, 'high'],
      ['c', 3, 'medium'],
      ['d', 4, 'unknown'],
    ]);
    const { accounts: _accounts, ...together } = report;
    expect(together).toEqual({
      asOf: '2024-05-20',
      currency: 'USD',
      // Four of five customers.
      customersBasisPoints: 8_000,
      valueBasisPoints: 10_000,
      withoutOwner: 2,
      atHighRisk: 1,
      valueAtHighRiskMinor: 30,
      reasons: ['concentrated', 'without-owner', 'at-risk'],
    });
  });

  it('are not worth a programme where many small ones are healthy and looked after', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      customerId: `c${index}`,
      owner: 'Ada',
      valueMinor: 1_000 + index,
      health: 9_000,
    }));
    const other = await openWith(many);
    const report = await other.get<KeyAccountReport>('/v1/tenants/acme/reports/key-accounts?count=20');
    expect(report.accounts.map(({ customerId }) => customerId).slice(0, 2)).toEqual(['c99', 'c98']);
    expect([report.accounts.length, report.customersBasisPoints, report.reasons]).toEqual([20, 2_000, []]);
    await other.close();
  });
});
