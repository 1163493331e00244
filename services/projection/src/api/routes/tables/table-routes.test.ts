import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWith } from '../../../test-support/customers.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import {
  changeOf,
  eventOf,
  healthOf,
  reasonOf,
  scoreOf,
  TENANT,
  TODAY,
} from '../../../test-support/records.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { listReportOf } from '../../report-schemas/report-parts.ts';
import { ActivityMetricsRow, ConversionFunnelRow, ValueAnalysisRow } from '../../table-schemas.ts';

interface Table {
  readonly items: readonly { readonly [column: string]: unknown }[];
  readonly next: string | null;
}
const VALUE = 'customer360__customer_value_analysis';
const ACTIVITY = 'customer360__customer_activity_metrics';
const FUNNEL = 'customer360__conversion_funnel_analysis';
const TABLES = [
  [VALUE, ValueAnalysisRow],
  [ACTIVITY, ActivityMetricsRow],
  [FUNNEL, ConversionFunnelRow],
] as const;

function feeds(status: 'fresh' | 'stale', version: number) {
  const value = { activity: { status, lastDay: TODAY } };
  const context = { kind: 'context', tenant: TENANT, item: 'feeds', version, receivedAt: 0, value } as const;
  return recordOf('customer-events', context);
}

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith([
    {
      customerId: 'ann',
      name: 'Ann',
      owner: 'Bo',
      industry: 'Mining',
      annualRevenueMinor: 9_000,
      valueMinor: 700,
      activeMinor: 400,
      churn: [4_120, 'medium'],
      rfm: [419, 'champions'],
      opportunities: [
        ['o1', 'won'],
        ['o2', 'lost'],
        ['o3', 'created'],
      ],
    },
    { customerId: 'bob' },
  ]);
  const of = { customerId: 'ann' };
  await projection.take(
    feeds('fresh', 2),
    recordOf('customer-events', eventOf('activity.login', {}, { ...of, day: TODAY - 4 })),
    recordOf('customer-events', eventOf('activity.login', {}, { ...of, day: TODAY - 9 })),
    recordOf(
      'customer-changes',
      changeOf(
        2,
        [
          healthOf(5_900, { reasons: [{ ...reasonOf('total-activities', 5_900), after: 17 }] }),
          scoreOf('tier', {
            labels: {
              valueTier: 'gold',
              segment: 'enterprise',
              strategic: 'yes',
              sizeBand: 'large',
              engagementModel: 'executive',
            },
            parts: { contributionMillionths: 830 },
          }),
          scoreOf('lifecycle', { labels: { valueStage: 'growth', journeyStage: 'adoption' } }),
          scoreOf('revenue', {
            parts: { velocityMinor: 33, wonMinor: 80, pipelineMinor: 20, predictedMinor: 59 },
          }),
          scoreOf('relationship', {
            parts: {
              consistency: 6_100,
              efficiencyMinor: 12,
              marketingToSalesDays: 42,
              'stakeholders.raw': 5,
              withEmail: 3,
              accountSinceDay: TODAY - 420,
            },
            labels: { primaryChannel: 'mail' },
          }),
        ],
        of,
      ),
    ),
  );
});
afterAll(() => projection.close());
const table = (name: string, query = '') => projection.get<Table>(`/v1/tenants/acme/tables/${name}${query}`);

describe('the tables under the names that they had (S88)', () => {
  it('say what customers are worth', async () => {
    expect((await table(VALUE)).items[0]).toEqual({
      customer_id: 'ann',
      customer_name: 'Ann',
      customer_tier: 'gold',
      segment: 'enterprise',
      is_strategic_account: true,
      engagement_model: 'executive',
      lifecycle_stage: 'growth',
      journey_stage: 'adoption',
      industry: 'Mining',
      company_size: 'large',
      account_manager: 'Bo',
      account_age_days: 420,
      lifetime_value: 700,
      active_contract_value: 400,
      portfolio_contribution: 830,
      rfm_score: 419,
      rfm_segment: 'champions',
      customer_health_score: 5_900,
      churn_probability: 4_120,
      churn_risk: 'medium',
      revenue_velocity_monthly: 33,
      total_won_amount: 80,
      predicted_revenue_6m: 59,
      annual_revenue: 9_000,
    });
  });

  it('say what customers do', async () => {
    expect((await table(ACTIVITY)).items[0]).toEqual({
      customer_id: 'ann',
      customer_name: 'Ann',
      cross_stage_engagement_consistency: 6_100,
      activity_efficiency: 12,
      primary_engagement_channel: 'mail',
      days_since_last_activity: 4,
      total_activities_30d: 17,
      total_contacts: 5,
      contacts_with_email: 3,
    });
  });

  it('say how customers came to buy; that demos became trials cannot be known', async () => {
    expect((await table(FUNNEL)).items[0]).toEqual({
      customer_id: 'ann',
      customer_name: 'Ann',
      journey_stage: 'adoption',
      marketing_to_sales_days: 42,
      opportunities_created: 3,
      opportunities_won: 1,
      opportunities_lost: 1,
      win_rate: 5_000,
      total_won_amount: 80,
      current_pipeline_amount: 20,
      demo_to_trial: null,
    });
  });

  it.each(TABLES)('have null for whatever is not known of a customer: %s', async (name, row) => {
    const answer = await table(name);
    expect(faultsOf(listReportOf(row, {}), answer)).toEqual([]);
    const { customer_id, ...columns } = answer.items[1] ?? {};
    expect(customer_id).toBe('bob');
    expect(new Set(Object.values(columns))).toEqual(new Set([null]));
  });

  it.each(TABLES)('come page by page, and as a file with the same columns: %s', async (name, row) => {
    const first = await table(name, '?limit=1');
    const second = await table(name, `?limit=1&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([first, second].map(({ items }) => items[0]?.customer_id)).toEqual(['ann', 'bob']);
    expect(second.next).toBeNull();
    const file = await projection.app.inject(`/v1/tenants/acme/tables/${name}?format=csv`);
    const [header, ...rows] = file.body.trimEnd().split('\r\n');
    expect(header).toBe([...Object.keys(row.properties), 'asOf', 'currency'].join(','));
    expect(rows).toHaveLength(2);
    expect(file.headers['content-disposition']).toContain(`${name}.csv`);
  });

  it('have every column described in OpenAPI', async () => {
    const { paths } = await projection.get<{ paths: Record<string, { get: object }> }>('/openapi.json');
    for (const [name, row] of TABLES) {
      const described = JSON.stringify(paths[`/v1/tenants/{tenant}/tables/${name}`]);
      for (const column of Object.keys(row.properties)) expect(described).toContain(`"${column}":{`);
      expect(described.split('"description"').length).toBeGreaterThan(Object.keys(row.properties).length);
    }
  });

  it('take a cursor of their own list only, and are not there under other names', async () => {
    const { next } = await table(VALUE, '?limit=1');
    const other = await projection.app.inject(
      `/v1/tenants/acme/tables/${FUNNEL}?cursor=${encodeURIComponent(next ?? '')}`,
    );
    expect([other.statusCode, other.json().detail]).toEqual([
      400,
      expect.stringContaining('?cursor: expected the `next` of the page before'),
    ]);
    expect((await projection.app.inject('/v1/tenants/acme/tables/customers')).statusCode).toBe(404);
  });

  it('read nothing from the silence of a feed (D20)', async () => {
    await projection.take(feeds('stale', 3));
    expect((await table(ACTIVITY)).items[0]).toMatchObject({ days_since_last_activity: null });
  });
});
