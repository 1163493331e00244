/** The service that writes a topic; each topic has exactly one. */
export type Writer = 'ingest' | 'scoring' | 'alerting' | 'projection';

/** What one topic carries, how it is keyed, kept and partitioned, and who writes it. */
export interface Topic {
  /** What a key is made of. */
  readonly key: string;
  readonly cleanup: 'keep' | 'compact';
  readonly writer: Writer;
  /** `one`: always a single partition. `keyed`: as many as the installation has. */
  readonly partitions: 'one' | 'keyed';
  readonly about: string;
}

/** The topic catalogue: the one place that names topics. */
export const TOPICS = {
  'source-http': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'ingest',
    partitions: 'keyed',
    about: 'Events accepted over HTTP, before ingest.',
  },
  'source-board': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'projection',
    partitions: 'keyed',
    about: 'What people did at the board.',
  },
  'source-import': {
    key: 'importId',
    cleanup: 'keep',
    writer: 'ingest',
    partitions: 'one',
    about: 'History of importing tenants, sorted by event time, with day marks.',
  },
  clock: {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'ingest',
    partitions: 'one',
    about: 'Ticks, feeds seen, tenants changing their clock.',
  },
  'customer-events': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'ingest',
    partitions: 'keyed',
    about: 'Everything that can move a score: events and control records, one order per customer.',
  },
  'customer-changes': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    partitions: 'keyed',
    about: 'One record per event that changed something, with reasons.',
  },
  'portfolio-contributions': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'scoring',
    partitions: 'keyed',
    about: 'What each customer adds to its portfolio, before and after.',
  },
  alerts: {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'alerting',
    partitions: 'keyed',
    about: 'Every transition of every alert.',
  },
  'ingest-quarantine': {
    key: 'tenant',
    cleanup: 'keep',
    writer: 'ingest',
    partitions: 'keyed',
    about: 'Input that was wrong, with reason, place and original bytes.',
  },
  'scoring-quarantine': {
    key: 'tenant|customerId',
    cleanup: 'keep',
    writer: 'scoring',
    partitions: 'keyed',
    about: 'Events that contradict what is known of their customer (limits, ranges).',
  },
  'ingest-accounting': {
    key: 'group/partition|tenant',
    cleanup: 'compact',
    writer: 'ingest',
    partitions: 'one',
    about: 'What became of every record ingest read: totals per consumer group, partition and tenant.',
  },
  'scoring-accounting': {
    key: 'group/partition|tenant',
    cleanup: 'compact',
    writer: 'scoring',
    partitions: 'one',
    about: 'What became of every event scoring read: totals per partition and tenant.',
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof TOPICS;
export const TOPIC_NAMES = Object.keys(TOPICS) as readonly TopicName[];
