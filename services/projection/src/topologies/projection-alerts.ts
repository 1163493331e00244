import type { AlertRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { alertKey, COLLECTIONS } from '../collections.ts';
import { type AlertDocument, foldAlert, makeTransitionEntry } from '../steps/fold-alert.ts';

/** alerts: one document an alert as it stands, one entry a transition. */
export const projectionAlerts: Topology<AlertRecord, AlertDocument, null, never> = {
  name: 'projection-alerts',
  input: 'alerts',
  outputs: {},
  collection: COLLECTIONS.alerts,
  keyOf: ({ value }) => alertKey(value.tenant, value.alertId),
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step({ record, state }) {
    const alert = record.value;
    if (state && alert.revision <= state.revision) return { kind: 'duplicate' };
    const entries = [makeTransitionEntry(state, alert)];
    return { kind: 'ok', state: foldAlert(alert), outputs: [], entries };
  },
  indexOf: (state) => ({ group: state.tenant }),
};
