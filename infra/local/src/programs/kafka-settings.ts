/**
 * Settings of a broker that is alone, wherever it runs, without what depends on the place (listeners, folders).
 * Everything is kept once, groups start at once, and no topic is made that nobody asked for.
 */
export const SINGLE_BROKER_SETTINGS: Readonly<Record<string, string | number | boolean>> = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 5,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 5,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'auto.create.topics.enable': false,
  'message.max.bytes': 4_194_304,
  'replica.fetch.max.bytes': 4_194_304,
  // A broker that was killed is taken back only when its last session is over, which takes nine seconds by default.
  'broker.session.timeout.ms': 4_000,
  'broker.heartbeat.interval.ms': 500,
  // Taken from the heap at once; the 128 MB of its default are for disks full of compacted topics.
  'log.cleaner.dedupe.buffer.size': 16_777_216,
};
