import type { Requirement } from './requirement.ts';

/** Limits of the data, and segments compared: S76 to S88. */
export const COMPARISON: readonly Requirement[] = [
  {
    number: 'S76',
    what: 'a source that is absent is known to be',
    topics: ['score.health.changed', 'score.churn.changed'],
    endpoints: ['/overview'],
  },
  { number: 'S77', what: 'value won per activity', topics: ['score.relationship.changed'] },
  { number: 'S78', what: 'days from marketing to sales', topics: ['score.relationship.changed'] },
  { number: 'S79', what: 'primary channel', topics: ['score.relationship.changed'] },
  { number: 'S80', what: 'Gold and Platinum against Basic', endpoints: ['/reports/segments'] },
  {
    number: 'S81',
    what: 'mean RFM and age of accounts',
    topics: ['score.relationship.changed'],
    endpoints: ['/reports/segments'],
  },
  { number: 'S82', what: 'median, quartiles, outliers', endpoints: ['/reports/distributions'] },
  { number: 'S83', what: 'age of accounts by tier', endpoints: ['/reports/age-by-tier'] },
  {
    number: 'S84',
    what: 'first year of Gold and Platinum',
    topics: ['program.first-year.raised', 'risk.early-warning.raised'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
  },
  {
    number: 'S85',
    what: 'Basic is looked after automatically',
    topics: ['score.tier.changed'],
  },
  { number: 'S86', what: 'customers to win back', topics: ['opportunity.win-back.raised'] },
  {
    number: 'S87',
    what: 'segments of RFM by name',
    topics: ['score.rfm.changed'],
    documents: ['docs/scoring/rfm.md'],
  },
  {
    number: 'S88',
    what: 'three tables under the names they had',
    endpoints: [
      '/tables/customer360__customer_value_analysis',
      '/tables/customer360__customer_activity_metrics',
      '/tables/customer360__conversion_funnel_analysis',
    ],
  },
];
