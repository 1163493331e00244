import { describe, expect, it } from 'vitest';
import { healthOf, ltvOf, situationOf } from '../test-support/records.ts';
import { describeChange } from './describe-change.ts';

describe('a change in words', () => {
  it.each([
    [healthOf(4_600, { previous: 7_100 }), 'Health 71.0 → 46.0 (at-risk)'],
    [healthOf(4_600), 'Health 46.0 (at-risk)'],
    [healthOf(null, { previous: 4_600 }), 'Health 46.0 → not-scorable'],
    [{ ...ltvOf(150), previous: 100 }, 'Value 1.00 USD → 1.50 USD'],
    [{ ...ltvOf(100), previous: 100 }, 'Value stays at 1.00 USD'],
    [situationOf('renewal.due', { text: 'SOW s1 ends in 30 days' }), 'SOW s1 ends in 30 days'],
  ])('%# reads as expected', (change, text) => {
    expect(describeChange(change)).toBe(text);
  });
});
