import type { BadRow } from './source-row.ts';

/** What an import came to. A refusal is an answer to the operator: one plain sentence, nothing was appended. */
export type ImportResult =
  | { readonly kind: 'done'; readonly importId: string; readonly summary: ImportSummary }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  /** The signal fired; the same command continues it. */
  | {
      readonly kind: 'stopped';
      readonly importId: string;
      readonly appended: number;
      readonly message: string;
    };

/** Nothing was appended yet, so there is nothing to continue. */
export function stoppedWhileReading(importId: string): ImportResult {
  const message = 'Stopped while reading; the same command begins the import again.';
  return { kind: 'stopped', importId, appended: 0, message };
}

export interface ImportSummary {
  readonly rows: number;
  readonly events: number;
  readonly badRows: number;
  /** Rows after `until`. */
  readonly leftOut: number;
  readonly customers: number;
  /** First and last day that stand in the log, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Records in the log, day marks and contexts among them. */
  readonly records: number;
  /** Records that stood in the log from an earlier start of this import. */
  readonly continuedAfter: number;
  readonly firstBadRow: string | null;
}

export const REFUSALS = [
  'bad-tenant',
  'bad-until',
  'file-unreadable',
  'not-utf8',
  'missing-columns',
  'repeated-columns',
  'already-imported',
  'begun-otherwise',
  'tenant-live',
  'tenant-importing',
  'tenant-differs',
  'nothing-to-import',
  'content-changed',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** Ends an import with one sentence; caught where the import was called and turned into its result. */
export class ImportRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'ImportRefusal';
    this.code = code;
  }
}

/** A bad row in one sentence: `row 12, column amount: expected an amount, got "x"`. */
export function describeBadRow({ row, faults, reason }: BadRow): string {
  const [first] = faults;
  if (!first) return `row ${row}: ${reason}`;
  const place = first.path === 'row' ? `row ${row}` : `row ${row}, ${first.path}`;
  return `${place}: expected ${first.expected}, got ${first.got}`;
}
