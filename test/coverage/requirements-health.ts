import type { Requirement } from './requirement.ts';

/** The health model of the CRM, risk matrix and revenue tiers: S61 to S75. */
export const HEALTH: readonly Requirement[] = [
  {
    number: 'S61',
    what: 'health from activity, data, value, scale',
    topics: ['score.health.changed'],
    endpoints: ['/models'],
    documents: ['docs/scoring/health.md'],
  },
  { number: 'S62', what: 'customers at risk', topics: ['risk.at-risk.raised', 'risk.at-risk.cleared'] },
  { number: 'S63', what: 'industry by company size', endpoints: ['/reports/risk-matrix'] },
  {
    number: 'S64',
    what: 'days without and number of activities',
    topics: ['score.health.changed'],
    documents: ['docs/scoring/health.md'],
  },
  {
    number: 'S65',
    what: 'contacts that can be written to',
    topics: ['score.health.changed', 'score.relationship.changed'],
    documents: ['docs/scoring/health.md', 'docs/scoring/lifecycle-and-relationship.md'],
  },
  {
    number: 'S66',
    what: 'annual revenue and what was won',
    topics: ['score.health.changed', 'score.revenue.changed'],
    documents: ['docs/scoring/health.md'],
  },
  { number: 'S67', what: 'revenue predicted for six months', topics: ['score.revenue.changed'] },
  { number: 'S68', what: 'revenue tiers by quartile', topics: ['score.tier.changed'] },
  { number: 'S69', what: 'what to do for each revenue tier', later: 'playbook tasks: focus by revenue tier' },
  {
    number: 'S70',
    what: 'healthy customers: more, and references',
    topics: ['opportunity.upsell.raised', 'opportunity.advocacy.raised'],
  },
  {
    number: 'S71',
    what: 'middling health, great companies',
    later: 'playbook tasks: business reviews',
  },
  {
    number: 'S72',
    what: 'middling health, small companies',
    later: 'playbook tasks: automated check-ins',
  },
  {
    number: 'S73',
    what: 'poor health, great companies',
    topics: ['risk.at-risk.raised', 'alerts'],
    later: 'playbook tasks: executive intervention and get-well plan',
  },
  {
    number: 'S74',
    what: 'poor health, small companies',
    topics: ['risk.at-risk.raised', 'alerts'],
    later: 'playbook tasks: automated re-engagement',
  },
  {
    number: 'S75',
    what: 'strategy by health and size together',
    endpoints: ['/reports/risk-matrix', '/overview'],
  },
];
