import {
  type AlertRecord,
  type CustomerChange,
  type CustomerChangesRecord,
  DAY_MS,
  type SituationChange,
} from '@bellwether/events';
import { acknowledge, applyPending } from './acknowledge-alert.ts';
import {
  type AlertsState,
  alertIdOf,
  type Episode,
  initialAlerts,
  REOPEN_WINDOW_DAYS,
} from './alerts-state.ts';
import { heldWhileStale, letGo } from './hold-alerts.ts';
import { isSituation, type Signal, signalOf } from './rules.ts';

/** What one record made of the alerts of a customer. */
export interface AlertsEvolution {
  /** The same reference when the record changes nothing. */
  readonly state: AlertsState | undefined;
  /** One record for each transition, in order. */
  readonly alerts: readonly AlertRecord[];
}

/**
 * Takes one record of customer-changes into the alerts of its customer: situations raise and resolve, people
 * acknowledge. An alert is known by its cause, so the same condition never stands twice; when it begins again within
 * `REOPEN_WINDOW_DAYS` of its end the same alert re-opens, later it is a new episode. While data of the customer may be
 * missing, every transition is held, until a change says that nothing is (N14). Days and minutes change nothing.
 */
export function evolveAlerts(state: AlertsState | undefined, record: CustomerChangesRecord): AlertsEvolution {
  if (record.kind === 'day' || record.kind === 'minute') return { state, alerts: [] };
  const known = state ?? initialAlerts(record.tenant, record.customerId);
  if (record.kind === 'action') {
    const acknowledged = acknowledge(known, record);
    return acknowledged.state === known ? { state, alerts: [] } : acknowledged;
  }
  if (record.sequence <= known.lastSequence) return { state, alerts: [] };
  const situations = record.changes.filter(isSituation);
  const standing = kept(known.alerts, record.asOf);
  const isHolding = standing.some(({ heldSince }) => heldSince !== undefined);
  // Most changes move a score and no condition: they cost no write.
  if (situations.length === 0 && !isHolding && standing === known.alerts) return { state, alerts: [] };
  let next: AlertsState = { ...known, lastSequence: record.sequence, alerts: standing };
  const alerts: AlertRecord[] = [];
  for (const situation of situations) {
    const signal = signalOf(situation);
    const moved = signal.step === 'raise' ? raise(next, situation, record) : resolve(next, situation, record);
    next = moved.state;
    alerts.push(...moved.alerts);
  }
  // Last, so that what ended with this very change is not told as standing before.
  for (const alert of letGo(next.alerts, record)) {
    next = replaced(next, alert);
    alerts.push(alert);
  }
  return { state: next, alerts };
}

interface Moved {
  readonly state: AlertsState;
  readonly alerts: readonly AlertRecord[];
}

/**
 * Alerts that are open or may still re-open, and those of which somebody has yet to hear how they ended; the same
 * reference when none is dropped.
 */
function kept(alerts: readonly AlertRecord[], asOf: number): readonly AlertRecord[] {
  const rest = alerts.filter((alert) => alert.heldSince !== undefined || !isPast(alert, asOf));
  return rest.length === alerts.length ? alerts : rest;
}

function isPast({ resolvedAt }: AlertRecord, asOf: number): boolean {
  return resolvedAt !== null && asOf - resolvedAt > REOPEN_WINDOW_DAYS * DAY_MS;
}

function raise(state: AlertsState, situation: SituationChange, record: CustomerChange): Moved {
  const signal = signalOf(situation);
  const known = find(state, situation, record.asOf);
  if (known === undefined) return begin(state, situation, record);
  const isOpen = known.state !== 'resolved';
  if (isOpen && isSame(known, situation, signal)) return { state, alerts: [] };
  const told: AlertRecord = heldWhileStale(
    {
      ...known,
      ...contentOf(situation, signal),
      ...(isOpen
        ? {}
        : { state: 'raised', acknowledgedAt: null, acknowledgedBy: null, note: null, resolvedAt: null }),
      ...stampOf(record),
      revision: known.revision + 1,
    },
    record.staleSince,
  );
  return { state: replaced(state, told), alerts: [told] };
}

function begin(state: AlertsState, situation: SituationChange, record: CustomerChange): Moved {
  const signal = signalOf(situation);
  const episode = nextEpisode(state, signal, situation);
  const alert: AlertRecord = heldWhileStale(
    {
      kind: 'alert',
      tenant: state.tenant,
      customerId: state.customerId,
      alertId: alertIdOf(state.customerId, episode),
      rule: signal.rule,
      cause: situation.cause,
      revision: 1,
      state: 'raised',
      ...contentOf(situation, signal),
      ...stampOf(record),
      raisedAt: record.asOf,
      acknowledgedAt: null,
      acknowledgedBy: null,
      note: null,
      resolvedAt: null,
      raisedBySequence: record.sequence,
    },
    record.staleSince,
  );
  const others = state.episodes.filter(
    ({ rule, cause }) => rule !== signal.rule || cause !== situation.cause,
  );
  const begun = { ...state, alerts: [...state.alerts, alert], episodes: [...others, episode] };
  return applyPending(begun, alert);
}

function resolve(state: AlertsState, situation: SituationChange, record: CustomerChange): Moved {
  const known = find(state, situation, record.asOf);
  if (known === undefined || known.state === 'resolved') return { state, alerts: [] };
  const told: AlertRecord = heldWhileStale(
    {
      ...known,
      ...stampOf(record),
      state: 'resolved',
      resolvedAt: record.asOf,
      revision: known.revision + 1,
    },
    record.staleSince,
  );
  return { state: replaced(state, told), alerts: [told] };
}

function find(state: AlertsState, situation: SituationChange, asOf: number): AlertRecord | undefined {
  const { rule } = signalOf(situation);
  return state.alerts.find(
    (alert) => alert.rule === rule && alert.cause === situation.cause && !isPast(alert, asOf),
  );
}

function nextEpisode(state: AlertsState, { rule }: Signal, { cause }: SituationChange): Episode {
  const last = state.episodes.find((episode) => episode.rule === rule && episode.cause === cause);
  return { rule, cause, episode: (last?.episode ?? 0) + 1 };
}

function replaced(state: AlertsState, alert: AlertRecord): AlertsState {
  return { ...state, alerts: state.alerts.map((known) => (known.alertId === alert.alertId ? alert : known)) };
}

type Content = Pick<
  AlertRecord,
  'severity' | 'title' | 'code' | 'valueMinor' | 'currency' | 'dueDay' | 'reasons'
>;

function contentOf(situation: SituationChange, { severity }: Signal): Content {
  const { text: title, code, valueMinor, currency, dueDay = null, reasons } = situation;
  return { severity, title, code, valueMinor, currency, dueDay, reasons };
}

function stampOf(record: CustomerChange): Pick<AlertRecord, 'historical' | 'changedAt' | 'knownAt'> {
  return { historical: record.historical, changedAt: record.asOf, knownAt: record.knownAt };
}

function isSame(alert: AlertRecord, situation: SituationChange, signal: Signal): boolean {
  return (
    alert.severity === signal.severity &&
    alert.code === situation.code &&
    alert.title === situation.text &&
    alert.valueMinor === situation.valueMinor &&
    alert.dueDay === (situation.dueDay ?? null)
  );
}
