import type { AlertRecord, CustomerChange, Reason } from '@bellwether/events';

/** Names the reason that a held alert carries besides those of its own. */
const HOLD_SIGNAL = 'data-gap';

/**
 * The alert as it is published while data of its customer may be missing (N14): it stands as it is, says since when,
 * and nobody is told of it. Without missing data: the alert itself, let go if it was held.
 */
export function heldWhileStale(alert: AlertRecord, staleSince: number | undefined): AlertRecord {
  const { heldSince, ...free } = alert;
  const reasons = alert.reasons.filter(({ signal }) => signal !== HOLD_SIGNAL);
  if (staleSince === undefined) return heldSince === undefined ? alert : { ...free, reasons };
  return { ...free, reasons: [holdReason(staleSince), ...reasons], heldSince: staleSince };
}

/** The held alerts as they go on once nothing is missing any more, one transition each. */
export function letGo(alerts: readonly AlertRecord[], record: CustomerChange): readonly AlertRecord[] {
  if (record.staleSince !== undefined) return [];
  return alerts
    .filter(({ heldSince }) => heldSince !== undefined)
    .map((alert) => ({
      ...heldWhileStale(alert, undefined),
      revision: alert.revision + 1,
      historical: record.historical,
      changedAt: record.asOf,
      knownAt: record.knownAt,
    }));
}

function holdReason(staleSince: number): Reason {
  const since = new Date(staleSince).toISOString().slice(0, 16).replace('T', ' ');
  const text = `held: data may be missing since ${since} UTC`;
  return { signal: HOLD_SIGNAL, contribution: 0, before: null, after: null, text };
}
