import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { ProblemError } from './problem.ts';

describe('a cursor', () => {
  it('leads back to the place it was made from', () => {
    const places = fc.record({
      id: fc.string(),
      values: fc.tuple(fc.option(fc.double({ noNaN: true })), fc.string()),
    });
    fc.assert(
      fc.property(places, ({ id, values }) => {
        fc.pre(Number.isFinite(values[0] ?? 0) && !Object.is(values[0], -0));
        expect(decodeCursor('list', encodeCursor('list', { id, values }), ['number?', 'string'])).toEqual({
          id,
          values,
        });
      }),
    );
  });

  it('is refused by any other list, and where its values are of another kind', () => {
    const cursor = encodeCursor('customers value desc', { id: 'c1', values: [5] });
    expect(() => decodeCursor('customers value asc', cursor, ['number'])).toThrow(ProblemError);
    expect(() => decodeCursor('customers value desc', cursor, ['string'])).toThrow(ProblemError);
    expect(() => decodeCursor('customers value desc', cursor, [])).toThrow(ProblemError);
  });

  it('that is any other text is a problem, never an error of ours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(btoaSafe)), (text) => {
        expect(() => decodeCursor('list', text, ['number'])).toThrow(ProblemError);
      }),
    );
  });
});

function btoaSafe(text: string): string {
  return Buffer.from(text).toString('base64url');
}
