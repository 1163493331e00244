import { useState } from 'preact/hooks';
import type { Alert } from '../../../../src/api/schemas.ts';
import { useAcknowledge } from '../../lib/acknowledge.ts';
import { focusedRow, moveRow, useKeys } from '../../lib/keys.ts';
import { useLive } from '../../lib/live.ts';
import { useTenant, useTenantNow } from '../../lib/tenant-context.ts';
import { compareAlerts, mergeAlert } from '../../lib/triage.ts';
import { AlertItem } from '../../parts/alert-item.tsx';
import { Panel } from '../../parts/panel.tsx';

const FIRST = 4;

/** The customer's alerts, open ones first. */
export function CustomerAlerts(props: { readonly alerts: readonly Alert[] }) {
  const tenant = useTenant();
  const now = useTenantNow();
  const [all, setAll] = useState(false);
  const [newer, setNewer] = useState<ReadonlyMap<string, Alert>>(new Map());
  const put = (alert: Alert) => setNewer((last) => new Map(last).set(alert.alertId, alert));
  const { sending, acknowledge } = useAcknowledge(tenant.tenant, put);
  useLive(tenant.tenant, (message) => {
    if (message.kind !== 'alert') return;
    const known = props.alerts.find((alert) => alert.alertId === message.alert.alertId);
    if (known) put(mergeAlert(known, message.alert));
  });
  useKeys({
    j: () => moveRow(1),
    k: () => moveRow(-1),
    a: () => {
      const alertId = focusedRow()?.dataset.alert;
      if (alertId !== undefined) acknowledge(alertId);
    },
  });
  const alerts = props.alerts
    .map((alert) => newer.get(alert.alertId) ?? alert)
    .sort((a, b) => compareAlerts(a, b, now.day));
  const shown = all ? alerts : alerts.slice(0, FIRST);
  return (
    <Panel title="Alerts" class="panel-alerts">
      {alerts.length === 0 && <p class="grey">None has been raised.</p>}
      {shown.map((alert) => (
        <AlertItem
          key={alert.alertId}
          alert={alert}
          sending={sending.get(alert.alertId)}
          acknowledge={() => acknowledge(alert.alertId)}
          withCustomer={false}
        />
      ))}
      {shown.length < alerts.length && (
        <button type="button" class="button more" onClick={() => setAll(true)}>
          Show all {alerts.length}
        </button>
      )}
    </Panel>
  );
}
