import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../kafkajs-internals.ts';
import { AbortedTransactions } from './aborted-transactions.ts';
import { type BatchProducer, encodeBatch, recordBytes } from './encode-batch.ts';
import { type RawRecord, type RecordBatch, scanBatches } from './record-batch.ts';
import { VarintReader, varintSize, writeVarint } from './varint.ts';

const PLAIN: BatchProducer = { producerId: -1n, producerEpoch: -1, sequence: -1, isTransactional: false };
const ATTRIBUTES_AT = 21;
const CONTROL = 0x20;
const text = (value: string) => ({ key: Buffer.from(value), value: Buffer.from(value), headers: [] });

function batchAt(offset: number, values: readonly string[], producer: BatchProducer = PLAIN): Buffer {
  const bytes = encodeBatch(values.map(text), producer, 1_000);
  bytes.writeBigInt64BE(BigInt(offset), 0);
  return bytes;
}
const transactional = (producerId: number): BatchProducer => ({
  producerId: BigInt(producerId),
  producerEpoch: 0,
  sequence: 0,
  isTransactional: true,
});
function markerAt(offset: number, producerId: number, type: 'abort' | 'commit'): Buffer {
  const key = Buffer.from([0, 0, 0, type === 'abort' ? 0 : 1]);
  const bytes = encodeBatch([{ key, value: Buffer.alloc(6), headers: [] }], transactional(producerId), 1_000);
  bytes.writeBigInt64BE(BigInt(offset), 0);
  bytes.writeInt16BE(bytes.readInt16BE(ATTRIBUTES_AT) | CONTROL, ATTRIBUTES_AT);
  return bytes;
}
function takeAll(batches: readonly RecordBatch[], offset = 0): RawRecord[] {
  const records: RawRecord[] = [];
  for (const batch of batches) batch.take(records, { offset, limit: Number.POSITIVE_INFINITY });
  return records;
}
const none = () => new AbortedTransactions([]);

describe('a number of variable length', () => {
  it('comes back, in as many bytes as were counted', () => {
    const number = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -70, max: 70 }));
    fc.assert(
      fc.property(number, (value) => {
        // Twice the number must be a safe integer; offsets and times in ms are far below.
        fc.pre(Math.abs(value) < 2 ** 51);
        const bytes = Buffer.alloc(12);
        const end = writeVarint(bytes, 0, value);
        expect(end).toBe(varintSize(value));
        const reader = new VarintReader(bytes);
        expect(reader.next()).toBe(value + 0);
        expect(reader.position).toBe(end);
      }),
    );
  });
});

describe('a record batch', () => {
  it('comes back as it was written, with keys, values, tombstones, headers and places', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    const word = fc.string({ unit: 'grapheme' }).map((value) => Buffer.from(value));
    const record = fc.record({
      key: word,
      value: fc.option(bytes),
      headers: fc.array(fc.tuple(word, word), { maxLength: 3 }).map((headers) => headers.flat()),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), fc.nat(2 ** 40), (records, offset) => {
        const encoded = encodeBatch(records, PLAIN, 1_700_000_000_000);
        encoded.writeBigInt64BE(BigInt(offset), 0);
        const { batches, nextOffset } = scanBatches(encoded, none());
        expect(nextOffset).toBe(offset + records.length);
        const found = takeAll(batches);
        found.forEach((each, index) => {
          const { key, value, headers } = records[index] as (typeof records)[0];
          expect(each.offset).toBe(offset + index);
          expect(each.key).toBe(key.toString());
          expect(each.value === null ? null : Buffer.from(each.value)).toEqual(value);
          expect(each.timestampMs).toBe(1_700_000_000_000);
          for (let i = 0; i < headers.length; i += 2)
            expect(Object.keys(each.headers)).toContain(headers[i]?.toString());
        });
        expect(found.length).toBe(records.length);
        expect(encoded.length).toBeLessThanOrEqual(
          61 + records.reduce((sum, each) => sum + recordBytes(each), 0),
        );
        expect(encoded.readUInt32BE(17)).toBe(crc32c(encoded.subarray(ATTRIBUTES_AT)));
      }),
    );
  });

  it('is taken from a given offset on, some records at a time', () => {
    const [batch] = scanBatches(batchAt(5, ['a', 'b', 'c', 'd']), none()).batches;
    const first: RawRecord[] = [];
    batch?.take(first, { offset: 6, limit: 2 });
    expect(first.map(({ offset, key }) => [offset, key])).toEqual([
      [6, 'b'],
      [7, 'c'],
    ]);
    expect(batch?.isEmpty).toBe(false);
    const rest: RawRecord[] = [];
    batch?.take(rest, { offset: 6, limit: 9 });
    expect(rest.map(({ key }) => key)).toEqual(['d']);
    expect(batch?.isEmpty).toBe(true);
  });

  it.each([
    ['gzip', 1, gzipSync],
    ['zstd', 4, zstdCompressSync],
  ] as const)('may be compressed with %s', (_name, codec, compress) => {
    const plain = batchAt(0, ['a', 'b']);
    const packed = Buffer.concat([plain.subarray(0, 61), compress(plain.subarray(61))]);
    packed.writeInt32BE(packed.length - 12, 8);
    packed.writeInt16BE(codec, ATTRIBUTES_AT);
    expect(takeAll(scanBatches(packed, none()).batches).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('in a compression that nobody can undo says whom to ask for another', () => {
    const packed = batchAt(0, ['a']);
    packed.writeInt16BE(3, ATTRIBUTES_AT);
    expect(() => takeAll(scanBatches(packed, none()).batches)).toThrow(/lz4.*compression.type/);
  });

  it('has the time of appending where the topic says so', () => {
    const bytes = batchAt(0, ['a']);
    bytes.writeInt16BE(0x08, ATTRIBUTES_AT);
    bytes.writeBigInt64BE(5_000n, 35);
    expect(takeAll(scanBatches(bytes, none()).batches)[0]?.timestampMs).toBe(5_000);
  });
});

describe('the batches of a fetch', () => {
  it('end where an incomplete one begins', () => {
    const bytes = Buffer.concat([batchAt(0, ['a']), batchAt(1, ['b']).subarray(0, -1)]);
    const { batches, nextOffset } = scanBatches(bytes, none());
    expect(takeAll(batches).map(({ key }) => key)).toEqual(['a']);
    expect(nextOffset).toBe(1);
    expect(scanBatches(batchAt(1, ['b']).subarray(0, 50), none()).nextOffset).toBeUndefined();
  });

  it('make progress where there is nothing to read: markers, aborted records, and batches that compaction emptied', () => {
    const emptied = batchAt(7, ['a', 'b', 'c']).subarray(0, 61);
    emptied.writeInt32BE(61 - 12, 8);
    emptied.writeInt32BE(0, 57);
    const bytes = Buffer.concat([
      batchAt(4, ['a'], transactional(9)),
      markerAt(5, 9, 'abort'),
      markerAt(6, 3, 'commit'),
      emptied,
    ]);
    const { batches, nextOffset } = scanBatches(
      bytes,
      new AbortedTransactions([{ producerId: 9n, firstOffset: 4 }]),
    );
    expect(batches).toEqual([]);
    expect(nextOffset).toBe(10);
  });

  it('leave out aborted records of transactions that overlap, whose key is an abort marker’s, and no others', () => {
    const bytes = Buffer.concat([
      batchAt(0, ['one'], transactional(1)),
      batchAt(1, ['two'], transactional(2)),
      batchAt(2, ['\0\0\0\0', 'one'], transactional(1)),
      markerAt(4, 2, 'abort'),
      batchAt(5, ['two again'], transactional(2)),
      batchAt(6, ['plain']),
      markerAt(7, 1, 'abort'),
      markerAt(8, 2, 'commit'),
      batchAt(9, ['one again'], transactional(1)),
    ]);
    const aborted = [
      { producerId: 2n, firstOffset: 1 },
      { producerId: 1n, firstOffset: 0 },
    ];
    const { batches, nextOffset } = scanBatches(bytes, new AbortedTransactions(aborted));
    expect(takeAll(batches).map(({ key }) => key)).toEqual(['two again', 'plain', 'one again']);
    expect(nextOffset).toBe(10);
  });

  it('of a topic from before Kafka 0.11 are refused', () => {
    const bytes = batchAt(0, ['a']);
    bytes[16] = 1;
    expect(() => scanBatches(bytes, none())).toThrow(/before Kafka 0.11/);
  });
});
