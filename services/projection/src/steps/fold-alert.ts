import type { AlertRecord } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { alertKey, ENTRIES } from '../collections.ts';

/** An alert as it stands, with the fields that lists filter and sort by as plain numbers and truths. */
export interface AlertDocument extends AlertRecord {
  /** Raised or acknowledged: somebody still has to do something. */
  readonly open: boolean;
  /** 0 high, 1 medium, 2 low. */
  readonly severityOrder: number;
  /** `valueMinor`, or 0 where the alert has no value. */
  readonly valueOrder: number;
}

const SEVERITY_ORDER = { high: 0, medium: 1, low: 2 } as const;

/** What became of an alert, for "since your last visit". */
export interface AlertTransition
  extends Pick<AlertRecord, 'alertId' | 'customerId' | 'rule' | 'state' | 'severity'> {
  /** The alert began with it, or opened again; one that only grew graver did not. */
  readonly begins: boolean;
}

/** The document of an alert after a transition. */
export function foldAlert(record: AlertRecord): AlertDocument {
  return {
    ...record,
    open: record.state !== 'resolved',
    severityOrder: SEVERITY_ORDER[record.severity],
    valueOrder: record.valueMinor ?? 0,
  };
}

/** The entry that remembers the transition itself; `before` is the alert as it stood until then. */
export function makeTransitionEntry(before: AlertRecord | undefined, record: AlertRecord): Entry {
  const { tenant, alertId, customerId, rule, state, severity } = record;
  const wasOpen = before !== undefined && before.state !== 'resolved';
  const begins = state === 'raised' && !wasOpen;
  const value: AlertTransition = { alertId, customerId, rule, state, severity, begins };
  return {
    collection: ENTRIES.alertTransitions,
    id: `${alertKey(tenant, alertId)}|${String(record.revision).padStart(6, '0')}`,
    group: tenant,
    order: record.changedAt,
    value,
  };
}
