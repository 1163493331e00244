import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { MAX_JSON_DEPTH } from './parse-json-text.ts';
import { firstInvalidByte } from './utf8.ts';

describe('JSON from outside', () => {
  it('is parsed when it is UTF-8 and JSON', () => {
    expect(parseJson(Buffer.from('{"name":"Zoë"}'))).toEqual({ ok: true, value: { name: 'Zoë' } });
  });

  it.each(['', '{', '{"a":NaN}', "{'a':1}", '{"a":1,}', '[1 2]', '\u0000'])('refuses %j', (text) => {
    expect(parseJson(Buffer.from(text))).toMatchObject({ ok: false, reason: 'not-json' });
  });

  it('names the first byte that is not UTF-8', () => {
    expect(parseJson(Buffer.from([0x22, 0x5a, 0x6f, 0xeb, 0x22]))).toEqual({
      ok: false,
      reason: 'not-utf8',
      fault: { path: '/', expected: 'UTF-8 text', got: 'byte 0xEB at position 3' },
    });
  });

  it('is not nested without end: what is too deep is refused before anything recurses into it', () => {
    const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));
    expect(parseJson(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(parseJson(nested(100_000))).toMatchObject({ reason: 'not-json', fault: { got: '100000 levels' } });
    expect(parseJson(Buffer.from(JSON.stringify('[{'.repeat(100)))).ok).toBe(true);
    expect(parseJson(Buffer.from(JSON.stringify('\\"['.repeat(100)))).ok).toBe(true);
  });
});

describe('the first invalid byte', () => {
  it('is where the longest valid beginning ends', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 4 }), (head, tail) => {
        const all = Buffer.concat([head, Buffer.alloc(4_090 - (head.length % 7), 0x61), tail]);
        const at = firstInvalidByte(all);
        expect(isUtf8(all.subarray(0, at))).toBe(true);
        expect(at === all.length).toBe(isUtf8(all));
        for (let length = 1; length <= 4 && at + length <= all.length; length += 1) {
          expect(isUtf8(all.subarray(at, at + length))).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
