import { createRequire } from 'node:module';

/** Where avsc reads and writes: a buffer and a place in it. */
export interface Tap {
  readonly buf: Uint8Array;
  pos: number;
}
interface NumberMethods {
  readLong(this: Tap): number;
  readInt(this: Tap): number;
  writeLong(this: Tap, value: number): void;
  writeInt(this: Tap, value: number): void;
}

/** A whole number in Avro's form: 7 bits a byte, the lowest bit of all is the sign. Exact as far as numbers are. */
export function readLong(this: Tap): number {
  const { buf } = this;
  const first = buf[this.pos++] ?? 0;
  let byte = first;
  let magnitude = (first & 0x7f) >>> 1;
  let factor = 64;
  while ((byte & 0x80) !== 0) {
    byte = buf[this.pos++] ?? 0;
    magnitude += (byte & 0x7f) * factor;
    factor *= 128;
  }
  return (first & 1) === 0 ? magnitude : -magnitude - 1;
}

/** The same the other way. */
export function writeLong(this: Tap, value: number): void {
  const { buf } = this;
  const isNegative = value < 0;
  let rest = isNegative ? -(value + 1) : value;
  let byte = (rest % 64) * 2 + (isNegative ? 1 : 0);
  rest = Math.floor(rest / 64);
  while (rest > 0) {
    buf[this.pos++] = byte | 0x80;
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  buf[this.pos++] = byte;
}

/**
 * avsc 5.7.9 doubles a number before it takes it apart, and so gives back another one, sign and all, for everything
 * below -2^52. These two take the sign first. In effect for the whole process.
 */
export function makeNumbersExact(): void {
  const { Tap } = createRequire(import.meta.url)('avsc/lib/utils.js') as {
    Tap: { prototype: NumberMethods };
  };
  Object.assign(Tap.prototype, { readLong, readInt: readLong, writeLong, writeInt: writeLong });
}
