/**
 * A mistake of whoever runs the program (a wrong option, a port that is taken, a folder in use). Its message is all
 * they are shown: one plain sentence that says what to do, never a stack trace.
 */
export class OperatorError extends Error {
  /** What the process ends with, 1..125. */
  readonly exitCode: number;

  constructor(message: string, options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'OperatorError';
    this.exitCode = options.exitCode ?? 1;
  }
}
