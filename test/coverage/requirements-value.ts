import type { Requirement } from './requirement.ts';

const KPIS = ['/reports/kpis', '/reports/kpi-course'] as const;

/** Value, RFM, tiers, engagement models and their KPIs: S23 to S60. */
export const VALUE: readonly Requirement[] = [
  { number: 'S23', what: 'enterprise segment by tier', topics: ['score.tier.changed'] },
  {
    number: 'S24',
    what: 'share in the portfolio, by segment',
    topics: ['score.tier.changed'],
    endpoints: ['/reports/segments'],
  },
  { number: 'S25', what: 'mean value by segment, and ratios', endpoints: ['/reports/segments'] },
  { number: 'S26', what: 'monthly revenue velocity', topics: ['score.revenue.changed'] },
  { number: 'S27', what: 'recency, frequency, money', topics: ['score.rfm.changed', 'score-rfm-changed'] },
  { number: 'S28', what: 'health by segment', endpoints: ['/reports/segments'] },
  {
    number: 'S29',
    what: 'probability to be lost',
    topics: ['score.churn.changed'],
    documents: ['docs/scoring/churn.md'],
  },
  { number: 'S30', what: 'strategic accounts by rule', topics: ['score.tier.changed'] },
  {
    number: 'S31',
    what: 'steadiness of engagement; the paradox',
    topics: ['score.relationship.changed'],
    documents: ['docs/scoring/lifecycle-and-relationship.md'],
  },
  {
    number: 'S32',
    what: 'few great transactions or many small',
    topics: ['score.rfm.changed'],
    endpoints: ['/reports/transactions', '/customers/{customerId}'],
    documents: ['docs/scoring/value.md'],
  },
  { number: 'S33', what: 'active stakeholders by role', topics: ['score.relationship.changed'] },
  {
    number: 'S34',
    what: 'four engagement models',
    topics: ['score.tier.changed'],
    endpoints: ['/reports/segments'],
  },
  { number: 'S35', what: 'stages by value', topics: ['score.lifecycle.changed'] },
  {
    number: 'S36',
    what: 'plan for executive accounts',
    later: 'playbook tasks: executive relationship management',
  },
  {
    number: 'S37',
    what: 'plan for standard accounts',
    later: 'playbook tasks: standard engagement',
  },
  {
    number: 'S38',
    what: 'intervention within a day',
    topics: ['risk.at-risk.raised', 'alerts'],
    later: 'playbook tasks: retention and recovery, with a clock of 24 hours',
  },
  {
    number: 'S39',
    what: 'plan for dormant customers',
    topics: ['score.lifecycle.changed'],
    later: 'playbook tasks: reactivation',
  },
  {
    number: 'S40',
    what: 'plan for customers to be retained',
    topics: ['score.lifecycle.changed'],
    later: 'playbook tasks: retention stage',
  },
  { number: 'S41', what: 'investment priority by model', topics: ['score.tier.changed'] },
  {
    number: 'S42',
    what: 'churn bands, and the value in them',
    topics: ['score.churn.changed', 'risk.at-risk.raised'],
    endpoints: ['/reports/value-risk', '/reports/segments'],
  },
  { number: 'S43', what: 'early warning', topics: ['risk.early-warning.raised'] },
  {
    number: 'S44',
    what: 'specialists for the most endangered',
    later: 'playbook tasks: assignment to retention specialists',
  },
  {
    number: 'S45',
    what: 'programmes to better health, and their effect',
    later: 'playbook tasks: health programmes',
  },
  { number: 'S46', what: 'escalation to executives', later: 'playbook tasks: escalation' },
  { number: 'S47', what: 'KPI: growth of the enterprise share', endpoints: KPIS },
  { number: 'S48', what: 'KPI: growth of mean enterprise value', endpoints: KPIS },
  { number: 'S49', what: 'KPI: growth of velocity by tier', endpoints: KPIS },
  {
    number: 'S50',
    what: 'KPI: health of executive accounts',
    topics: ['risk.below-target.raised', 'risk.below-target.cleared', 'alerts'],
    endpoints: KPIS,
  },
  {
    number: 'S51',
    what: 'KPI: churn probability of enterprise',
    endpoints: [...KPIS, '/reports/segments'],
  },
  { number: 'S52', what: 'KPI: revenue per account manager', endpoints: KPIS },
  { number: 'S53', what: 'KPI: net promoter score by tier', endpoints: [...KPIS, '/reports/nps'] },
  {
    number: 'S54',
    what: 'KPI: how many offers succeed',
    endpoints: [...KPIS, '/reports/expansion', '/reports/expanded'],
  },
  {
    number: 'S55',
    what: 'measures of its own for a segment',
    open: 'health is scored by one pack for all; no tenant or segment can be given another',
  },
  {
    number: 'S56',
    what: 'all immediate measures together',
    topics: ['score.tier.changed'],
    later: 'playbook tasks: interventions by model and stage',
  },
  {
    number: 'S57',
    what: 'pictures of segments, value and health',
    endpoints: ['/reports/value-risk', '/reports/segments', '/reports/distributions'],
    later: 'boards: charts of segments and of health against value',
  },
  { number: 'S58', what: 'which of two priorities counts', topics: ['score.tier.changed'] },
  {
    number: 'S59',
    what: 'reasons of the paradox',
    topics: ['score.relationship.changed'],
    documents: ['docs/scoring/lifecycle-and-relationship.md'],
  },
  { number: 'S60', what: 'KPI: development of stakeholders', topics: ['score.relationship.changed'] },
];
