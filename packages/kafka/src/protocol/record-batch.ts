import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { StreamError } from '@bellwether/stream';
import { isAbortMarker } from '../kafkajs-patches.ts';
import type { AbortedTransactions } from './aborted-transactions.ts';
import { VarintReader } from './varint.ts';

/** A record as it lies in a partition. */
export interface RawRecord {
  readonly offset: number;
  readonly key: string;
  readonly timestampMs: number;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/*
 * Layout of a record batch (magic 2): first offset 8, length 4, leader epoch 4, magic 1, CRC 4, attributes 2, last
 * offset delta 4, first timestamp 8, last timestamp 8, producer id 8, producer epoch 2, first sequence 4, count 4.
 */
const LENGTH_AT = 8;
const AFTER_LENGTH = 12;
const MAGIC_AT = 16;
const ATTRIBUTES_AT = 21;
const LAST_DELTA_AT = 23;
const FIRST_TIMESTAMP_AT = 27;
const LAST_TIMESTAMP_AT = 35;
const PRODUCER_ID_AT = 43;
const COUNT_AT = 57;
const RECORDS_AT = 61;
const COMPRESSION = 0x07;
const APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** Record batches of one partition as a fetch answer has them. */
export interface ScannedBatches {
  /** Batches with records that may be read, in order. */
  readonly batches: readonly RecordBatch[];
  /** The offset after the last complete batch; undefined when there was none. */
  readonly nextOffset: number | undefined;
}

/**
 * Finds the batches in the bytes of a fetch answer. Those of aborted transactions and control batches are left out;
 * what is left of an incomplete batch at the end is ignored.
 * @throws StreamError `log-mismatch` when the topic is kept in a format older than Kafka 0.11
 */
export function scanBatches(bytes: Buffer, aborted: AbortedTransactions): ScannedBatches {
  const batches: RecordBatch[] = [];
  let nextOffset: number | undefined;
  let start = 0;
  while (start + RECORDS_AT <= bytes.length) {
    const end = start + AFTER_LENGTH + bytes.readInt32BE(start + LENGTH_AT);
    if (end > bytes.length) break;
    if (bytes[start + MAGIC_AT] !== 2) {
      throw new StreamError(
        'log-mismatch',
        'A topic is kept in a format from before Kafka 0.11: rewrite it.',
      );
    }
    const batch = new RecordBatch(bytes.subarray(start, end));
    aborted.stepTo(batch.lastOffset);
    if (batch.isControl) {
      if (batch.isAbort()) aborted.end(batch.producerId);
    } else if (!(batch.isTransactional && aborted.has(batch.producerId)) && batch.count > 0) {
      batches.push(batch);
    }
    nextOffset = batch.lastOffset + 1;
    start = end;
  }
  return { batches, nextOffset };
}

/** Records that were written together; they are decoded as they are asked for. */
export class RecordBatch {
  readonly #bytes: Buffer;
  readonly #attributes: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly count: number;
  readonly producerId: bigint;
  #reader: VarintReader | undefined;
  #read = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#attributes = bytes.readInt16BE(ATTRIBUTES_AT);
    this.firstOffset = Number(bytes.readBigInt64BE(0));
    this.lastOffset = this.firstOffset + bytes.readInt32BE(LAST_DELTA_AT);
    this.count = bytes.readInt32BE(COUNT_AT);
    this.producerId = bytes.readBigInt64BE(PRODUCER_ID_AT);
  }

  /** Bytes as they came over the wire. */
  get size(): number {
    return this.#bytes.length;
  }
  get isControl(): boolean {
    return (this.#attributes & CONTROL) !== 0;
  }
  get isTransactional(): boolean {
    return (this.#attributes & TRANSACTIONAL) !== 0;
  }
  /** Whether every record has been taken. */
  get isEmpty(): boolean {
    return this.#read >= this.count;
  }

  /** Of a control batch: whether it ends a transaction that was aborted. */
  isAbort(): boolean {
    const reader = new VarintReader(this.#records());
    reader.next();
    reader.position += 1;
    reader.next();
    reader.next();
    const key = reader.slice();
    return key !== undefined && isAbortMarker(key);
  }

  /** Takes records from `offset` on into `into`, until that holds `limit` of them or the batch is empty. */
  take(into: RawRecord[], { offset, limit }: { readonly offset: number; readonly limit: number }): void {
    this.#reader ??= new VarintReader(this.#records());
    const reader = this.#reader;
    const isAppendTime = (this.#attributes & APPEND_TIME) !== 0;
    const timeMs = Number(this.#bytes.readBigInt64BE(isAppendTime ? LAST_TIMESTAMP_AT : FIRST_TIMESTAMP_AT));
    while (this.#read < this.count && into.length < limit) {
      const length = reader.next();
      const end = reader.position + length;
      reader.position += 1;
      const deltaMs = reader.next();
      const at = this.firstOffset + reader.next();
      if (at >= offset) {
        const key = reader.text();
        const value = reader.slice() ?? null;
        const timestampMs = isAppendTime ? timeMs : timeMs + deltaMs;
        into.push({ offset: at, key, timestampMs, value, headers: readHeaders(reader) });
      }
      reader.position = end;
      this.#read += 1;
    }
  }

  #records(): Buffer {
    const records = this.#bytes.subarray(RECORDS_AT);
    const codec = this.#attributes & COMPRESSION;
    if (codec === 0) return records;
    if (codec === 1) return gunzipSync(records);
    if (codec === 4) return zstdDecompressSync(records);
    throw new StreamError(
      'log-mismatch',
      `A producer compresses its records with ${codec === 2 ? 'snappy' : 'lz4'}, which cannot be read here: ` +
        'set its compression.type to gzip, zstd or none.',
    );
  }
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

function readHeaders(reader: VarintReader): Readonly<Record<string, string>> {
  const count = reader.next();
  if (count <= 0) return NO_HEADERS;
  const headers: [string, string][] = [];
  for (let i = 0; i < count; i += 1) headers.push([reader.text(), reader.text()]);
  return Object.fromEntries(headers);
}
