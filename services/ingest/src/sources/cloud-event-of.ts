import type { SourceBody } from '@bellwether/events';
import { isJsonRecord, type JsonRecord } from './message-parts.ts';

const PREFIX = 'ce_';
/** What an attribute of a CloudEvent may be called (CloudEvents 1.0, 3.1). */
const ATTRIBUTE = /^[a-z0-9]{1,20}$/;

/**
 * The CloudEvent of a message, in the form of structured mode (Kafka binding 1.0): `content-type` tells whether the
 * body is all of it or, when there are headers `ce_*`, only its data. Undefined where the body is no object at all.
 */
export function cloudEventOf(
  headers: Readonly<Record<string, string>>,
  value: unknown,
  format: SourceBody['kind'],
): JsonRecord | undefined {
  if (!isBinaryMode(headers)) return isJsonRecord(value) ? plain(value, format) : undefined;
  const attributes: (readonly [string, unknown])[] = [];
  for (const [header, text] of Object.entries(headers)) {
    const name = header.slice(PREFIX.length);
    if (header.startsWith(PREFIX) && ATTRIBUTE.test(name)) attributes.push([name, text]);
  }
  // Made of entries, so that no name can be anything but a field.
  return Object.fromEntries([...attributes, ['data', value]]);
}

function isBinaryMode(headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-type']?.startsWith('application/cloudevents')) return false;
  return Object.keys(headers).some((name) => name.startsWith(PREFIX));
}

/**
 * An event in Avro says of its data what they were made of, which is of no interest any more, and may carry its time as
 * the milliseconds that Avro has a type for.
 */
function plain(event: JsonRecord, format: SourceBody['kind']): JsonRecord {
  if (format !== 'avro') return event;
  const { datacontenttype: _made, time, ...rest } = event;
  if (time === undefined) return rest;
  const isInstant = typeof time === 'number' && Math.abs(time) <= 8_640_000_000_000_000;
  return { ...rest, time: isInstant ? new Date(time).toISOString() : time };
}
