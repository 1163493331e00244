export type StreamErrorCode =
  /** A newer owner took the partition over; this one must drop everything. */
  | 'fenced'
  /** The log or store did not answer or answered with a passing fault; taking over again may help. */
  | 'unavailable'
  /** A step threw on a record: a fault of ours, not of the input. */
  | 'step-failed'
  /** A known producer writes what its schema does not allow to be read. */
  | 'schema-break'
  /** A record that the log can never take (too large, no JSON value, unknown topic): a fault of whoever made it. */
  | 'refused'
  /** The log no longer holds what the store needs, or is another log. */
  | 'log-mismatch';

/** The one error class of the loop and its adapters. `retriable` says whether taking over again is worth a try. */
export class StreamError extends Error {
  readonly code: StreamErrorCode;
  readonly retriable: boolean;

  constructor(code: StreamErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StreamError';
    this.code = code;
    this.retriable = code === 'fenced' || code === 'unavailable';
  }
}
