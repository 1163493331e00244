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
export type AlertTransition = Pick<AlertRecord, 'alertId' | 'customerId' | 'rule' | 'state' | 'severity'>;

/** The document of an alert after a transition. */
export function foldAlert(record: AlertRecord): AlertDocument {
  return {
    ...record,
    open: record.state !== 'resolved',
    severityOrder: SEVERITY_ORDER[record.severity],
    valueOrder: record.valueMinor ?? 0,
  };
}

/** The entry that remembers the transition itself. */
export function makeTransitionEntry(record: AlertRecord): Entry {
  const { tenant, alertId, customerId, rule, state, severity } = record;
  const value: AlertTransition = { alertId, customerId, rule, state, severity };
  return {
    collection: ENTRIES.alertTransitions,
    id: `${alertKey(tenant, alertId)}|${String(record.revision).padStart(6, '0')}`,
    group: tenant,
    order: record.changedAt,
    value,
  };
}
