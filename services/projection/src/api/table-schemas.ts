import Type from 'typebox';
import { Nullable } from './schema-parts.ts';

/** A column: what it is here. */
const Column = {
  text: (description: string) => Nullable(Type.String({ description })),
  whole: (description: string) => Nullable(Type.Integer({ description })),
};
const customer = {
  customer_id: Type.String({ description: 'rows are sorted by it' }),
  customer_name: Column.text('null: never told'),
};

/**
 * The tables of the seed (S88) by their names. Where the seed names a column it has that name here; every number is a
 * whole one, and null is not known (D20).
 */
export const ValueAnalysisRow = Type.Object({
  ...customer,
  customer_tier: Column.text(
    'platinum, gold, silver or basic (D4); null: fewer than four customers were counted',
  ),
  segment: Column.text('enterprise (platinum and gold) or smb (D4)'),
  is_strategic_account: Nullable(Type.Boolean({ description: 'S30; null: not known' })),
  engagement_model: Column.text(
    'executive, standard, dedicated, retention-and-recovery or automated (S34, D10)',
  ),
  lifecycle_stage: Column.text('retention, dormant, growth, maturity or unclassified (S35, D11)'),
  journey_stage: Column.text('awareness, consideration, onboarding, adoption, retention or advocacy (S89)'),
  industry: Column.text('as told'),
  company_size: Column.text('small, medium, large or enterprise (S63)'),
  account_manager: Column.text('as told (S52)'),
  account_age_days: Column.whole('days since the relation began (S81)'),
  lifetime_value: Column.whole('minor units: value of all agreements, or what was paid if that is more (S2)'),
  active_contract_value: Column.whole('minor units: value of the agreements in force (S1)'),
  portfolio_contribution: Column.whole(
    'millionths of the value of all customers, at the last count: 0.083 % is 830 (S24)',
  ),
  rfm_score: Column.whole('hundredths of 1 to 5 (S27, D6); null: no quintiles'),
  rfm_segment: Column.text('named segment (S87)'),
  customer_health_score: Column.whole('hundredths of 0 to 100 (S61, S94); null: not scorable'),
  churn_probability: Column.whole('basis points: 41.2 % is 4120 (S29); null: not scorable'),
  churn_risk: Column.text('high, medium, low, not-scorable or ended (S42, D8)'),
  revenue_velocity_monthly: Column.whole('minor units: paid and won in 90 days, a third of it (S26, D5)'),
  total_won_amount: Column.whole('minor units: amount of all opportunities won (S66)'),
  predicted_revenue_6m: Column.whole(
    'minor units: health times won and pipeline (S67); null: health is not known',
  ),
  annual_revenue: Column.whole('minor units: revenue of the customer itself, as told (S66)'),
});

export const ActivityMetricsRow = Type.Object({
  ...customer,
  cross_stage_engagement_consistency: Column.whole(
    'hundredths of 0 to 100 (S31, D9); null: fewer than two stages, or eight weeks',
  ),
  activity_efficiency: Column.whole('minor units won per activity of 180 days (S77, D9)'),
  primary_engagement_channel: Column.text('channel with the most touches of 90 days (S79)'),
  days_since_last_activity: Column.whole(
    'days since the product was used last (S64); null: never, or the feed of activity is silent',
  ),
  total_activities_30d: Column.whole(
    'uses in 30 days when health moved last (S64); null where health is scored by a model that does not count them, as ' +
      'all but `crm`',
  ),
  total_contacts: Column.whole('people who are there (S33); null: nobody was ever told of'),
  contacts_with_email: Column.whole('of them, those with an address (S65)'),
});

export const ConversionFunnelRow = Type.Object({
  ...customer,
  journey_stage: Column.text('awareness, consideration, onboarding, adoption, retention or advocacy (S89)'),
  marketing_to_sales_days: Column.whole(
    'first marketing touch to first opportunity, negative where sales came first (S78); null: one is not known',
  ),
  opportunities_created: Column.whole('null: none was ever told of'),
  opportunities_won: Column.whole('null: none was ever told of'),
  opportunities_lost: Column.whole('null: none was ever told of'),
  win_rate: Column.whole('basis points: won of those decided; null: none was'),
  total_won_amount: Column.whole('minor units (S66)'),
  current_pipeline_amount: Column.whole('minor units: opportunities that are open (S67)'),
  demo_to_trial: Nullable(
    Type.Integer({
      description: 'always null: no event tells of demos or trials, so it cannot be known (S90)',
    }),
  ),
});
