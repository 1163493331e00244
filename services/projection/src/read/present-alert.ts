import { formatDay } from '@bellwether/events';
import type { Alert } from '../api/schemas.ts';
import type { AlertDocument } from '../steps/fold-alert.ts';

/** An alert as the API answers it. */
export function presentAlert(alert: AlertDocument, customerName: string | null): Alert {
  return {
    alertId: alert.alertId,
    customerId: alert.customerId,
    customerName,
    rule: alert.rule,
    cause: alert.cause,
    state: alert.state,
    severity: alert.severity,
    title: alert.title,
    code: alert.code,
    valueMinor: alert.valueMinor,
    currency: alert.currency,
    dueDate: alert.dueDay === null ? null : formatDay(alert.dueDay),
    reasons: [...alert.reasons],
    historical: alert.historical,
    raisedAt: instant(alert.raisedAt),
    acknowledgedAt: instantOrNull(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy,
    note: alert.note,
    resolvedAt: instantOrNull(alert.resolvedAt),
  };
}

/** Epoch ms as RFC 3339. */
export function instant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

export function instantOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : instant(timeMs);
}
