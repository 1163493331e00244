import { crc32c } from '../kafkajs-internals.ts';
import { varintSize, writeVarint } from './varint.ts';

/** A record on its way into a partition. */
export interface EncodedRecord {
  readonly key: Buffer;
  readonly value: Uint8Array | null;
  /** Names and values of the headers in turn, as UTF-8. */
  readonly headers: readonly Buffer[];
}

/** Who writes a batch, and which of its batches in the partition it is. */
export interface BatchProducer {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly sequence: number;
  readonly isTransactional: boolean;
}

const HEADER_BYTES = 61;
const TRANSACTIONAL = 0x10;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;

/** Bytes that a record takes in a batch at most. */
export function recordBytes(record: EncodedRecord): number {
  return bodyBytes(record, Number.MAX_SAFE_INTEGER) + 5;
}

function bodyBytes({ key, value, headers }: EncodedRecord, index: number): number {
  let bytes = 2 + varintSize(index) + varintSize(key.length) + key.length;
  bytes += value === null ? 1 : varintSize(value.length) + value.length;
  bytes += varintSize(headers.length / 2);
  for (const header of headers) bytes += varintSize(header.length) + header.length;
  return bytes;
}

/** One record batch (magic 2), not compressed. */
export function encodeBatch(
  records: readonly EncodedRecord[],
  producer: BatchProducer,
  timestampMs: number,
): Buffer {
  const sizes = records.map(bodyBytes);
  const total = sizes.reduce((sum, size) => sum + varintSize(size) + size, HEADER_BYTES);
  const bytes = Buffer.allocUnsafe(total);
  bytes.writeBigInt64BE(0n, 0);
  bytes.writeInt32BE(total - 12, 8);
  bytes.writeInt32BE(0, 12);
  bytes[16] = 2;
  bytes.writeInt16BE(producer.isTransactional ? TRANSACTIONAL : 0, ATTRIBUTES_AT);
  bytes.writeInt32BE(records.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(timestampMs), 27);
  bytes.writeBigInt64BE(BigInt(timestampMs), 35);
  bytes.writeBigInt64BE(producer.producerId, 43);
  bytes.writeInt16BE(producer.producerEpoch, 51);
  bytes.writeInt32BE(producer.sequence, 53);
  bytes.writeInt32BE(records.length, 57);
  let at = HEADER_BYTES;
  records.forEach((record, index) => {
    at = writeVarint(bytes, at, sizes[index] ?? 0);
    at = writeRecord(bytes, at, { record, index });
  });
  bytes.writeUInt32BE(crc32c(bytes.subarray(ATTRIBUTES_AT)), CRC_AT);
  return bytes;
}

function writeRecord(
  bytes: Buffer,
  start: number,
  { record, index }: { readonly record: EncodedRecord; readonly index: number },
): number {
  const { key, value, headers } = record;
  bytes[start] = 0;
  let at = writeVarint(bytes, start + 1, 0);
  at = writeVarint(bytes, at, index);
  at = writeBytes(bytes, at, key);
  at = value === null ? writeVarint(bytes, at, -1) : writeBytes(bytes, at, value);
  at = writeVarint(bytes, at, headers.length / 2);
  for (const header of headers) at = writeBytes(bytes, at, header);
  return at;
}

function writeBytes(bytes: Buffer, start: number, value: Uint8Array): number {
  const at = writeVarint(bytes, start, value.length);
  bytes.set(value, at);
  return at + value.length;
}
