import type { Cause } from './changes.ts';

/**
 * What a customer and the one that it was merged into tell each other (N23): `joined` the features of the member as
 * they are now; `left` they count there no longer; `released` the answer to that, the member counts for itself again;
 * `refused` it is too much, or would go in a circle.
 */
export const TRANSFER_STEPS = ['joined', 'left', 'released', 'refused'] as const;
export type TransferStep = (typeof TRANSFER_STEPS)[number];

/**
 * The value of a record on `customer-transfers`, key `tenant|customerId`; ingest puts it on `customer-events`, so that
 * it has its place in the order of the customer that it is for.
 */
export interface TransferRecord {
  readonly kind: 'transfer';
  readonly tenant: string;
  /** Whom it is for. */
  readonly customerId: string;
  /** Whom it is about. */
  readonly memberId: string;
  readonly step: TransferStep;
  /** Counts what the member has told; an older or equal one is ignored. */
  readonly version: number;
  /** Of the event that led to it: why and by what. */
  readonly cause: Cause;
  readonly causedBy: readonly string[];
  /** When that happened, epoch ms, and its epoch day. */
  readonly time: number;
  readonly day: number;
  readonly receivedAt: number;
  readonly historical: boolean;
  /** Of `joined` what the member is, of `refused` why: JSON for the rules of scoring alone. */
  readonly content?: string;
}
