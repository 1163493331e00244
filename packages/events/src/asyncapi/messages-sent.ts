import type { TSchema } from 'typebox';
import { EVENT_SCHEMAS, EVENT_TYPES, type EventType } from '../event-types.ts';
import { Id } from '../ids.ts';
import { TOPIC_NAMES, TOPICS } from '../topics.ts';
import { CloudEvent } from '../validate-event.ts';
import type { JsonSchema } from './found-schemas.ts';

/** Topics that applications write. */
export const SENT_TOPICS = TOPIC_NAMES.filter((name) => TOPICS[name].writer === 'applications');

/** Types that applications may send; what people do at the board is not among them. */
export const SENT_TYPES = EVENT_TYPES.filter((type) => !type.startsWith('alert.'));

/** Headers of a message whose body is the whole event. */
export const SENT_HEADERS: JsonSchema = {
  type: 'object',
  properties: { 'content-type': { type: 'string', const: 'application/cloudevents+json' } },
  required: ['content-type'],
};

/** What all events have in common. */
export function envelopeSchema(): JsonSchema {
  const { type: _type, data: _data, sequence, ...properties } = CloudEvent.properties;
  return plain({
    type: 'object',
    properties: {
      ...properties,
      tenant: { ...Id, description: 'whose customer it is; not needed where the key names the tenant' },
      sequence: { ...sequence, description: "the source's own number" },
      sequencetype: {
        type: 'string',
        const: 'Integer',
        description: 'says that the numbers have no hole; missing ones are asked for',
      },
      partitionkey: { ...Id, description: 'what the numbers count, unless it is the customer' },
    },
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'],
  });
}

/** The message of one event type: a CloudEvent in JSON. */
export function sentMessage(type: EventType): JsonSchema {
  const data: TSchema = EVENT_SCHEMAS[type];
  return {
    name: type,
    contentType: 'application/cloudevents+json',
    headers: { $ref: '#/components/schemas/SentHeaders' },
    payload: {
      allOf: [
        { $ref: '#/components/schemas/CloudEvent' },
        { type: 'object', properties: { type: { type: 'string', const: type }, data: plain(data) } },
      ],
    },
    bindings: {
      kafka: { key: { type: 'string', description: 'tenant|customerId' }, bindingVersion: '0.5.0' },
    },
  };
}

/** What is written of a schema: no more than JSON has. */
function plain(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema));
}
