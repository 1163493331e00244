import type { AlertRecord } from '@bellwether/events';
import type { Alert } from '../../../src/api/schemas.ts';
import { dayNumber, dayText } from './time.ts';

const SEVERITY_ORDER = { high: 0, medium: 1, low: 2 } as const;
const STATE_ORDER = { raised: 0, acknowledged: 1, resolved: 2 } as const;

/** How soon an alert is due, coarsely: 0 overdue, 1 within a week, 2 within 30 days, 3 later, 4 no date. */
export function urgencyOf(dueDate: string | null, today: string): number {
  if (dueDate === null) return 4;
  const days = dayNumber(dueDate) - dayNumber(today);
  if (days < 0) return 0;
  if (days <= 7) return 1;
  return days <= 30 ? 2 : 3;
}

/** What to do next: not yet taken first, then severity, then time left, then value, then the older one. */
export function compareAlerts(a: Alert, b: Alert, today: string): number {
  return (
    STATE_ORDER[a.state] - STATE_ORDER[b.state] ||
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    urgencyOf(a.dueDate, today) - urgencyOf(b.dueDate, today) ||
    (b.valueMinor ?? 0) - (a.valueMinor ?? 0) ||
    a.raisedAt.localeCompare(b.raisedAt) ||
    a.alertId.localeCompare(b.alertId)
  );
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** An alert as the stream tells it, over what the list knows of it. */
export function mergeAlert(known: Alert | undefined, record: AlertRecord): Alert {
  return {
    alertId: record.alertId,
    customerId: record.customerId,
    customerName: known?.customerName ?? null,
    rule: record.rule,
    cause: record.cause,
    state: record.state,
    severity: record.severity,
    title: record.title,
    code: record.code,
    valueMinor: record.valueMinor,
    currency: record.currency,
    dueDate: record.dueDay === null ? null : dayText(record.dueDay),
    reasons: [...record.reasons],
    historical: record.historical,
    raisedAt: new Date(record.raisedAt).toISOString(),
    acknowledgedAt: instant(record.acknowledgedAt),
    acknowledgedBy: record.acknowledgedBy,
    note: record.note,
    resolvedAt: instant(record.resolvedAt),
  };
}
