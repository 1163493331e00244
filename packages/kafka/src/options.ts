import type { ValueCodec } from '@bellwether/stream';
import type { KafkaConfig } from 'kafkajs';

/** A topic as this installation wants it; it is created when it is missing. */
export interface TopicOptions {
  readonly partitions: number;
  /** `keep`: every record for ever; `compact`: at least the newest record of each key. */
  readonly cleanup: 'keep' | 'compact';
}

/** How a session publishes; see `openKafka` for what a consumer sees of it. */
export type Delivery = 'transactional' | 'idempotent';

/** How a member of a consumer group shows that it lives. */
export interface MembershipTimes {
  /** Without a sign of life for so long, a member's partitions go to others; 30 s unless told otherwise. */
  readonly sessionTimeoutMs?: number;
  /** Between two signs of life; 3 s unless told otherwise. */
  readonly heartbeatMs?: number;
}

/** A warning or an error of the client beneath. */
export interface KafkaLogEntry {
  readonly level: 'warn' | 'error';
  readonly message: string;
}

/** What `openKafka` needs to know. */
export interface KafkaOptions {
  /** `host:port` of some brokers of the cluster, from which the others are learned. */
  readonly brokers: readonly string[];
  /** Name of this process in the broker's logs and quotas. */
  readonly clientId: string;
  /** Put before every topic, group and transactional id, with a dot. */
  readonly prefix: string;
  /** By their names without the prefix. */
  readonly topics: Readonly<Record<string, TopicOptions>>;
  readonly codec: ValueCodec;
  readonly delivery: Delivery;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /** Copies of each partition of a topic that is created; the broker's default unless told otherwise. */
  readonly replicationFactor?: number;
  readonly membership?: MembershipTimes;
  /** Is told of what the client beneath warns of; nothing is printed otherwise. */
  readonly onLog?: (entry: KafkaLogEntry) => void;
}
