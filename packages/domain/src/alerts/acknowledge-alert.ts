import type { AlertRecord, ForwardedAction } from '@bellwether/events';
import {
  type AlertsState,
  alertIdOf,
  MAX_PENDING_ACTIONS,
  type PendingAcknowledgement,
} from './alerts-state.ts';

interface Acknowledged {
  readonly state: AlertsState;
  readonly alerts: readonly AlertRecord[];
}

/**
 * A person saw an alert. Only a raised alert takes it; a second acknowledgement, or one of a resolved alert, changes
 * nothing. One for an alert not raised yet is kept and applied when it is raised.
 */
export function acknowledge(state: AlertsState, action: ForwardedAction): Acknowledged {
  const { alertId, actor, note } = action.data;
  const told = { alertId, actor, note: note ?? null, time: action.time, receivedAt: action.receivedAt };
  const alert = state.alerts.find((known) => known.alertId === alertId);
  if (alert === undefined) return keepForLater(state, told);
  return alert.state === 'raised' ? apply(state, alert, told) : { state, alerts: [] };
}

/** Applies the acknowledgement that was waiting for an alert just raised, after the raising itself. */
export function applyPending(state: AlertsState, alert: AlertRecord): Acknowledged {
  const waiting = state.pending.find(({ alertId }) => alertId === alert.alertId);
  if (waiting === undefined) return { state, alerts: [alert] };
  const pending = state.pending.filter((other) => other !== waiting);
  const applied = apply({ ...state, pending }, alert, waiting);
  return { state: applied.state, alerts: [alert, ...applied.alerts] };
}

function keepForLater(state: AlertsState, told: PendingAcknowledgement): Acknowledged {
  const isWaiting = state.pending.some(({ alertId }) => alertId === told.alertId);
  if (isWaiting || isOver(state, told.alertId)) return { state, alerts: [] };
  return { state: { ...state, pending: [...state.pending, told].slice(-MAX_PENDING_ACTIONS) }, alerts: [] };
}

/** True for an alert that was raised, resolved and dropped: it will not be raised again under this id. */
function isOver(state: AlertsState, alertId: string): boolean {
  return state.episodes.some((last) => {
    const prefix = alertIdOf(state.customerId, last).slice(0, -String(last.episode).length);
    const episode = alertId.startsWith(prefix) ? Number(alertId.slice(prefix.length)) : Number.NaN;
    return episode <= last.episode;
  });
}

function apply(state: AlertsState, alert: AlertRecord, told: PendingAcknowledgement): Acknowledged {
  const acknowledged: AlertRecord = {
    ...alert,
    state: 'acknowledged',
    revision: alert.revision + 1,
    acknowledgedAt: told.time,
    acknowledgedBy: told.actor,
    note: told.note,
    changedAt: Math.max(alert.changedAt, told.time),
    knownAt: Math.max(alert.knownAt, told.receivedAt),
  };
  const alerts = state.alerts.map((known) => (known === alert ? acknowledged : known));
  return { state: { ...state, alerts }, alerts: [acknowledged] };
}
