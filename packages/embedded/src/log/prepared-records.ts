import { partitionOf } from '@bellwether/events';
import { MAX_VALUE_BYTES, type OutputRecord, StreamError } from '@bellwether/stream';
import type { Lane, Lanes } from './lanes.ts';

/** A record that the log can take: its lane is known and its value is JSON of a legal size. */
export interface PreparedRecord {
  readonly lane: Lane;
  readonly key: string;
  readonly json: string;
}

/**
 * Everything that can be wrong with a record is found here, before a transaction is open.
 * @throws StreamError `refused` for an unknown topic or partition, a value that is not JSON or is over 1 MiB
 */
export function prepareRecords(lanes: Lanes, records: readonly OutputRecord[]): PreparedRecord[] {
  return records.map((record) => ({
    lane: laneOf(lanes, record),
    key: record.key,
    json: jsonOf(record),
  }));
}

function laneOf(lanes: Lanes, record: OutputRecord): Lane {
  if (record.partition !== undefined) return lanes.at(record.topic, record.partition);
  return lanes.at(record.topic, partitionOf(record.key, lanes.ofTopic(record.topic).length));
}

function jsonOf(record: OutputRecord): string {
  const json = stringify(record);
  // A UTF-16 unit takes at most three bytes in UTF-8, so nearly every value is known to fit without counting.
  if (json.length * 3 > MAX_VALUE_BYTES) {
    const bytes = Buffer.byteLength(json);
    if (bytes > MAX_VALUE_BYTES) {
      throw new StreamError(
        'refused',
        `A record for ${record.topic} has a value of ${bytes} bytes; at most ${MAX_VALUE_BYTES} are allowed.`,
      );
    }
  }
  return json;
}

function stringify(record: OutputRecord): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(record.value);
  } catch (cause) {
    throw new StreamError('refused', `A record for ${record.topic} has a value that is not JSON.`, { cause });
  }
  if (json === undefined) throw new StreamError('refused', `A record for ${record.topic} has no JSON value.`);
  return json;
}
