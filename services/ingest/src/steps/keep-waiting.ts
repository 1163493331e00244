import {
  type QuarantineReason,
  type QuarantineRecord,
  type RedriveRecord,
  UNKNOWN_TENANT,
} from '@bellwether/events';
import type { Output } from '@bellwether/stream';

/** Reasons that end by themselves, when the tenant is live. */
const WAITING_REASONS: readonly QuarantineReason[] = ['tenant-importing', 'unknown-tenant'];

/** A quarantine entry as far as giving it again is concerned; one document each. */
export interface RedriveState {
  readonly tenant: string;
  /** The entry, as long as it waits for its tenant. */
  readonly waiting: QuarantineRecord | null;
  /** Place in the order in which the entries of a tenant came. */
  readonly place: number;
  /** When it was given again last, epoch ms; null: never. */
  readonly redrivenAt: number | null;
}

/** The note that an entry waits for its tenant; none for one that waits for nobody. */
export function waitForTenant(entry: QuarantineRecord): readonly Output<'redrives'>[] {
  const { tenant, reason } = entry;
  if (tenant === UNKNOWN_TENANT || !WAITING_REASONS.includes(reason) || entry.truncated) return [];
  const value: RedriveRecord = { kind: 'waiting', tenant, entry };
  return [{ output: 'redrives', key: tenant, value }];
}

/** Folds what waits, and what was given again. */
export function keepWaiting(
  state: RedriveState | undefined,
  record: RedriveRecord,
  place: number,
): RedriveState {
  const { tenant } = record;
  if (record.kind === 'redriven') {
    return { tenant, waiting: null, place: state?.place ?? place, redrivenAt: record.at };
  }
  return state ?? { tenant, waiting: record.entry, place, redrivenAt: null };
}
