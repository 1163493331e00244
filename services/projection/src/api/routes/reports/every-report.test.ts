import type { TSchema } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith, takeCustomers } from '../../../test-support/customers.ts';
import { censusOf } from '../../../test-support/judged-models.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { ActionItemReport } from '../../report-schemas/action-items.ts';
import { AdvisoryBoardReport } from '../../report-schemas/advisory-board.ts';
import {
  DiversificationReport,
  ParentConcentration,
  StressReport,
} from '../../report-schemas/dependence-reports.ts';
import {
  ExpandingReport,
  ExpansionPathReport,
  SituationReport,
} from '../../report-schemas/engagement-reports.ts';
import {
  AgeByTierReport,
  DistributionReport,
  NpsReport,
  RiskMatrixReport,
  SegmentReport,
} from '../../report-schemas/group-reports.ts';
import {
  ExpandedReport,
  ExpansionReport,
  KpiCourseReport,
  KpiReport,
  RetentionReport,
} from '../../report-schemas/kpi-reports.ts';
import {
  ChurnModelReport,
  LeadTimeReport,
  RevenuePredictionReport,
} from '../../report-schemas/model-reports.ts';
import { CoTerminusReport, ExpiringReport, RenewalWallReport } from '../../report-schemas/renewal-reports.ts';
import { TouchpointReport } from '../../report-schemas/touchpoints.ts';
import { TransactionReport } from '../../report-schemas/transactions.ts';
import {
  KeyAccountReport,
  PriorityReport,
  ValueComplexityReport,
  ValueRiskReport,
} from '../../report-schemas/value-reports.ts';
import { WhitespaceReport } from '../../report-schemas/whitespace.ts';

const REPORTS: readonly (readonly [name: string, query: string, schema: TSchema])[] = [
  ['concentration', 'by=parent', ParentConcentration],
  ['stress', 'count=2&by=parent', StressReport],
  ['diversification', '', DiversificationReport],
  ['value-risk', '', ValueRiskReport],
  ['value-complexity', '', ValueComplexityReport],
  ['priority-quadrant', 'limit=2', PriorityReport],
  ['key-accounts', 'count=20', KeyAccountReport],
  ['renewal-wall', 'months=3', RenewalWallReport],
  ['co-terminus', '', CoTerminusReport],
  ['expiring', 'days=365', ExpiringReport],
  ['segments', 'by=industry&ratio=IT, Services,Mining', SegmentReport],
  ['distributions', 'by=owner&measure=accountAge', DistributionReport],
  ['risk-matrix', '', RiskMatrixReport],
  ['age-by-tier', '', AgeByTierReport],
  ['nps', '', NpsReport],
  ['expansion-paths', '', ExpansionPathReport],
  ['expanding', 'direction=expanding&limit=2', ExpandingReport],
  ['situations', 'rule=upsell&limit=2', SituationReport],
  ['upsell', '', SituationReport],
  ['whitespace', 'limit=2', WhitespaceReport],
  ['advisory-board', '', AdvisoryBoardReport],
  ['transactions', 'by=valueTier', TransactionReport],
  ['action-items', 'state=open&limit=2', ActionItemReport],
  ['kpis', 'month=2024-05', KpiReport],
  ['kpi-course', 'kpi=nps&months=24', KpiCourseReport],
  ['retention', 'months=2', RetentionReport],
  ['expansion', 'months=2', ExpansionReport],
  ['expanded', 'limit=2', ExpandedReport],
  ['touchpoints', '', TouchpointReport],
  ['churn-model', '', ChurnModelReport],
  ['lead-time', '', LeadTimeReport],
  ['revenue-prediction', '', RevenuePredictionReport],
];
/** One is no table; of the others these customers are too few, and their own tests have a file. */
const WITHOUT_ROWS: readonly string[] = ['diversification', 'whitespace', 'advisory-board', 'action-items'];

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
  await projection.take(recordOf('customer-events', censusOf()));
  await takeCustomers(projection, [], 'nobody');
});
afterAll(() => projection.close());

describe('every report on a portfolio', () => {
  it.each(REPORTS)('is as its schema says, with date and currency: %s?%s', async (name, query, schema) => {
    const report = await projection.get(`/v1/tenants/acme/reports/${name}?${query}`);
    expect(faultsOf(schema, report)).toEqual([]);
    expect(report).toMatchObject({ asOf: '2024-05-20', currency: 'USD' });
  });

  it.each(REPORTS)('is as its schema says where nobody is a customer: %s?%s', async (name, query, schema) => {
    const report = await projection.get(
      `/v1/tenants/nobody/reports/${name}?${query.replace(/&ratio.*/, '')}`,
    );
    expect(faultsOf(schema, report)).toEqual([]);
  });

  it.each(REPORTS.filter(([name]) => !WITHOUT_ROWS.includes(name)))(
    'comes as a file whose rows carry date and currency: %s?%s',
    async (name, query) => {
      const url = `/v1/tenants/acme/reports/${name}?${query}`;
      const response = await projection.app.inject(`${url}${query === '' ? '' : '&'}format=csv`);
      expect(response.headers['content-type']).toContain('text/csv');
      const [header, ...rows] = response.body.trimEnd().split('\r\n');
      expect(header).toMatch(/,asOf,currency$/);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatch(/,2024-05-20,USD$/);
    },
  );

  it('is described in OpenAPI with its parameters and its answer', async () => {
    const { paths } = await projection.get<{
      paths: Record<
        string,
        { get: { summary: string; parameters: object[]; responses: Record<string, object> } }
      >;
    }>('/openapi.json');
    for (const [name, query] of REPORTS) {
      const described = paths[`/v1/tenants/{tenant}/reports/${name}`]?.get;
      expect(described?.summary).toMatch(/\((?:S|N)\d+/);
      expect(JSON.stringify(described?.responses['200'])).toContain('"asOf"');
      for (const parameter of query.split('&').flatMap((part) => part.split('=')[0] || [])) {
        expect(described?.parameters).toContainEqual(
          expect.objectContaining({ name: parameter, in: 'query', description: expect.any(String) }),
        );
      }
    }
  });

  it.each([
    ['concentration?by=owner', '?by: expected one of customer, parent, got "owner"'],
    ['stress?count=0', '?count: expected to be >= 1, got 0'],
    ['stress?count=51', '?count: expected to be <= 50, got 51'],
    ['stress?count=few', '?count: expected to be integer, got "few"'],
    ['stress?by=family', '?by: expected one of customer, parent'],
    ['diversification?format=csv', '?format: expected no such query parameter'],
    ['value-risk?limit=5', '?limit: expected no such query parameter'],
    ['key-accounts?count=9', '?count: expected to be >= 10, got 9'],
    ['key-accounts?count=21', '?count: expected to be <= 20, got 21'],
    ['priority-quadrant?quadrant=all', '?quadrant: expected one of valuable-complex, valuable-simple'],
    ['priority-quadrant?cursor=abc', '?cursor: expected the `next` of the page before'],
    ['renewal-wall?months=61', '?months: expected to be <= 60, got 61'],
    ['renewal-wall?months=1.5', '?months: expected to be integer, got "1.5"'],
    ['expiring?days=366', '?days: expected to be <= 365, got 366'],
    ['expiring?highValue=maybe', '?highValue: expected to be boolean, got "maybe"'],
    ['segments?by=colour', '?by: expected one of segment, valueTier, comparedSegment, industry'],
    [
      'segments?ratio=enterprise',
      '?ratio: expected two names with a comma between: enterprise, smb, unknown',
    ],
    ['segments?ratio=enterprise,big', '?ratio: expected two names with a comma between: enterprise, smb'],
    ['segments?by=owner&ratio=,Ada', '?ratio: expected two names with a comma between, got ",Ada"'],
    ['distributions?measure=mood', '?measure: expected one of health, churn, rfm, value, accountAge'],
    ['expansion-paths?by=owner', '?by: expected no such query parameter'],
    ['expanding?direction=up', '?direction: expected one of expanding, steady, shrinking, unknown, got "up"'],
    ['expanding?cursor=abc', '?cursor: expected the `next` of the page before'],
    [
      'situations?rule=renewal',
      '?rule: expected one of upsell, win-back, advocacy, early-warning, first-year',
    ],
    ['action-items?state=late', '?state: expected one of overdue, open, done, got "late"'],
    ['upsell?rule=upsell', '?rule: expected no such query parameter'],
    ['kpis?month=2024-13', '?month: expected a calendar month YYYY-MM'],
    ['kpis?month=2024-06', '?month: expected a month from 2024-05 to 2024-05, got "2024-06"'],
    ['kpi-course?kpi=mood', '?kpi: expected one of enterprise-share-growth, enterprise-value-growth'],
    ['retention?months=38', '?months: expected to be <= 37, got 38'],
    ['expansion?months=0', '?months: expected to be >= 1, got 0'],
    ['nps?quarter=2024-Q5', '?quarter: expected a calendar quarter such as 2024-Q3'],
  ])('says what is allowed instead of %s', async (query, detail) => {
    const response = await projection.app.inject(`/v1/tenants/acme/reports/${query}`);
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(response.json().detail).toContain(detail);
  });

  it('would be at fault with a field that its schema does not name', async () => {
    const report = await projection.get<object>('/v1/tenants/acme/reports/value-risk');
    expect(faultsOf(ValueRiskReport, { ...report, endDay: 1 })).not.toEqual([]);
  });

  it('is not there for a tenant that is not', async () => {
    const response = await projection.app.inject('/v1/tenants/none/reports/value-risk');
    expect([response.statusCode, response.json().detail]).toEqual([404, 'There is no tenant none.']);
  });

  it('shows what has just been committed', async () => {
    const customersOf = async () =>
      (await projection.get<{ total: { customers: number } }>('/v1/tenants/nobody/reports/risk-matrix')).total
        .customers;
    expect(await customersOf()).toBe(0);
    await takeCustomers(projection, [{ customerId: 'new', valueMinor: 1 }], 'nobody');
    expect(await customersOf()).toBe(1);
  });
});
