import { type AlertsState, evolveAlerts } from '@bellwether/domain';
import { type CustomerChangesRecord, customerKey } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';

/**
 * customer-changes -> alerts: one document a customer holds its alerts, so that one record touches one document; each
 * alert in it is a state machine keyed by its cause (docs/adr/0004).
 */
export const alerting: Topology<CustomerChangesRecord, AlertsState, null, 'alerts'> = {
  name: 'alerting',
  input: 'customer-changes',
  outputs: { alerts: 'alerts' },
  collection: 'alerting-customers',
  keyOf: ({ value }) =>
    value.kind === 'change' || value.kind === 'action'
      ? customerKey(value.tenant, value.customerId)
      : undefined,
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: () => null,
  step: ({ record, state }) => {
    const evolved = evolveAlerts(state, record.value);
    return {
      kind: 'ok',
      state: evolved.state,
      outputs: evolved.alerts.map((alert) => ({
        output: 'alerts',
        key: customerKey(alert.tenant, alert.customerId),
        value: alert,
      })),
    };
  },
  indexOf: (state) => ({ group: state.tenant }),
};
