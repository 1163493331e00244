import type { Requirement } from './requirement.ts';

/** What goes beyond other systems: N1 to N24. */
export const BEYOND: readonly Requirement[] = [
  {
    number: 'N1',
    what: 'reasons that add up exactly',
    topics: ['customer-changes'],
    endpoints: ['/customers/{customerId}/history'],
    open: 'every change has its reasons; no endpoint tells why between two instants',
  },
  {
    number: 'N2',
    what: 'scores say what they do not know',
    topics: ['score.health.changed', 'score.tier.changed'],
    endpoints: ['/overview'],
    open: 'nothing is raised when a source of a tenant falls silent',
  },
  { number: 'N3', what: 'time passes as events', topics: ['renewal.due', 'score.rfm.changed', 'clock'] },
  {
    number: 'N4',
    what: 'scores as they were, and as they were known',
    endpoints: ['/customers/{customerId}/history'],
    open: 'history has health, value and complexity; none can be asked as known at an instant',
  },
  { number: 'N5', what: 'a replay gives the same bytes', topics: ['customer-changes', 'customer-current'] },
  {
    number: 'N6',
    what: 'shadow models and what-if',
    open: 'no shadow scoring, no diff, no promote or rollback, no what-if endpoint',
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
    documents: ['docs/scoring/churn.md'],
    open: 'fit, calibration, Brier score and lead time are computed, but no outcome reaches them',
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
    open: 'model-change and manual are named, but nothing brings them about yet (N6)',
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
    topics: ['score.health.changed'],
    documents: ['docs/scoring/health.md'],
    open: 'the own baseline is scored; medians of a segment reach no health score',
  },
  {
    number: 'N18',
    what: 'risk grows towards the notice date',
    topics: ['renewal.due'],
    documents: ['docs/scoring/warnings-and-opportunities.md'],
    open: 'renewal alerts grow graver; risks do not, and no committed call is demanded at 180 and 90 days',
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
    documents: ['docs/scoring/health.md'],
    open: 'packs are neither signed nor choosable by a tenant, and carry no playbooks',
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
