import { basisPointsOf } from '@bellwether/domain';
import type { FastifyInstance } from 'fastify';
import type { Static, TObject } from 'typebox';
import type { TableRow } from '../../../read/table-row.ts';
import type { TenantView } from '../../../read/tenant-view.ts';
import { listReportOf } from '../../report-schemas/report-parts.ts';
import type { RouteDeps } from '../../route-deps.ts';
import { ActivityMetricsRow, ConversionFunnelRow, ValueAnalysisRow } from '../../table-schemas.ts';
import { listReport } from '../reports/list-report.ts';
import type { Told } from '../reports/portfolio.ts';
import type { Report } from '../reports/report.ts';

/** The tables of customers under the names that people know them by (S88). */
const TABLES: readonly Report[] = [
  table({
    name: 'customer360__customer_value_analysis',
    what: 'What customers are worth: tier, value, RFM, health, churn (S88)',
    row: ValueAnalysisRow,
    rowOf: valueRowOf,
  }),
  table({
    name: 'customer360__customer_activity_metrics',
    what: 'What customers do: consistency, efficiency, channel, people (S88)',
    row: ActivityMetricsRow,
    rowOf: activityRowOf,
  }),
  table({
    name: 'customer360__conversion_funnel_analysis',
    what: 'How customers came to buy: from marketing to sales, and what was won (S88)',
    row: ConversionFunnelRow,
    rowOf: funnelRowOf,
  }),
];

/** `/v1/tenants/{tenant}/tables/{name}`: all customers, a row each, sorted by id. */
export function registerTableRoutes(app: FastifyInstance, deps: RouteDeps): void {
  for (const register of TABLES) register(app, deps);
}

function table<Row extends TObject>(definition: {
  readonly name: string;
  readonly what: string;
  readonly row: Row;
  readonly rowOf: (customer: TableRow, view: TenantView) => Told<Static<Row>>;
}): Report {
  const { name, what, row, rowOf } = definition;
  return listReport({
    name,
    address: `/v1/tenants/:tenant/tables/${name}`,
    tags: ['tables'],
    summary: what,
    parameters: {},
    answer: listReportOf(row, {}),
    item: row,
    find: ({ table: customers }) => ({ head: {}, found: customers.inOrder('value', 'desc') }),
    order: [],
    idOf: ({ customerId }: TableRow) => customerId,
    present: (customer, { view }) => rowOf(customer, view),
  });
}

function nameColumns({ customerId, row }: TableRow) {
  return { customer_id: customerId, customer_name: row.name };
}

function valueRowOf(customer: TableRow): Told<Static<typeof ValueAnalysisRow>> {
  const { portfolioRow, measures, row } = customer;
  return {
    ...nameColumns(customer),
    customer_tier: portfolioRow.valueTier,
    segment: portfolioRow.segment,
    is_strategic_account: measures.isStrategic,
    engagement_model: portfolioRow.engagementModel,
    lifecycle_stage: measures.valueStage,
    journey_stage: measures.journeyStage,
    industry: portfolioRow.industry,
    company_size: portfolioRow.sizeBand,
    account_manager: portfolioRow.owner,
    account_age_days: portfolioRow.accountAgeDays,
    lifetime_value: portfolioRow.valueMinor,
    active_contract_value: portfolioRow.activeMinor,
    portfolio_contribution: measures.contributionMillionths,
    rfm_score: portfolioRow.rfmHundredths,
    rfm_segment: row.rfmSegment,
    customer_health_score: portfolioRow.healthHundredths,
    churn_probability: portfolioRow.churnBasisPoints,
    churn_risk: portfolioRow.churnBand,
    revenue_velocity_monthly: portfolioRow.velocityMinor,
    total_won_amount: measures.wonMinor,
    predicted_revenue_6m: measures.predictedMinor,
    annual_revenue: measures.annualRevenueMinor,
  };
}

function activityRowOf(
  customer: TableRow,
  { feeds, today }: TenantView,
): Told<Static<typeof ActivityMetricsRow>> {
  const { measures } = customer;
  const { lastUseDay } = measures;
  // Nothing is read from the silence of a feed (D20).
  const isHeard = feeds.activity?.status === 'fresh' && lastUseDay !== null;
  return {
    ...nameColumns(customer),
    cross_stage_engagement_consistency: measures.consistencyHundredths,
    activity_efficiency: measures.efficiencyMinor,
    primary_engagement_channel: measures.primaryChannel,
    days_since_last_activity: isHeard ? Math.max(0, today - lastUseDay) : null,
    total_activities_30d: measures.activities30,
    total_contacts: measures.contacts,
    contacts_with_email: measures.contactsWithEmail,
  };
}

function funnelRowOf(customer: TableRow): Told<Static<typeof ConversionFunnelRow>> {
  const { measures, engagement } = customer;
  const { won, lost } = engagement;
  const isTold = measures.opportunities !== null;
  return {
    ...nameColumns(customer),
    journey_stage: measures.journeyStage,
    marketing_to_sales_days: measures.marketingToSalesDays,
    opportunities_created: measures.opportunities,
    opportunities_won: isTold ? won : null,
    opportunities_lost: isTold ? lost : null,
    win_rate: basisPointsOf(BigInt(won), BigInt(won + lost)),
    total_won_amount: measures.wonMinor,
    current_pipeline_amount: measures.pipelineMinor,
    demo_to_trial: null,
  };
}
