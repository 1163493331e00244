import { type DestinationStream, destination as fileDescriptor, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that may hold secrets or person data: the one list for all services, at the top of an entry and one below. */
export const REDACTED_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'apiKey',
  'email',
  'phone',
  'contactName',
] as const;

/** How a logger is made. */
export interface LoggerOptions {
  /** Which part of the system speaks, the field `name` of each entry. */
  readonly name: string;
  readonly level: LogLevel;
  /** Where entries go; without it standard error, since standard output belongs to what a command answers. */
  readonly destination?: DestinationStream;
}

/**
 * A logger of JSON lines with RFC 3339 times. Not for the path of an event: a line costs as much as scoring one.
 * Entries are written at once, so that the last ones before a crash are not lost.
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths(), censor: '[redacted]' },
    },
    destination ?? fileDescriptor({ dest: 2, sync: true }),
  );
}

function redactedPaths(): string[] {
  return REDACTED_FIELDS.flatMap((field) => [field, `*.${field}`]);
}
