import Type from 'typebox';
import { EVENT_TYPES } from '../event-types.ts';
import { eventData } from './customer-event-schemas.ts';

const Text = (description: string) => Type.Optional(Type.String({ description }));

/**
 * A CloudEvent as a source system may write it in Avro (structured mode). Everything may be absent here, so that the
 * schema can follow its producers; ingest checks each event as it checks JSON.
 */
export const SOURCE_EVENT_SCHEMA = Type.Object(
  {
    specversion: Text('CloudEvents version, 1.0'),
    id: Text('CloudEvents id; identity is (tenant, source, id)'),
    source: Text('CloudEvents source'),
    type: Text('CloudEvents type, for example agreement.created'),
    subject: Text('the customer'),
    time: Text('RFC 3339'),
    tenant: Text('extension: the tenant, where the key of the message does not name it'),
    partitionkey: Text('extension: what the sequence counts, where that is not the customer'),
    sequence: Type.Optional(Type.Integer({ description: "the source's own sequence per entity" })),
    sequencetype: Text('extension: Integer, where the sequence has no holes (1, 2, 3, ...)'),
    data: Type.Optional(eventData('EventData', EVENT_TYPES)),
  },
  { title: 'SourceEvent', description: 'What happened at a customer, as a CloudEvent.' },
);
