import { describe, expect, it } from 'vitest';
import { addTallies, formatTally, NOTHING, tallyOf, type VitestReport } from './tally.ts';

const clean: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('counting a run of tests', () => {
  it('takes the counts of the report', () => {
    const report = { ...clean, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a file whose hook failed, so that its tests never ran, as one failure', () => {
    const hookFailed = { status: 'failed', assertionResults: [{ status: 'skipped' }] };
    const report = { ...clean, numFailedTests: 1, testResults: [...clean.testResults, hookFailed] };
    expect(tallyOf(report, 1).failed).toBe(2);
  });

  it('counts a file that could not be loaded as one failure', () => {
    const report = {
      ...clean,
      testResults: [...clean.testResults, { status: 'failed', assertionResults: [] }],
    };
    expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
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
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 0, skipped: 0 },
    ]);
    expect(sum).toEqual({ passed: 11, failed: 2, skipped: 3 });
  });

  it('speaks of skipped tests only where there are any', () => {
    expect(formatTally({ passed: 5, failed: 0, skipped: 0 })).toBe('5 passed, 0 failed');
    expect(formatTally({ passed: 5, failed: 1, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped');
  });
});
