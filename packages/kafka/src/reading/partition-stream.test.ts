import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../protocol/encode-batch.ts';
import type { FetchedPartition } from '../protocol/fetch.ts';
import { PartitionStream } from './partition-stream.ts';

const PLAIN = { producerId: -1n, producerEpoch: -1, sequence: -1, isTransactional: false };

function batchAt(offset: number, count: number, valueBytes = 10): Buffer {
  const records = Array.from({ length: count }, (_, index) => ({
    key: Buffer.from(`k${offset + index}`),
    value: Buffer.alloc(valueBytes),
    headers: [],
  }));
  const bytes = encodeBatch(records, PLAIN, 0);
  bytes.writeBigInt64BE(BigInt(offset), 0);
  return bytes;
}
const fetched = (records: Buffer, lastStableOffset: number): FetchedPartition => ({
  topic: 't',
  partition: 0,
  errorCode: 0,
  lastStableOffset,
  aborted: [],
  records,
});
const keys = (records: readonly { readonly key: string }[]) => records.map(({ key }) => key);

describe('what lies ready of a partition', () => {
  it('is handed out in order, at most as many as asked for, and found again by where its reader goes on', () => {
    const stream = new PartitionStream('t', 0, 2);
    stream.accept(fetched(Buffer.concat([batchAt(0, 4), batchAt(4, 2)]), 6));
    expect(keys(stream.take(3))).toEqual(['k2', 'k3', 'k4']);
    expect(stream.readOffset).toBe(5);
    expect(stream.fetchOffset).toBe(6);
    expect(keys(stream.take(3))).toEqual(['k5']);
    expect(stream.hasRecords).toBe(false);
    expect(stream.bytes).toBe(0);
  });

  it('is enough at some point, and fetched again when it has been read', () => {
    const stream = new PartitionStream('t', 0, 0);
    for (let offset = 0; stream.hasRoom; offset += 1)
      stream.accept(fetched(batchAt(offset, 1, 200_000), 100));
    expect(stream.bytes).toBeGreaterThanOrEqual(4 * 1_048_576);
    expect(stream.bytes).toBeLessThan(5 * 1_048_576);
    stream.take(100);
    expect(stream.hasRoom).toBe(true);
  });

  it('asks for more bytes when a batch does not fit, until it does', () => {
    const stream = new PartitionStream('t', 0, 0);
    const usual = stream.target().maxBytes;
    stream.accept(fetched(batchAt(0, 1, 5_000).subarray(0, 2_000), 1));
    expect(stream.target().maxBytes).toBe(4 * usual);
    stream.accept(fetched(batchAt(0, 1, 5_000), 1));
    expect(stream.target().maxBytes).toBe(usual);
    stream.accept(fetched(Buffer.alloc(0), 1));
    expect(stream.target().maxBytes).toBe(usual);
  });

  it('wakes its reader when something came or can never come, and not before its time otherwise', async () => {
    const stream = new PartitionStream('t', 0, 0);
    let woken = 0;
    const wait = () => stream.change(60_000).then(() => (woken += 1));
    const first = wait();
    await Promise.resolve();
    expect(woken).toBe(0);
    stream.accept(fetched(batchAt(0, 1), 1));
    await first;
    const second = wait();
    stream.wake();
    await second;
    expect(woken).toBe(2);
    await stream.change(60_000, AbortSignal.timeout(1));
  });
});
