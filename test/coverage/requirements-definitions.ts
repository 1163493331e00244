import type { Requirement } from './requirement.ts';

/** Definitions where a demand left something open: D1 to D24. */
export const DEFINITIONS: readonly Requirement[] = [
  {
    number: 'D1',
    what: 'formula of complexity',
    topics: ['score.complexity.changed'],
    documents: ['docs/scoring.md'],
  },
  {
    number: 'D2',
    what: 'when a portfolio depends on few',
    topics: ['portfolio.concentration.raised'],
    documents: ['docs/scoring/portfolio.md'],
  },
  {
    number: 'D3',
    what: 'what soon and valuable mean',
    topics: ['renewal.due'],
    endpoints: ['/reports/expiring'],
  },
  { number: 'D4', what: 'cut-offs of value tiers', topics: ['score.tier.changed'] },
  { number: 'D5', what: 'formula of velocity', topics: ['score.revenue.changed'] },
  {
    number: 'D6',
    what: 'scale, windows and names of RFM',
    topics: ['score.rfm.changed', 'portfolio-findings'],
  },
  {
    number: 'D7',
    what: 'health on five points',
    endpoints: ['/reports/segments'],
    documents: ['docs/scoring/health.md'],
  },
  {
    number: 'D8',
    what: 'churn model and its bands',
    topics: ['score.churn.changed'],
    documents: ['docs/scoring/churn.md'],
  },
  {
    number: 'D9',
    what: 'consistency, efficiency, paradox',
    topics: ['score.relationship.changed'],
    documents: ['docs/scoring/lifecycle-and-relationship.md'],
  },
  { number: 'D10', what: 'rule of engagement models', topics: ['score.tier.changed'] },
  { number: 'D11', what: 'two stages instead of three', topics: ['score.lifecycle.changed'] },
  {
    number: 'D12',
    what: 'which of two priorities counts',
    topics: ['score.tier.changed'],
    documents: ['docs/scoring/tiers-and-models.md'],
  },
  {
    number: 'D13',
    what: 'several health models as packs',
    endpoints: ['/models'],
    documents: ['docs/scoring/health.md'],
  },
  {
    number: 'D14',
    what: 'edges, ties and few customers',
    topics: ['score.tier.changed', 'score.rfm.changed'],
  },
  { number: 'D15', what: 'thresholds of early signs', topics: ['risk.early-warning.raised'] },
  {
    number: 'D16',
    what: 'return, and what cannot be divided',
    endpoints: ['/customers/{customerId}/roi'],
    documents: ['docs/scoring/value.md'],
  },
  {
    number: 'D17',
    what: 'retention with contraction, and gross',
    endpoints: ['/reports/retention', '/reports/kpis', '/reports/kpi-course'],
    documents: ['docs/scoring/value.md'],
  },
  { number: 'D18', what: 'which end of a scale is good', topics: ['score.relationship.changed'] },
  { number: 'D19', what: 'two beginnings of time to value', topics: ['score.revenue.changed'] },
  {
    number: 'D20',
    what: 'nothing is scored from absence',
    topics: ['score.health.changed', 'score.churn.changed', 'score.relationship.changed'],
  },
  {
    number: 'D21',
    what: 'figures that agree are tested, others not',
    documents: ['docs/scoring/tiers-and-models.md'],
  },
  {
    number: 'D22',
    what: 'input is strict UTF-8',
    topics: ['ingest-quarantine'],
  },
  {
    number: 'D23',
    what: 'which agreements count, and how much',
    topics: ['score.ltv.changed'],
    documents: ['docs/scoring/value.md', 'docs/currencies.md'],
  },
  {
    number: 'D24',
    what: 'a second, judged prediction of revenue',
    topics: ['score.revenue.changed', 'portfolio-findings'],
    endpoints: ['/reports/revenue-prediction'],
    documents: ['docs/scoring/value.md'],
  },
];
