import { describe, expect, it } from 'vitest';
import { addTallies, formatTally, NOTHING, tallyOf, type VitestReport } from './tally.ts';

type FileReport = VitestReport['testResults'][number];

function fileOf(status: string, ...tests: readonly string[]): FileReport {
  const failureMessages = ['Error: 1 is not 2\n    at the place'];
  const assertionResults = tests.map((status) => ({ status, fullName: 'sums add up', failureMessages }));
  return { name: 'sums.test.ts', status, message: 'Error: no such file\n    in a hook', assertionResults };
}

const clean: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [fileOf('passed', 'passed')],
};

describe('counting a run of tests', () => {
  it('takes the counts of the report', () => {
    const report = { ...clean, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(tallyOf(report, 1)).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a file whose hook failed, so that its tests never ran, as one failure', () => {
    const hookFailed = fileOf('failed', 'skipped');
    const report = { ...clean, numFailedTests: 1, testResults: [...clean.testResults, hookFailed] };
    expect(tallyOf(report, 1).failed).toBe(2);
  });

  it('counts a file that could not be loaded as one failure', () => {
    const report = { ...clean, testResults: [...clean.testResults, fileOf('failed')] };
    const failures = ['sums.test.ts: Error: no such file'];
    expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0, failures });
  });

  it('names every test that failed, with the first line of why', () => {
    const report = { ...clean, numFailedTests: 1, testResults: [fileOf('failed', 'passed', 'failed')] };
    expect(tallyOf(report, 1).failures).toEqual(['sums.test.ts: sums add up: Error: 1 is not 2']);
  });

  it('does not call a run clean that ended badly', () => {
    expect(tallyOf(clean, 0).failed).toBe(0);
    expect(tallyOf(clean, 1).failed).toBe(1);
    expect(tallyOf(undefined, 0).failed).toBe(1);
  });
});

describe('the closing line', () => {
  it('adds up all tiers', () => {
    const sum = addTallies([
      NOTHING,
      { passed: 1, failed: 2, skipped: 3, failures: ['this', 'that'] },
      { passed: 10, failed: 0, skipped: 0, failures: [] },
    ]);
    expect(sum).toEqual({ passed: 11, failed: 2, skipped: 3, failures: ['this', 'that'] });
  });

  it('speaks of skipped tests only where there are any', () => {
    expect(formatTally({ passed: 5, failed: 0, skipped: 0 })).toBe('5 passed, 0 failed');
    expect(formatTally({ passed: 5, failed: 1, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped');
  });
});
