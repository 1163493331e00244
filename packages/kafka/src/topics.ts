import { StreamError } from '@bellwether/stream';
import type { Connections } from './client/connections.ts';
import { patiently } from './client/pause.ts';
import { CODE, codeOf } from './kafka-errors.ts';
import type { NewTopic } from './kafkajs-internals.ts';
import type { KafkaOptions, TopicOptions } from './options.ts';
import type { ClusterMetadata } from './protocol/metadata.ts';

/** A topic by the name that the loop gives it. */
export interface KnownTopic {
  /** Its name in Kafka. */
  readonly kafkaName: string;
  readonly partitions: number;
}

const CREATE_MS = 15_000;
const DAY_MS = 86_400_000;
/** A value of 1 MiB of JSON, its key and its headers in a batch of their own. */
const MAX_MESSAGE_BYTES = 2_097_152;

/** The topics of an installation by the names that the loop gives them. */
export class Topics {
  readonly #known: ReadonlyMap<string, KnownTopic>;

  constructor(options: Pick<KafkaOptions, 'prefix' | 'topics'>) {
    this.#known = new Map(
      Object.entries(options.topics).map(([name, { partitions }]) => [
        name,
        { kafkaName: `${options.prefix}.${name}`, partitions },
      ]),
    );
  }

  /** @throws StreamError `refused` when there is no such topic */
  of(name: string): KnownTopic {
    const topic = this.#known.get(name);
    if (topic === undefined) throw new StreamError('refused', `There is no topic ${name}.`);
    return topic;
  }

  /** @throws StreamError `refused` when there is no such topic or partition */
  at(name: string, partition: number): KnownTopic {
    const topic = this.of(name);
    if (!Number.isInteger(partition) || partition < 0 || partition >= topic.partitions) {
      throw new StreamError('refused', `The topic ${name} has no partition ${partition}.`);
    }
    return topic;
  }
}

/**
 * Creates the topics that are missing and compares the others.
 * @throws StreamError `log-mismatch` when a topic has another number of partitions than it should, `unavailable` when
 * the cluster does not answer or may not create a topic
 */
export async function prepareTopics(connections: Connections, options: KafkaOptions): Promise<void> {
  const wanted = new Map(
    Object.entries(options.topics).map(([name, topic]) => [`${options.prefix}.${name}`, topic]),
  );
  const names = [...wanted.keys()];
  await connections.follow(names);
  const found = await connections.metadata(names);
  const missing = found.topics.filter((topic) => topic.errorCode !== 0 && topic.leaders.length === 0);
  if (missing.length > 0) {
    await create(
      connections,
      missing.map(({ topic }) => newTopic(topic, wanted.get(topic), options.replicationFactor)),
    );
  }
  const complete = missing.length > 0 ? await untilServed(connections, names) : found;
  for (const { topic, leaders } of complete.topics) {
    const asked = wanted.get(topic)?.partitions ?? 0;
    if (leaders.length === asked) continue;
    throw new StreamError(
      'log-mismatch',
      `The topic ${topic} has ${leaders.length} partitions, but ${asked} are configured. Set the configured number ` +
        `to ${leaders.length}, or use another prefix for a new installation with ${asked}.`,
    );
  }
  await connections.refresh();
}

function newTopic(topic: string, options: TopicOptions | undefined, replicationFactor = -1): NewTopic {
  const isCompact = options?.cleanup === 'compact';
  const config: Record<string, string> = {
    'cleanup.policy': isCompact ? 'compact' : 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'max.message.bytes': String(MAX_MESSAGE_BYTES),
    // The time of a record is when it was appended; when something happened stands in its value.
    'message.timestamp.type': 'LogAppendTime',
    // With three copies or more, one of them may fail right after it acknowledged a record.
    ...(replicationFactor >= 3 ? { 'min.insync.replicas': '2' } : {}),
    ...(isCompact ? { 'delete.retention.ms': String(60 * DAY_MS) } : {}),
  };
  return {
    topic,
    numPartitions: options?.partitions ?? 1,
    replicationFactor,
    configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
  };
}

async function create(connections: Connections, topics: readonly NewTopic[]): Promise<void> {
  const attempt = async (): Promise<void> => {
    const controller = await connections.controller();
    try {
      await controller.createTopics({ topics, timeout: CREATE_MS });
    } catch (error) {
      for (const failure of failuresOf(error)) {
        // Another process may be starting at the same time.
        if (codeOf(failure) !== CODE.TOPIC_ALREADY_EXISTS) throw failure;
      }
    }
  };
  try {
    await patiently(attempt, {
      forMs: CREATE_MS,
      isWorthwhile: (error) => (error as { retriable?: boolean }).retriable === true,
      firstPauseMs: 100,
      onFailure: () => connections.refreshIfPossible(),
    });
  } catch (cause) {
    const names = topics.map(({ topic }) => topic).join(', ');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StreamError('unavailable', `Kafka cannot create the topics ${names}: ${reason}`, { cause });
  }
}

/** kafkajs puts the failures of single topics into one error. */
function failuresOf(error: unknown): readonly unknown[] {
  const { errors } = error as { errors?: readonly unknown[] };
  return errors ?? [error];
}

/** A topic that was just created is known to every broker, and served by its leaders, only a moment later. */
async function untilServed(connections: Connections, names: readonly string[]): Promise<ClusterMetadata> {
  const look = async (): Promise<ClusterMetadata> => {
    const metadata = await connections.metadata(names);
    const places = metadata.topics.flatMap(({ topic, leaders }) =>
      (leaders.length > 0 ? leaders : [-1]).map((leader, partition) => ({ topic, leader, partition })),
    );
    for (const [leader, ofLeader] of Map.groupBy(places, (place) => place.leader)) {
      const broker = await connections.shared(leader);
      const topics = ofLeader.map(({ topic, partition }) => ({
        topic,
        partitions: [{ partition, timestamp: -1 }],
      }));
      await broker.listOffsets({ isolationLevel: 0, topics });
    }
    return metadata;
  };
  return await patiently(look, { forMs: CREATE_MS, isWorthwhile: () => true, firstPauseMs: 20 });
}
