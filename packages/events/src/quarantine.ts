/** Why an input was quarantined: a closed list, each with a sentence in docs/quarantine.md. */
export const QUARANTINE_REASONS = [
  'not-json',
  'not-utf8',
  'not-avro',
  'unknown-schema',
  'schema-break',
  'too-large',
  'not-a-cloudevent',
  'unknown-type',
  'invalid-data',
  'invalid-time',
  'future-time',
  'unknown-tenant',
  'tenant-importing',
  'tenant-frozen',
  'currency-not-convertible',
  'row-unreadable',
  'row-invalid',
  'agreement-limit',
  'entity-limit',
  'amount-out-of-range',
  'merge-refused',
  'internal-failure',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** One thing that was wrong: where (JSON pointer or column), what was expected, what stood there (80 characters). */
export interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** A fault in words: `signals[2].weight: expected to be <= 100, got 120`. */
export function faultText({ path, expected, got }: Fault): string {
  return `${path}: expected ${expected}, got ${got}`;
}

/** Where the input stood: a file and row, or a topic position. */
export interface InputPosition {
  readonly file?: string;
  readonly row?: number;
  readonly topic?: string;
  readonly partition?: number;
  readonly offset?: number;
}

/** Stands for the tenant of an input that names none. Names that start with `@` are no tenant's. */
export const UNKNOWN_TENANT = '@unknown';

/** The value of a record on the quarantine topics: an input that was wrong, with everything needed to mend it. */
export interface QuarantineRecord {
  readonly kind: 'quarantined';
  readonly tenant: string;
  /** Unique: derived from the position of the input. */
  readonly quarantineId: string;
  readonly customerId: string | null;
  readonly stage: 'ingest' | 'scoring';
  readonly reason: QuarantineReason;
  readonly faults: readonly Fault[];
  readonly position: InputPosition;
  /** The input as it came, as text (base64 when it was not UTF-8), cut to 64 kB. */
  readonly original: string;
  readonly encoding: 'utf8' | 'base64';
  readonly receivedAt: number;
  /** Of a message of a source topic: its key, its transport headers (cut to what is sane), its schema's id. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly schemaId?: number;
  /** `original` is only its beginning: such an input cannot be re-driven. */
  readonly truncated?: boolean;
}
