import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TopRows } from './top-rows.ts';

it('keeps the first rows of any input in order, as sorting all of it would', () => {
  const inputs = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 2_000, size: 'max' });
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: 300 }), (numbers, limit) => {
      const top = new TopRows<number>(limit, (a, b) => a - b);
      for (const number of numbers) top.add(number);
      expect(top.rows()).toEqual(numbers.toSorted((a, b) => a - b).slice(0, limit));
    }),
  );
});
