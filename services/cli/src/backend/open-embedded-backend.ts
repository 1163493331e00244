import { openEmbedded } from '@bellwether/embedded';
import { COMPACTED_TOPICS, TOPICS, type TopicName } from '@bellwether/events';
import { IN_MEMORY_COLLECTIONS } from '@bellwether/projection';
import type { Backend } from './backend.ts';

/** Where the data are, and how many partitions keyed topics have (fixed when the folder is made; 1 by default). */
export interface EmbeddedPlace {
  /** Data folder, or `:memory:`. */
  readonly path: string;
  readonly partitions?: number;
}

/** Log, store and read models in one file, for one process. */
export function openEmbeddedBackend({ path, partitions = 1 }: EmbeddedPlace): Backend {
  const embedded = openEmbedded({
    path,
    partitions,
    topics: topicPartitions(),
    compacted: COMPACTED_TOPICS,
    collections: Object.fromEntries(IN_MEMORY_COLLECTIONS.map((name) => [name, { inMemory: true }])),
  });
  return { ...embedded, kind: 'embedded', partitions };
}

function topicPartitions(): Record<TopicName, 'one' | 'keyed'> {
  return Object.fromEntries(
    Object.entries(TOPICS).map(([name, topic]) => [name, topic.partitions]),
  ) as Record<TopicName, 'one' | 'keyed'>;
}
