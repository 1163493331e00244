export { jsonCodec } from './json-codec.ts';
export { type Kafka, openKafka } from './open-kafka.ts';
export type { Delivery, KafkaLogEntry, KafkaOptions, MembershipTimes, TopicOptions } from './options.ts';
