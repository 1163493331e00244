import { TOMBSTONES_KEPT_MS, TOPICS, type Topic, type TopicName } from '../topics.ts';
import { FoundSchemas, type JsonSchema } from './found-schemas.ts';
import { RECEIVED_TOPICS, receivedMessage } from './messages-received.ts';
import { envelopeSchema, SENT_HEADERS, SENT_TOPICS, SENT_TYPES, sentMessage } from './messages-sent.ts';

/** Version of the contract, as it stands in the document. */
export const CONTRACT_VERSION = '0.1.0';

const DESCRIPTION = [
  'What applications may send to Bellwether over Kafka, and what they may rely on reading (docs/consuming.md).',
  'Whoever sends writes CloudEvents: the whole event as JSON, as described here; its data as JSON with the attributes ' +
    "in headers `ce_*` (binary mode); or Avro, with the schema of the topic's subject or one of their own.",
  "Whoever receives reads Avro in Confluent's wire format, with the subject `<prefix>.<topic>-value`. Payloads are " +
    'described as a reader finds them: what may be absent is null, and a value of several shapes has a field for each ' +
    'of them, all but one null. Later versions may add fields and members of lists: pass over what is not known.',
].join('\n\n');

/**
 * The contract with applications as an AsyncAPI 3.0 document (N12), made of the topic catalogue and the schemas:
 * operations are told from the application's point of view. The same document every time.
 */
export function asyncApiDocument(): JsonSchema {
  const schemas = new FoundSchemas();
  const received = RECEIVED_TOPICS.map((topic) => [idOf(topic), receivedMessage(topic, schemas)] as const);
  const sent = SENT_TYPES.map((type) => [idOf(type), sentMessage(type)] as const);
  const sentIds = sent.map(([id]) => id);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Bellwether',
      version: CONTRACT_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/avro',
    servers: { kafka: kafkaServer() },
    channels: {
      ...channelsOf(SENT_TOPICS, () => sentIds),
      ...channelsOf(RECEIVED_TOPICS, (topic) => [idOf(topic)]),
    },
    operations: {
      ...operationsOf(SENT_TOPICS, 'send'),
      ...operationsOf(RECEIVED_TOPICS, 'receive'),
    },
    components: {
      messages: { ...Object.fromEntries(sent), ...Object.fromEntries(received) },
      schemas: { CloudEvent: envelopeSchema(), SentHeaders: SENT_HEADERS, ...schemas.named },
    },
  };
}

function kafkaServer(): JsonSchema {
  return {
    host: '{brokers}',
    protocol: 'kafka',
    description: 'Read what is committed only (isolation level read_committed).',
    variables: { brokers: { default: '127.0.0.1:29092', description: 'host:port of a broker' } },
    bindings: {
      kafka: {
        schemaRegistryUrl: 'http://127.0.0.1:28081/apis/ccompat/v7',
        schemaRegistryVendor: 'confluent',
        bindingVersion: '0.5.0',
      },
    },
  };
}

function channelsOf(
  topics: readonly TopicName[],
  messagesOf: (topic: TopicName) => readonly string[],
): JsonSchema {
  return Object.fromEntries(
    topics.map((name) => {
      const topic: Topic = TOPICS[name];
      const messages = messagesOf(name).map((id) => [id, { $ref: `#/components/messages/${id}` }]);
      const channel = {
        address: `{prefix}.${name}`,
        title: name,
        description: topic.about,
        parameters: {
          prefix: { default: 'bellwether', description: 'the installation' },
        },
        messages: Object.fromEntries(messages),
        bindings: {
          kafka: {
            ...(topic.partitions === 'one' ? { partitions: 1 } : {}),
            topicConfiguration: {
              'cleanup.policy': [topic.cleanup === 'compact' ? 'compact' : 'delete'],
              'retention.ms': -1,
              ...(topic.cleanup === 'compact' ? { 'delete.retention.ms': TOMBSTONES_KEPT_MS } : {}),
            },
            bindingVersion: '0.5.0',
          },
        },
      };
      return [idOf(name), channel];
    }),
  );
}

function operationsOf(topics: readonly TopicName[], action: 'send' | 'receive'): JsonSchema {
  return Object.fromEntries(
    topics.map((name) => {
      const id = idOf(name);
      const operation = { action, channel: { $ref: `#/channels/${id}` }, summary: TOPICS[name].about };
      return [`${action}${id.charAt(0).toUpperCase()}${id.slice(1)}`, operation];
    }),
  );
}

/** `score-ltv-changed` and `agreement.created` as `scoreLtvChanged` and `agreementCreated`. */
function idOf(name: string): string {
  return name.replace(/[-.]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
