import { partitionOf } from '@bellwether/events';
import {
  type EncodedValue,
  MAX_VALUE_BYTES,
  type OutputRecord,
  StreamError,
  type ValueCodec,
} from '@bellwether/stream';
import { type EncodedRecord, recordBytes } from '../protocol/encode-batch.ts';
import type { Topics } from '../topics.ts';

/** Records for one partition, in order. */
export interface PartitionRecords {
  /** The topic's name in Kafka. */
  readonly topic: string;
  readonly partition: number;
  readonly records: EncodedRecord[];
}

/** Largest record with its key and headers: it must fit a batch of 2 MiB. */
const MAX_RECORD_BYTES = 1_900_000;

/**
 * Everything that can be wrong with a record is found here, before anything is sent.
 * @throws StreamError `refused` for an unknown topic or partition, a value that is not JSON or is over 1 MiB
 */
export async function prepareRecords(
  records: readonly OutputRecord[],
  topics: Topics,
  codec: ValueCodec,
): Promise<PartitionRecords[]> {
  const places = records.map((record) => placeOf(record, topics));
  const values = await codec.encode(records);
  const byPlace = new Map<string, PartitionRecords>();
  records.forEach((record, index) => {
    const { topic, partition } = places[index] as { topic: string; partition: number };
    const encoded = encodeRecord(record, values[index]);
    const place = `${topic}/${partition}`;
    const known = byPlace.get(place);
    if (known) known.records.push(encoded);
    else byPlace.set(place, { topic, partition, records: [encoded] });
  });
  return [...byPlace.values()];
}

function placeOf(record: OutputRecord, topics: Topics): { topic: string; partition: number } {
  if (record.partition !== undefined) {
    return { topic: topics.at(record.topic, record.partition).kafkaName, partition: record.partition };
  }
  const { kafkaName, partitions } = topics.of(record.topic);
  return { topic: kafkaName, partition: partitionOf(record.key, partitions) };
}

function encodeRecord(record: OutputRecord, encoded: EncodedValue | undefined): EncodedRecord {
  if (!encoded) throw new StreamError('refused', `A record for ${record.topic} has no encoded value.`);
  const headers = Object.entries(encoded.headers).flatMap((header) =>
    header.map((text) => Buffer.from(text)),
  );
  const result = { key: Buffer.from(record.key), value: encoded.value, headers };
  const bytes = encoded.value?.length ?? 0;
  if (bytes > MAX_VALUE_BYTES) {
    throw new StreamError(
      'refused',
      `A record for ${record.topic} has a value of ${bytes} bytes; at most ${MAX_VALUE_BYTES} are allowed.`,
    );
  }
  if (recordBytes(result) > MAX_RECORD_BYTES) {
    throw new StreamError('refused', `A record for ${record.topic} is too large with its key and headers.`);
  }
  return result;
}
