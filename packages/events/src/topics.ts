/** Who writes a topic: exactly one service, or the applications that publish to it. */
export type Writer = 'ingest' | 'scoring' | 'alerting' | 'projection' | 'applications';

/** What one topic carries, how it is keyed, kept and partitioned, and who writes it. */
export interface Topic {
  /** What a key is made of. */
  readonly key: string;
  readonly cleanup: 'keep' | 'compact';
  readonly writer: Writer;
  /**
   * Who may rely on what it carries. What `applications` read is a contract (docs/consuming.md); what only `services`
   * read may change with any version.
   */
  readonly readers: 'services' | 'applications';
  /** `one`: always a single partition. `keyed`: as many as the installation has. */
  readonly partitions: 'one' | 'keyed';
  readonly about: string;
}

/** 60 days: so long a compacted topic shows that a key was taken away, so that slow readers see it too. */
export const TOMBSTONES_KEPT_MS = 5_184_000_000;

/** The topic catalogue: the one place that names topics. */
export const TOPICS = {
  'source-http': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'services',
    partitions: 'keyed',
    about: 'Events accepted over HTTP, before ingest.',
  },
  'source-crm': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'applications',
    readers: 'services',
    partitions: 'keyed',
    about: 'CloudEvents of CRM systems: agreements, contacts, opportunities, profiles.',
  },
  'source-support': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'applications',
    readers: 'services',
    partitions: 'keyed',
    about: 'CloudEvents of support systems: tickets and surveys.',
  },
  'source-product': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'applications',
    readers: 'services',
    partitions: 'keyed',
    about: 'CloudEvents of the product itself: what customers use, goals they reach.',
  },
  'source-billing': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'applications',
    readers: 'services',
    partitions: 'keyed',
    about: 'CloudEvents of billing systems: payments and invoices.',
  },
  'source-portfolio': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'applications',
    readers: 'services',
    partitions: 'keyed',
    about: 'CloudEvents of systems that look after whole portfolios: account planning, data warehouses.',
  },
  'source-board': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'projection',
    readers: 'services',
    partitions: 'keyed',
    about: 'What people did at the board.',
  },
  'source-import': {
    key: 'importId',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'services',
    partitions: 'one',
    about: 'History of importing tenants, sorted by event time, with day marks.',
  },
  'model-choices': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'projection',
    readers: 'services',
    partitions: 'one',
    about: 'Which models people want their tenants to be scored by, or to try.',
  },
  clock: {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'services',
    partitions: 'one',
    about: 'Ticks, feeds seen, tenants changing their clock.',
  },
  'customer-events': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'services',
    partitions: 'keyed',
    about: 'Everything that can move a score: events and control records, one order per customer.',
  },
  'customer-changes': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'One record per event that changed something, with reasons.',
  },
  'customer-current': {
    key: 'tenant|customerId',
    cleanup: 'compact',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'The whole present picture of each customer: where a new reader of customer-changes starts.',
  },
  'score-ltv-changed': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'One record per change of lifetime value, for readers of that score alone.',
  },
  'score-rfm-changed': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'One record per change of recency, frequency and monetary value, for readers of that score alone.',
  },
  'score-health-changed': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'One record per change of health, for readers of that score alone.',
  },
  'shadow-scores': {
    key: 'tenant|customerId',
    cleanup: 'compact',
    writer: 'scoring',
    readers: 'services',
    partitions: 'keyed',
    about: 'Health of each customer by the models that are tried, beside the one that counts.',
  },
  'portfolio-contributions': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'services',
    partitions: 'keyed',
    about: 'What each customer adds to its portfolio, before and after.',
  },
  'portfolio-findings': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'services',
    partitions: 'one',
    about: 'What each portfolio came to as a day began: what customers are compared with.',
  },
  'customer-transfers': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'services',
    partitions: 'keyed',
    about: 'What merged customers tell each other: the features of one, for the other.',
  },
  alerts: {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'alerting',
    readers: 'applications',
    partitions: 'keyed',
    about: 'Every transition of every alert.',
  },
  'ingest-quarantine': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'applications',
    partitions: 'keyed',
    about: 'Input that was wrong, with reason, place and original bytes.',
  },
  'scoring-quarantine': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    readers: 'applications',
    partitions: 'keyed',
    about: 'Events that contradict what is known of their customer (limits, ranges).',
  },
  'ingest-redrives': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'services',
    partitions: 'keyed',
    about: 'What waits in quarantine for its tenant, and what was given again.',
  },
  'resync-requests': {
    key: 'tenant|customerId, or tenant for all of its customers',
    cleanup: 'keep',
    writer: 'ingest',
    readers: 'applications',
    partitions: 'keyed',
    about: 'Sources are asked to send again what may be missing.',
  },
  'ingest-accounting': {
    key: 'group/partition|tenant',
    cleanup: 'compact',
    writer: 'ingest',
    readers: 'services',
    partitions: 'one',
    about: 'What became of every record ingest read: totals per consumer group, partition and tenant.',
  },
  'scoring-accounting': {
    key: 'group/partition|tenant',
    cleanup: 'compact',
    writer: 'scoring',
    readers: 'services',
    partitions: 'one',
    about: 'What became of every event scoring read: totals per partition and tenant.',
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof TOPICS;
export const TOPIC_NAMES = Object.keys(TOPICS) as readonly TopicName[];

/** Topics whose records other systems write, in formats of their own choice among those that are understood. */
export type SourceSystemTopic = {
  [Name in TopicName]: (typeof TOPICS)[Name]['writer'] extends 'applications' ? Name : never;
}[TopicName];

/** Topics that keep the newest record of each key only. */
export const COMPACTED_TOPICS = TOPIC_NAMES.filter((name) => TOPICS[name].cleanup === 'compact');

/** The scores that have a topic of their own (design section 4). */
export const PER_SCORE_TOPICS = {
  ltv: 'score-ltv-changed',
  rfm: 'score-rfm-changed',
  health: 'score-health-changed',
} as const satisfies { readonly [score: string]: TopicName };
export type PerScoreName = keyof typeof PER_SCORE_TOPICS;
