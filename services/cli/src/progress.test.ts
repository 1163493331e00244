import { describe, expect, it } from 'vitest';
import { createProgress, pace } from './progress.ts';
import { showImport } from './show-import.ts';

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

describe('progress where there is no terminal', () => {
  /** What is written, by a clock that the test moves. */
  function written() {
    const told: string[] = [];
    let nowMs = 0;
    const output = { isTTY: false, write: (text: string) => told.push(text) > 0 } as const;
    const progress = createProgress('Importing a.csv', output as never, () => nowMs);
    return {
      progress,
      told,
      after: (seconds: number) => {
        nowMs += 1_000 * seconds;
      },
    };
  }
  const come = {
    phase: 'reading',
    rowsRead: 12_000,
    badRows: 0,
    eventsSorted: 0,
    appended: 0,
    perSecond: 3_000,
    percent: 34.9,
    leftS: 8,
  } as const;

  it('tells the rows of an import a second, the percentage and the time left, every three seconds', () => {
    const { progress, told, after } = written();
    showImport(progress, come);
    after(3);
    showImport(progress, come);
    showImport(progress, { ...come, percent: 36 });
    after(3);
    showImport(progress, {
      ...come,
      phase: 'appending',
      appended: 700,
      perSecond: 50,
      percent: 60,
      leftS: 200,
    });
    expect(told).toEqual([
      'Importing a.csv: 34 % (12000 rows), 3000 rows/s, 8 s left\n',
      'Importing a.csv: 60 % (700 records), 50 records/s, 4 min left\n',
    ]);
  });

  it('tells what is known where the size is not', () => {
    const { progress, told, after } = written();
    after(3);
    showImport(progress, { ...come, percent: null, leftS: null });
    expect(told).toEqual(['Importing a.csv: (12000 rows), 3000 rows/s, unknown time left\n']);
  });

  it('tells once that all is done, and again of what comes after it', () => {
    const { progress, told, after } = written();
    for (const done of [5, 10, 10, 10, 2]) {
      after(3);
      progress.update(done, 10);
    }
    progress.finish('Done.');
    expect(told).toEqual([
      'Importing a.csv: 50 % (5 of 10), 2/s, 3 s left\n',
      'Importing a.csv: 100 % (10 of 10), 2/s, 0 s left\n',
      'Importing a.csv: 20 % (2 of 10), 0/s, unknown time left\n',
      'Done.\n',
    ]);
  });
});
