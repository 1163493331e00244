import Type, { type TSchema } from 'typebox';
import type { Conversion, CustomerEvent, CustomerEventsRecord } from '../customer-events.ts';
import { EVENT_SCHEMAS, EVENT_TYPES, type EventData, type EventType } from '../event-types.ts';
import { Currency, EpochDay, EpochMs, Id, MAX_WHOLE_NUMBER, MinorUnits } from '../ids.ts';
import { CONTEXT_SCHEMA, DAY_SCHEMA, MINUTE_SCHEMA, REVIEW_SCHEMA } from './control-schemas.ts';
import { describes, taggedBeside, taggedInside } from './shapes.ts';
import { TRANSFER_SCHEMA } from './transfer-schema.ts';

/** The data of the given event types; the types of one family share a branch. */
export function eventData<T extends EventType>(title: string, types: readonly T[]) {
  const branches: { [family: string]: { [type: string]: TSchema } } = {};
  for (const type of types) {
    const family = type.slice(0, type.indexOf('.'));
    branches[family] = { ...branches[family], [type]: EVENT_SCHEMAS[type] };
  }
  return taggedBeside<EventData<T>>(title, 'type', branches);
}

const CONVERSION_SCHEMA = Type.Unsafe<Conversion>(
  Type.Object(
    {
      currency: Currency,
      amounts: Type.Array(
        Type.Object({ field: Type.String(), valueMinor: MinorUnits }, { title: 'ConvertedAmount' }),
        { description: 'as they came, in minor units of that currency, by field of data' },
      ),
      rate: Type.String({ description: 'how many of the currency of the tenant one of that one was worth' }),
      rateDay: EpochDay,
      ratesVersion: Type.String({ description: 'of the table of exchange rates' }),
    },
    { title: 'Conversion', description: 'the amounts of data are converted ones' },
  ),
);

export const CUSTOMER_EVENT_SCHEMA = Type.Unsafe<CustomerEvent>(
  Type.Object(
    {
      kind: Type.Literal('event'),
      tenant: Id,
      customerId: Id,
      id: Type.String({ description: 'CloudEvents id; identity is (tenant, source, id)' }),
      source: Type.String({ description: 'CloudEvents source' }),
      type: Type.Enum([...EVENT_TYPES]),
      time: EpochMs,
      day: EpochDay,
      receivedAt: EpochMs,
      historical: Type.Boolean({ description: 'loaded by an import: nothing is delivered because of it' }),
      sequence: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: MAX_WHOLE_NUMBER,
          description: "the source's own sequence per entity",
        }),
      ),
      data: eventData('EventData', EVENT_TYPES),
      redriven: Type.Optional(
        Type.String({ description: 'id of the quarantine entry that it was re-driven from' }),
      ),
      conversion: Type.Optional(CONVERSION_SCHEMA),
    },
    { title: 'CustomerEvent' },
  ),
);

/** The value of every record on `customer-events`. */
export const CUSTOMER_EVENTS_SCHEMA = describes<CustomerEventsRecord>()(
  taggedInside('CustomerEventsRecord', 'kind', {
    event: CUSTOMER_EVENT_SCHEMA,
    day: DAY_SCHEMA,
    review: REVIEW_SCHEMA,
    minute: MINUTE_SCHEMA,
    context: CONTEXT_SCHEMA,
    transfer: TRANSFER_SCHEMA,
  }),
);
