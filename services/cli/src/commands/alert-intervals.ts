import { type AlertRecord, DAY_MS } from '@bellwether/events';
import type { AlertInterval } from '@bellwether/simulator';

/** The times during which alerts stood open, from their transitions in order; a re-opened alert is a second one. */
export function alertIntervals(transitions: Iterable<AlertRecord>): AlertInterval[] {
  const open = new Map<string, { customerId: string; rule: string; raisedDay: number }>();
  const closed: AlertInterval[] = [];
  for (const { alertId, customerId, rule, state, changedAt } of transitions) {
    const day = Math.floor(changedAt / DAY_MS);
    const known = open.get(alertId);
    if (state === 'resolved') {
      if (known) closed.push({ ...known, resolvedDay: day });
      open.delete(alertId);
    } else if (!known) {
      open.set(alertId, { customerId, rule, raisedDay: day });
    }
  }
  return [...closed, ...Array.from(open.values(), (alert) => ({ ...alert, resolvedDay: null }))];
}
