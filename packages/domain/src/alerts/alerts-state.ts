import type { AlertRecord, AlertRule } from '@bellwether/events';

/** A rule's condition that begins again within this time of its end re-opens the same alert. */
export const REOPEN_WINDOW_DAYS = 14;
/** Most acknowledgements kept for alerts that were not raised yet; the oldest is dropped. */
export const MAX_PENDING_ACTIONS = 100;

/** Which episode of a cause was the last, so that an id is never given twice. */
export interface Episode {
  readonly rule: AlertRule;
  readonly cause: string;
  readonly episode: number;
}

/** An acknowledgement that came before its alert. */
export interface PendingAcknowledgement {
  readonly alertId: string;
  readonly actor: string;
  readonly note: string | null;
  /** When the person acted, and when that was received, epoch ms. */
  readonly time: number;
  readonly receivedAt: number;
}

/** All alerts of one customer: the open ones, and those resolved so lately that they may re-open. */
export interface AlertsState {
  readonly tenant: string;
  readonly customerId: string;
  /** Sequence of the last customer change taken; older or equal ones are ignored. */
  readonly lastSequence: number;
  readonly alerts: readonly AlertRecord[];
  readonly episodes: readonly Episode[];
  readonly pending: readonly PendingAcknowledgement[];
}

/** A customer without any alert yet. */
export function initialAlerts(tenant: string, customerId: string): AlertsState {
  return { tenant, customerId, lastSequence: 0, alerts: [], episodes: [], pending: [] };
}

/** Id of one episode of an alert, unique within its tenant: `<rule>:<customerId>:<cause>:<episode>`. */
export function alertIdOf(customerId: string, { rule, cause, episode }: Episode): string {
  return `${rule}:${customerId}:${cause}:${episode}`;
}
