import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePositions, encodePositions } from './positions.ts';

describe('positions of the stream', () => {
  it('come back as they were', () => {
    const lanes = fc
      .tuple(fc.constantFrom('c', 'a'), fc.nat({ max: 9_999 }))
      .map(([letter, n]) => `${letter}${n}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(lanes, fc.nat()), { minLength: 1, selector: ([lane]) => lane }),
        (steps) => {
          expect(decodePositions(encodePositions(new Map(steps)))).toEqual(new Map(steps));
        },
      ),
    );
  });

  it.each(['', 'x0-1', 'c0', 'c0-', 'c0--1', 'c0-1.', 'c0-1e9', 'c99999-1', 'c0-1;a0-1', '.'.repeat(5_000)])(
    'are not made from %j',
    (text) => {
      expect(decodePositions(text)).toBeUndefined();
    },
  );
});
