import type { Log } from '@bellwether/stream';
import { Connections } from './client/connections.ts';
import { KafkaLog } from './kafka-log.ts';
import type { KafkaOptions } from './options.ts';
import { prepareTopics } from './topics.ts';

/** A log on a Kafka cluster. After `close` every call answers `unavailable`. */
export interface Kafka {
  readonly log: Log;
  /** @throws StreamError `unavailable` when no broker answers */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects to a Kafka cluster and creates the topics that are missing.
 *
 * What a consumer of the topics sees: with `transactional`, one that reads committed records sees every output once;
 * one that reads uncommitted records also sees those of attempts that failed. With `idempotent` there are no
 * transactions: outputs are there at once, and after a failure some come twice, with the same sequence.
 * @throws StreamError `unavailable` that names the brokers when none answers, `log-mismatch` when a topic has another
 * number of partitions than is configured
 */
export async function openKafka(options: KafkaOptions): Promise<Kafka> {
  const connections = new Connections(options);
  try {
    await prepareTopics(connections, options);
  } catch (error) {
    connections.closeAll();
    throw error;
  }
  const log = new KafkaLog(connections, options);
  return {
    log,
    ping: () => connections.refresh(),
    close: async () => {
      await log.close();
      connections.closeAll();
    },
  };
}
