import { OperatorError } from './operator-error.ts';

/** Exit code of a fault of ours (EX_SOFTWARE of sysexits.h): it comes with a stack trace, to be reported. */
export const INTERNAL_FAULT_EXIT_CODE = 70;

/** The part of `process` that `runMain` needs. */
export interface MainProcess {
  readonly stderr: { write(text: string): unknown };
  readonly stdout: { on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown };
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  exit(code: number): unknown;
}

/**
 * Runs the main function of a program and turns what goes wrong into what its operator sees: one sentence for an
 * `OperatorError`, the stack and exit code 70 for anything else, also for errors that nobody awaited. A reader that
 * closes the pipe early (`| head`) is no error. When `main` resolves, the process ends once nothing is left open.
 */
export async function runMain(main: () => Promise<void>, host: MainProcess = process): Promise<void> {
  const fail = (error: unknown): void => {
    host.stderr.write(`${describe(error)}\n`);
    host.exit(error instanceof OperatorError ? error.exitCode : INTERNAL_FAULT_EXIT_CODE);
  };
  host.on('uncaughtException', fail);
  host.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') host.exit(0);
    else fail(error);
  });
  try {
    await main();
  } catch (error) {
    fail(error);
  }
}

function describe(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  if (!(error instanceof Error)) return `Internal fault: ${String(error)}`;
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(`\nCaused by: ${cause.stack ?? cause.message}`);
  }
  return `Internal fault: ${error.stack ?? error.message}${causes.join('')}`;
}
