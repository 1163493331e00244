/** MurmurHash2 of an ASCII text, as in the Java client's default partitioner (seed 0x9747b28c). Unsigned 32 bit. */
export function murmur2(text: string, seed = 0x9747b28c): number {
  const length = text.length;
  const m = 0x5bd1e995;
  let h = (seed ^ length) | 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    let k =
      (text.charCodeAt(i) & 0xff) |
      ((text.charCodeAt(i + 1) & 0xff) << 8) |
      ((text.charCodeAt(i + 2) & 0xff) << 16) |
      ((text.charCodeAt(i + 3) & 0xff) << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = length - i;
  if (rest === 3) h ^= (text.charCodeAt(i + 2) & 0xff) << 16;
  if (rest >= 2) h ^= (text.charCodeAt(i + 1) & 0xff) << 8;
  if (rest >= 1) h = Math.imul(h ^ (text.charCodeAt(i) & 0xff), m);
  h ^= h >>> 13;
  h = Math.imul(h, m);
  return (h ^ (h >>> 15)) >>> 0;
}

/** The partition of a key, the same as Kafka's default partitioner gives. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}

export const SLOTS = 1024;
/** The slots of a whole tenant, both ends included. */
export const ALL_SLOTS = { slotFrom: 0, slotTo: SLOTS - 1 } as const;

/** A customer's slot, 0..1023: the unit in which a tenant's day is cut into bounded pieces of work. */
export function slotOf(customerId: string): number {
  return murmur2(customerId, 0x51075107) % SLOTS;
}

/** Eight characters (48 bits) that stand for a text in a list of recent ids. */
export function shortHash(text: string): string {
  const high = murmur2(text, 0x1b873593) & 0xffffff;
  const low = murmur2(text, 0xcc9e2d51) & 0xffffff;
  return sixBits(high) + sixBits(low);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function sixBits(value: number): string {
  return (
    ALPHABET.charAt(value >>> 18) +
    ALPHABET.charAt((value >>> 12) & 63) +
    ALPHABET.charAt((value >>> 6) & 63) +
    ALPHABET.charAt(value & 63)
  );
}
