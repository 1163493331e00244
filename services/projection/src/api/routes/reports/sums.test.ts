import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, takeCustomers } from '../../../test-support/customers.ts';
import { openProjection, type ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import { TODAY } from '../../../test-support/records.ts';
import type { ParentConcentration, StressReport } from '../../report-schemas/dependence-reports.ts';
import type {
  AgeByTierReport,
  DistributionReport,
  NpsReport,
  RiskMatrixReport,
  SegmentReport,
} from '../../report-schemas/group-reports.ts';
import type { RenewalWallReport } from '../../report-schemas/renewal-reports.ts';
import type {
  PriorityReport,
  ValueComplexityReport,
  ValueRiskReport,
} from '../../report-schemas/value-reports.ts';

const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const date = fc.constantFrom('2024-01-31', '2024-05-20', '2024-06-30', '2024-07-15', '2031-01-01');
const agreement = fc.record(
  { valueMinor: fc.integer({ min: -50, max: 900 }), endDate: date, noticeDays: fc.nat(120) },
  { requiredKeys: [] },
);
const facts = fc.record({
  valueMinor: maybe(fc.integer({ min: -300, max: 3_000 })),
  health: maybe(fc.integer({ min: 0, max: 10_000 })),
  complexity: maybe(fc.integer({ min: 0, max: 10_000 })),
  churn: maybe(fc.constantFrom([7_000, 'high'] as const, [100, 'low'] as const, [null, 'ended'] as const)),
  tier: maybe(
    fc.constantFrom(
      { valueTier: 'gold', segment: 'enterprise', sizeBand: 'large' },
      { valueTier: 'basic', segment: 'smb', sizeBand: 'small' },
      { valueTier: 'silver', segment: 'smb', sizeBand: null },
    ),
  ),
  industry: maybe(fc.constantFrom('Mining', 'Software')),
  parentCustomerId: maybe(fc.constantFrom('c0', 'c1', 'holding')),
  accountSinceDay: maybe(fc.integer({ min: TODAY - 3_000, max: TODAY })),
  revenue: maybe(fc.constant({ mrrMinor: 5 })),
  nps: fc.array(fc.record({ score: fc.nat(10), day: fc.integer({ min: TODAY - 40, max: TODAY }) }), {
    maxLength: 2,
  }),
  agreements: fc.array(agreement, { maxLength: 3 }),
});

/** Without what is undefined: an event says what it says. */
function customerOf(given: object, index: number): GivenCustomer {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { agreements = [], ...rest } = said as Partial<GivenCustomer>;
  return {
    ...rest,
    customerId: `c${index}`,
    agreements: agreements.map((one, number) => ({ ...one, agreementId: `A${number}` })),
  };
}

let projection: ProjectionUnderTest;
let tenants = 0;
beforeAll(async () => {
  projection = await openProjection();
});
afterAll(() => projection.close());

type Ask = <T>(report: string) => Promise<T>;

/** Checks what holds of any portfolio. */
async function ofAny(check: (ask: Ask, customers: readonly GivenCustomer[]) => Promise<void>) {
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { maxLength: 9 }), async (all) => {
      tenants += 1;
      const tenant = `t${tenants}`;
      const customers = all.map(customerOf);
      await takeCustomers(projection, customers, tenant);
      await check((report) => projection.get(`/v1/tenants/${tenant}/reports/${report}`), customers);
    }),
    { numRuns: 25 },
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
const counted = (rows: readonly { readonly customers: number }[]) => sum(rows.map((row) => row.customers));

describe('whatever is known of whoever is there', () => {
  it('every customer is in one cell of the risk matrix and of value against risk', () =>
    ofAny(async (ask, { length }) => {
      const matrix = await ask<RiskMatrixReport>('risk-matrix');
      const risk = await ask<ValueRiskReport>('value-risk');
      const { cells, industries, sizeBands, total } = matrix;
      expect([cells, industries, sizeBands, [total], risk.cells].map(counted)).toEqual(Array(5).fill(length));
      expect(sum(cells.map(({ atRisk }) => atRisk))).toBe(total.atRisk);
    }));

  it('every customer is in one group, whatever they are grouped by', () =>
    ofAny(async (ask, { length }) => {
      for (const by of ['segment', 'valueTier', 'comparedSegment', 'industry', 'churnBand', 'healthBand']) {
        const { groups } = await ask<SegmentReport>(`segments?by=${by}`);
        const { groups: boxes } = await ask<DistributionReport>(`distributions?by=${by}&measure=value`);
        expect([counted(groups), counted(boxes)]).toEqual([length, length]);
        expect(boxes.map(({ customers, unknown, box }) => customers - unknown - (box?.count ?? 0))).toEqual(
          boxes.map(() => 0),
        );
      }
      const { tiers } = await ask<AgeByTierReport>('age-by-tier');
      expect(counted(tiers.flatMap(({ ages }) => ages))).toBe(length);
    }));

  it('every agreement in force is in one place of each wall', () =>
    ofAny(async (ask, customers) => {
      const inForce = customers
        .flatMap(({ agreements = [] }) => agreements)
        .filter(({ endDate = '9999-12-31' }) => endDate >= '2024-05-20');
      const { byEnd, byNotice } = await ask<RenewalWallReport>('renewal-wall?months=4');
      for (const { months, later, passed, undated } of [byEnd, byNotice]) {
        const due = [...months, later, passed, undated];
        expect(sum(due.map(({ agreements }) => agreements))).toBe(inForce.length);
        expect(sum(due.map(({ valueMinor }) => valueMinor ?? 0))).toBe(
          sum(inForce.map(({ valueMinor = 0 }) => valueMinor)),
        );
      }
    }));

  it('what is lost and what is left are all there was', () =>
    ofAny(async (ask, customers) => {
      for (const by of ['customer', 'parent']) {
        const told = await ask<StressReport>(`stress?count=2&by=${by}`);
        expect(told.customersLost + told.customersLeft).toBe(customers.length);
        for (const { beforeMinor, lostMinor, leftMinor } of [told.value, told.active, told.recurring]) {
          expect((lostMinor ?? 0) + (leftMinor ?? 0)).toBe(beforeMinor ?? 0);
        }
      }
      const { greatest } = await ask<ParentConcentration>('concentration?by=parent');
      expect(Math.abs(sum(greatest.map(({ sharePercent }) => sharePercent)) - 100) < 0.1).toBe(
        greatest.length > 0,
      );
    }));

  it('quadrants hold all of whom value and complexity are known, or nobody', () =>
    ofAny(async (ask, { length }) => {
      const { quadrants, unknown, correlation } = await ask<ValueComplexityReport>('value-complexity');
      const { items } = await ask<PriorityReport>('priority-quadrant?limit=500');
      expect(correlation.pairs + unknown).toBe(length);
      expect(counted(quadrants ?? [])).toBe(correlation.pairs < 4 ? 0 : correlation.pairs);
      expect(items).toHaveLength(counted(quadrants ?? []));
    }));

  it('each customer that answered counts once', () =>
    ofAny(async (ask, customers) => {
      const inQuarter = customers.filter(({ nps = [] }) => nps.length > 0);
      const { tiers } = await ask<NpsReport>('nps');
      const answers = tiers.flatMap(({ promoters, passives, detractors }) => [
        promoters,
        passives,
        detractors,
      ]);
      // All answers are of the last 40 days, so of the second quarter of 2024.
      expect(sum(answers)).toBe(inQuarter.length);
    }));
});
