import { StreamError } from '@bellwether/stream';

/** Error codes of Kafka that mean something of their own here. */
export const CODE = {
  UNKNOWN_SERVER_ERROR: -1,
  OFFSET_OUT_OF_RANGE: 1,
  NOT_COORDINATOR: 16,
  ILLEGAL_GENERATION: 22,
  UNKNOWN_MEMBER: 25,
  REBALANCE_IN_PROGRESS: 27,
  TOPIC_ALREADY_EXISTS: 36,
  DUPLICATE_SEQUENCE: 46,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  INVALID_PRODUCER_ID_MAPPING: 49,
  CONCURRENT_TRANSACTIONS: 51,
  PRODUCER_FENCED: 90,
} as const;

/** Somebody else took the transactional id, ended its transaction or moved it to another producer id. */
const FENCED: readonly number[] = [
  CODE.INVALID_PRODUCER_EPOCH,
  CODE.INVALID_TXN_STATE,
  CODE.INVALID_PRODUCER_ID_MAPPING,
  CODE.PRODUCER_FENCED,
];

/** The error code of a broker's answer; undefined for an error of another kind. */
export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  // kafkajs' table of codes ends at 88: later ones have the code only in their message.
  const unknown = /^Unknown error code (\d+)$/.exec(error.message)?.[1];
  if (unknown !== undefined) return Number(unknown);
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** Whether an error says that a newer session took over. */
export function isFencing(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && FENCED.includes(code);
}

/** Whether a broker has answered that it may be asked again; another broker (`NOT_COORDINATOR`) is not it. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined || code === CODE.NOT_COORDINATOR) return false;
  return code === CODE.CONCURRENT_TRANSACTIONS || (error as { retriable?: boolean }).retriable === true;
}

/** A passing fault of the log as the loop knows it. */
export function unavailable(what: string, cause: unknown): StreamError {
  if (cause instanceof StreamError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StreamError('unavailable', `${what}: ${reason}`, { cause });
}

/** Bytes of a partition that are no records, or in a form that is not known here. */
export function damaged(
  place: { readonly topic: string; readonly partition: number },
  cause: unknown,
): StreamError {
  if (cause instanceof StreamError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StreamError(
    'log-mismatch',
    `The records of ${place.topic}/${place.partition} cannot be read: ${reason}`,
    {
      cause,
    },
  );
}
