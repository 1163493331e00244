import type { TSchema } from 'typebox';
import { TOPIC_SCHEMAS } from '../schemas/topic-schemas.ts';
import { TOPIC_NAMES, TOPICS, type TopicName } from '../topics.ts';
import type { FoundSchemas, JsonSchema } from './found-schemas.ts';

/** Topics that applications read. */
export const RECEIVED_TOPICS = TOPIC_NAMES.filter((name) => TOPICS[name].readers === 'applications');

/** What the headers of a topic's messages say; undefined: nothing but how the value is written. */
interface Told {
  /** CloudEvents types. */
  readonly types: readonly string[];
  readonly subject: 'always' | 'sometimes';
  /** The header `sequence`, and what it counts. */
  readonly sequence?: { readonly of: string; readonly on: 'every message' | 'changes' };
}

const TOLD: { readonly [Name in TopicName]?: Told } = {
  'customer-changes': {
    types: [
      'bellwether.customer.changed',
      'bellwether.alert.acknowledged',
      'bellwether.day.begun',
      'bellwether.minute.passed',
    ],
    subject: 'sometimes',
    sequence: { of: 'the changes of a customer', on: 'changes' },
  },
  'customer-current': {
    types: ['bellwether.customer.current'],
    subject: 'always',
    sequence: { of: 'the changes of a customer', on: 'every message' },
  },
  'score-ltv-changed': scoreTold('ltv'),
  'score-rfm-changed': scoreTold('rfm'),
  'score-health-changed': scoreTold('health'),
  alerts: {
    types: ['bellwether.alert.raised', 'bellwether.alert.acknowledged', 'bellwether.alert.resolved'],
    subject: 'always',
  },
};

function scoreTold(score: string): Told {
  const sequence = { of: `the changes of this score of a customer`, on: 'every message' } as const;
  return { types: [`bellwether.score.${score}.changed`], subject: 'always', sequence };
}

/** The message that a topic carries to applications: Avro with the id of its schema, CloudEvents in its headers. */
export function receivedMessage(topic: TopicName, schemas: FoundSchemas): JsonSchema {
  const schema: TSchema & { readonly title?: string } = TOPIC_SCHEMAS[topic];
  return {
    name: schema.title ?? topic,
    summary: TOPICS[topic].about,
    contentType: 'application/avro',
    headers: headersOf(TOLD[topic]),
    payload: schemas.of(schema),
    bindings: {
      kafka: {
        key: { type: 'string', description: TOPICS[topic].key },
        schemaIdLocation: 'payload',
        schemaIdPayloadEncoding: 'confluent',
        schemaLookupStrategy: 'TopicIdStrategy',
        bindingVersion: '0.5.0',
      },
    },
  };
}

function headersOf(told: Told | undefined): JsonSchema {
  const contentType = { type: 'string', const: 'application/avro' };
  if (told === undefined) return headers({ 'content-type': contentType }, []);
  const { types, subject, sequence } = told;
  const optional = subject === 'sometimes' ? ['ce_subject'] : [];
  if (sequence?.on === 'changes') optional.push('sequence');
  return headers(
    {
      'content-type': contentType,
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { type: 'string', description: 'unique for its ce_source' },
      ce_source: { type: 'string' },
      ce_type: { type: 'string', examples: types },
      ce_time: { type: 'string', format: 'date-time', description: 'the instant that the values hold for' },
      ce_subject: { type: 'string', description: 'the customer' },
      ...(sequence === undefined ? {} : { sequence: counting(sequence.of) }),
    },
    optional,
  );
}

function counting(what: string): JsonSchema {
  return { type: 'string', pattern: '^[1-9][0-9]*$', description: `1, 2, 3 … counts ${what}` };
}

function headers(properties: JsonSchema, optional: readonly string[]): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}
