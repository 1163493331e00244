import { describe, expect, it } from 'vitest';
import { murmur2, partitionOf, SLOTS, shortHash, slotOf } from './hash.ts';

describe('the partition of a key', () => {
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])("is the one that Kafka's own client computes (its published vectors): %s", (text, signed) => {
    expect(murmur2(text) | 0).toBe(signed);
  });

  it('spreads customers evenly', () => {
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 6_000; i++) {
      const partition = partitionOf(`acme|customer-${i}`, 6);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(850);
  });
});

describe('slots and short hashes', () => {
  it('gives every slot some customers and stays in range', () => {
    const slots = new Set(Array.from({ length: 20_000 }, (_, i) => slotOf(`customer-${i}`)));
    expect(slots.size).toBe(SLOTS);
    expect(Math.max(...slots)).toBe(SLOTS - 1);
  });

  it('stands for an id with eight characters that do not collide among 100,000', () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => shortHash(`crm\u0000event-${i}`)));
    expect(hashes.size).toBe(100_000);
    for (const hash of [...hashes].slice(0, 100)) expect(hash).toMatch(/^[A-Za-z0-9_-]{8}$/);
  });
});
