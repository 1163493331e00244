import { createRequire } from 'node:module';
import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeNumbersExact, readLong, type Tap, writeLong } from './exact-numbers.ts';

makeNumbersExact();
const GREATEST = Number.MAX_SAFE_INTEGER;
const BEYOND = -(2 ** 52) - 1;
const wholeNumbers = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .nat({ max: 53 })
    .chain((bits) => fc.constantFrom(2 ** bits, -(2 ** bits), 2 ** bits - 1, -(2 ** bits) + 1)),
);

describe('whole numbers in Avro', () => {
  it('come back as they were, up to the greatest there are', () => {
    const roundTrip = (value: number): number => {
      const tap: Tap = { buf: new Uint8Array(10), pos: 0 };
      writeLong.call(tap, value);
      const end = tap.pos;
      tap.pos = 0;
      const back = readLong.call(tap);
      expect(tap.pos).toBe(end);
      return back;
    };
    fc.assert(fc.property(wholeNumbers, (value) => roundTrip(value) === value));
    expect([GREATEST, -GREATEST, BEYOND, 0].map(roundTrip)).toEqual([GREATEST, -GREATEST, BEYOND, 0]);
  });

  it('have the bytes that the format says', () => {
    const long = avro.Type.forSchema('long');
    const bytes = (value: number) => long.toBuffer(value).toString('hex');
    expect([0, -1, 1, -64, 64, 8_192].map(bytes)).toEqual(['00', '01', '02', '7f', '8001', '808001']);
    fc.assert(
      fc.property(wholeNumbers, (value) => {
        let zigzag = BigInt(value) < 0n ? -BigInt(value) * 2n - 1n : BigInt(value) * 2n;
        const expected: number[] = [];
        for (; zigzag > 127n; zigzag >>= 7n) expected.push(Number(zigzag & 127n) | 128);
        const tap: Tap = { buf: new Uint8Array(10), pos: 0 };
        writeLong.call(tap, value);
        expect([...tap.buf.subarray(0, tap.pos)]).toEqual([...expected, Number(zigzag)]);
      }),
    );
  });

  it('would be lost by the library alone: the day it reads them right, this can go', () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve('avsc/lib/utils.js');
    const patched = require.cache[path];
    delete require.cache[path];
    const { Tap } = require(path);
    require.cache[path] = patched;
    const tap = new Tap(Buffer.alloc(10), 0);
    tap.writeLong(BEYOND);
    tap.pos = 0;
    expect(tap.readLong()).not.toBe(BEYOND);
  });
});
