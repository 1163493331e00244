import { type Mutant, without } from './mutant.ts';

const PRODUCER = 'packages/kafka/src/writing/producer.ts';
const GROUP_COMMIT = 'packages/kafka/src/writing/group-commit.ts';
const PRODUCE = 'packages/kafka/src/protocol/produce.ts';
const TOPICS = 'packages/kafka/src/topics.ts';
const LOG = 'packages/kafka/src/kafka-log.ts';

/** The checks of appends to Kafka and of the log as a whole, each taken out alone. */
export const APPEND_MUTANTS: Readonly<Record<string, Mutant>> = {
  'batches have no sequence': without(
    {
      file: PRODUCER,
      changes: [
        [
          '{ producerId: BigInt(producerId), producerEpoch, sequence }',
          '{ producerId: -1n, producerEpoch: -1, sequence: -1 }',
        ],
      ],
    },
    {
      family: 'append',
      scenario: 'an append is not answered',
      breaks: 'what is sent again is not appended twice',
    },
  ),
  'a producer is kept after an error': without(
    {
      file: GROUP_COMMIT,
      changes: [['      this.#current?.brokers.close();\n      this.#current = undefined;\n', '']],
    },
    {
      family: 'append',
      scenario: 'the broker refuses an append',
      breaks: 'after an error others can be appended at once',
    },
  ),
  'a second group is sent while one is on its way': without(
    {
      file: GROUP_COMMIT,
      changes: [['this.#flushing ??= this.#flushAll();', 'this.#flushing = this.#flushAll();']],
    },
    {
      family: 'append',
      scenario: 'an append takes longer to prepare than the next one',
      breaks: 'appends keep their order',
    },
  ),
  'the leader alone acknowledges': without(
    { file: PRODUCE, changes: [['const ALL_IN_SYNC = -1;', 'const ALL_IN_SYNC = 1;']] },
    {
      family: 'append',
      scenario: 'something is to be appended',
      breaks: 'an append is acknowledged by all replicas in sync',
    },
  ),
  'the number of partitions is not compared': without(
    {
      file: TOPICS,
      changes: [['if (leaders.length === asked) continue;', 'if (leaders.length >= 0) continue;']],
    },
    {
      family: 'append',
      scenario: 'a topic has other partitions than are configured',
      breaks: 'nobody works on a topic whose keys have moved',
    },
  ),
  'all logs of a prefix are one': without(
    { file: LOG, changes: [['this.id = connections.clusterId;', 'this.id = options.prefix;']] },
    { family: 'append', scenario: 'a log is asked who it is', breaks: 'a log is told by its cluster' },
  ),
};
