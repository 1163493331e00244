export type { TopicPartitions } from './layout.ts';
export * from './lock-data-folder.ts';
export * from './open-embedded.ts';
export * from './read-topic.ts';
