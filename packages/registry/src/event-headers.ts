import type {
  AlertRecord,
  CustomerChangesRecord,
  CustomerCurrent,
  ScoreChanged,
  TopicName,
} from '@bellwether/events';

type Headers = Readonly<Record<string, string>>;
export const AVRO = { 'content-type': 'application/avro' } as const satisfies Headers;

/** What CloudEvents 1.0 demands of every event. */
interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly timeMs: number;
  readonly subject?: string;
}

/**
 * Headers of a message. What other systems read carries its CloudEvents attributes (Kafka binding, binary mode), so
 * that it can be told apart, ordered and deduplicated without its schema; `sequence` is the record's own number, 1..n
 * without a gap per customer (and score).
 */
export function headersOf(topic: string, value: unknown): Headers {
  switch (topic as TopicName) {
    case 'customer-changes':
      return headersOfChange(value as CustomerChangesRecord);
    case 'alerts':
      return headersOfAlert(value as AlertRecord);
    case 'customer-current':
      return headersOfCurrent(value as CustomerCurrent);
    case 'score-ltv-changed':
    case 'score-rfm-changed':
    case 'score-health-changed':
      return headersOfScore(value as ScoreChanged);
    default:
      return AVRO;
  }
}

function headersOfChange(record: CustomerChangesRecord): Headers {
  switch (record.kind) {
    case 'change': {
      const { tenant, customerId, sequence, asOf } = record;
      const attributes = {
        id: `${customerId}:${sequence}`,
        source: `/bellwether/${tenant}/customer-changes`,
        type: 'bellwether.customer.changed',
        timeMs: asOf,
        subject: customerId,
      };
      return { ...cloudEvent(attributes), sequence: String(sequence) };
    }
    case 'action': {
      const { tenant, customerId, id, type, time } = record;
      const source = `/bellwether/${tenant}/actions`;
      return cloudEvent({ id, source, type: `bellwether.${type}`, timeMs: time, subject: customerId });
    }
    case 'day': {
      const { tenant, day, startsAt, slotFrom } = record;
      const source = `/bellwether/${tenant}/days`;
      return cloudEvent({ id: `${day}:${slotFrom}`, source, type: 'bellwether.day.begun', timeMs: startsAt });
    }
    case 'minute': {
      const id = String(record.asOf);
      return cloudEvent({
        id,
        source: '/bellwether/clock',
        type: 'bellwether.minute.passed',
        timeMs: record.asOf,
      });
    }
  }
}

function headersOfCurrent({ tenant, customerId, sequence, asOf }: CustomerCurrent): Headers {
  const attributes = {
    id: `${customerId}:${sequence}`,
    source: `/bellwether/${tenant}/customer-current`,
    type: 'bellwether.customer.current',
    timeMs: asOf,
    subject: customerId,
  };
  return { ...cloudEvent(attributes), sequence: String(sequence) };
}

function headersOfScore({ tenant, customerId, score, sequence, asOf }: ScoreChanged): Headers {
  const attributes = {
    id: `${customerId}:${score}:${sequence}`,
    source: `/bellwether/${tenant}/scores`,
    type: `bellwether.score.${score}.changed`,
    timeMs: asOf,
    subject: customerId,
  };
  return { ...cloudEvent(attributes), sequence: String(sequence) };
}

function headersOfAlert({ tenant, alertId, revision, state, changedAt, customerId }: AlertRecord): Headers {
  return cloudEvent({
    id: `${alertId}:${revision}`,
    source: `/bellwether/${tenant}/alerts`,
    type: `bellwether.alert.${state}`,
    timeMs: changedAt,
    subject: customerId,
  });
}

function cloudEvent({ id, source, type, timeMs, subject }: Attributes): Headers {
  return {
    ...AVRO,
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ce_time: new Date(timeMs).toISOString(),
    ...(subject === undefined ? {} : { ce_subject: subject }),
  };
}
