import { describe, expect, it } from 'vitest';
import { pace } from './progress.ts';

describe('the pace of long work', () => {
  it.each([
    ['half done', { done: 500, total: 1_000, elapsedMs: 5_000 }, { rate: 100, left: '5 s' }],
    [
      'a rest of less than a second',
      { done: 999, total: 1_000, elapsedMs: 9_990 },
      { rate: 100, left: '1 s' },
    ],
    [
      'just under a minute and a half',
      { done: 10, total: 900, elapsedMs: 1_000 },
      { rate: 10, left: '89 s' },
    ],
    ['a minute and a half and more', { done: 10, total: 910, elapsedMs: 1_000 }, { rate: 10, left: '2 min' }],
    ['all done', { done: 1_000, total: 1_000, elapsedMs: 2_000 }, { rate: 500, left: '0 s' }],
  ])('with %s tells the rate and the time left', (_name, { done, total, elapsedMs }, told) => {
    expect(pace(done, total, elapsedMs)).toEqual(told);
  });

  it.each([
    ['nothing is done yet', { done: 0, elapsedMs: 5_000 }],
    ['no time has passed', { done: 10, elapsedMs: 0 }],
    ['less than one record in two seconds is done', { done: 1, elapsedMs: 60_000 }],
  ])('is unknown while %s', (_name, { done, elapsedMs }) => {
    expect(pace(done, 1_000, elapsedMs)).toEqual({ rate: 0, left: 'unknown time' });
  });
});
