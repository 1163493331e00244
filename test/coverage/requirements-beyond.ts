import type { Requirement } from './requirement.ts';

/** What goes beyond other systems: N1 to N24. */
export const BEYOND: readonly Requirement[] = [
  {
    number: 'N1',
    what: 'reasons that add up exactly',
    topics: ['customer-changes'],
    endpoints: ['/customers/{customerId}/why', '/customers/{customerId}/history'],
    documents: ['docs/scoring/history.md'],
  },
  {
    number: 'N2',
    what: 'scores say what they do not know',
    topics: ['score.health.changed', 'score.tier.changed', 'data-quality.source-silent.raised'],
    endpoints: ['/overview', '/alerts'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
  },
  { number: 'N3', what: 'time passes as events', topics: ['renewal.due', 'score.rfm.changed', 'clock'] },
  {
    number: 'N4',
    what: 'scores as they were, and as they were known',
    endpoints: ['/customers/{customerId}/scores', '/customers/{customerId}/history'],
    documents: ['docs/scoring/history.md'],
  },
  { number: 'N5', what: 'a replay gives the same bytes', topics: ['customer-changes', 'customer-current'] },
  {
    number: 'N6',
    what: 'shadow models and what-if',
    topics: ['shadow-scores', 'model-choices', 'customer-changes'],
    endpoints: ['/models', '/models/diff'],
    documents: ['docs/scoring/health.md', 'docs/scoring/history.md'],
  },
  {
    number: 'N7',
    what: 'alerts that are worth their noise',
    later: 'boards: dwell, suppression, precision by rule, noise budget',
  },
  {
    number: 'N8',
    what: 'agreements as a graph',
    topics: ['opportunity.cross-sell.raised'],
    endpoints: ['/customers/{customerId}', '/reports/co-terminus'],
  },
  {
    number: 'N9',
    what: 'concentration under stress',
    topics: ['score.concentration.changed'],
    endpoints: ['/reports/concentration', '/reports/stress', '/reports/renewal-wall'],
  },
  {
    number: 'N10',
    what: 'expected value by fitted models',
    topics: ['score.revenue.changed', 'portfolio-findings'],
    documents: ['docs/scoring/predictive-value.md'],
  },
  {
    number: 'N11',
    what: 'outcomes judge the model',
    topics: ['portfolio-findings', 'score.churn.changed'],
    endpoints: ['/reports/churn-model', '/reports/lead-time'],
    documents: ['docs/scoring/churn.md'],
    open: 'what share of customers each playbook saves is not told',
  },
  {
    number: 'N12',
    what: 'a contract that readers can run',
    topics: ['customer-changes', 'customer-current', 'score-health-changed'],
  },
  {
    number: 'N13',
    what: 'each change says what kind of cause it has',
    topics: ['customer-changes'],
    open: 'manual is named, but nothing brings it about yet',
  },
  {
    number: 'N14',
    what: 'holes in a source are known and mended',
    topics: ['resync-requests', 'customer-changes', 'alerts'],
  },
  {
    number: 'N15',
    what: 'wrong input is parked and given again',
    topics: ['ingest-quarantine', 'scoring-quarantine'],
    endpoints: ['/quarantine', '/accounting'],
  },
  {
    number: 'N16',
    what: 'people who disagree with a score',
    later: 'boards: a manager’s own judgement beside the score',
  },
  {
    number: 'N17',
    what: 'compared with itself, and with its like',
    topics: ['score.health.changed', 'portfolio-findings'],
    documents: ['docs/scoring/health.md'],
  },
  {
    number: 'N18',
    what: 'risk grows towards the notice date',
    topics: ['renewal.due', 'renewal.call-due.raised', 'risk.early-warning.raised'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
  },
  {
    number: 'N19',
    what: 'papers made of one moment',
    later: 'QBR pack: and executive brief, as documents of one moment',
  },
  { number: 'N20', what: 'erasure that keeps totals true', later: 'erasure' },
  {
    number: 'N21',
    what: 'model packs that can be carried',
    endpoints: ['/models'],
    documents: ['docs/scoring/health.md'],
    open: 'a tenant chooses its packs; they are not signed, and carry no playbooks',
  },
  {
    number: 'N22',
    what: 'promised latency',
    later: 'latency objectives: histograms by tenant, burn alert',
  },
  {
    number: 'N23',
    what: 'merged and split customers',
    topics: ['customer-changes', 'customer-current', 'alerts'],
    endpoints: ['/customers/{customerId}', '/reports/concentration'],
    documents: ['docs/merging.md'],
  },
  {
    number: 'N24',
    what: 'simulator that knows the truth',
    documents: ['packages/simulator/README.md'],
  },
];
