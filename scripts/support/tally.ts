/** What a run of tests or checks came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, a line each: named again at the end of a run, whose beginning is long out of sight. */
  readonly failures: readonly string[];
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
export const ONE_PASSED: Tally = { ...NOTHING, passed: 1 };

export function oneFailed(what: string): Tally {
  return { ...NOTHING, failed: 1, failures: [what] };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
      failures: [...sum.failures, ...tally.failures],
    }),
    NOTHING,
  );
}

/** `12 passed, 0 failed`, with `, 3 skipped` only where something was. */
export function formatTally({ passed, failed, skipped }: Omit<Tally, 'failures'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What is read of the file that vitest's `json` reporter writes. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  /** Why the file failed outside its tests. */
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[];
  }[];
}

/**
 * Counts a run of vitest. A file that failed outside its tests (it could not be loaded, a hook failed) counts as one
 * failure, and so does a run that ended badly with no failure in its report or with no report at all.
 */
export function tallyOf(report: VitestReport | undefined, exitCode: number): Tally {
  if (report === undefined) return oneFailed('a run that ended without a report');
  const failedOutsideTests = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  const failed = report.numFailedTests + failedOutsideTests.length;
  const badEnd = failed === 0 && exitCode !== 0;
  return {
    passed: report.numPassedTests,
    failed: badEnd ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...report.testResults.flatMap(failedTestsOf),
      ...failedOutsideTests.map(({ name, message }) => `${name}: ${firstLineOf(message)}`),
      ...(badEnd ? [`a run of which no test failed ended with exit code ${exitCode}`] : []),
    ],
  };
}

function failedTestsOf({ name, assertionResults }: FileReport): string[] {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages = [] }) => `${name}: ${fullName}: ${firstLineOf(failureMessages[0])}`);
}

function firstLineOf(message = ''): string {
  return message.split('\n', 1)[0] || 'no reason was given';
}
