import { useRef } from 'preact/hooks';
import type { Alert } from '../../../../src/api/schemas.ts';
import { useAcknowledge } from '../../lib/acknowledge.ts';
import { apiUrl } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { focusedRow, moveRow, useKeys } from '../../lib/keys.ts';
import { hrefOf, navigate, setQuery } from '../../lib/router.ts';
import { useTenant, useTenantNow } from '../../lib/tenant-context.ts';
import { relativeInstant } from '../../lib/time.ts';
import { compareAlerts } from '../../lib/triage.ts';
import { AlertItem } from '../../parts/alert-item.tsx';
import { Choice } from '../../parts/panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { useAlertList } from './use-alert-list.ts';

const STATES = [
  ['raised', 'To do'],
  ['acknowledged', 'Acknowledged'],
  ['resolved', 'Resolved'],
  ['all', 'All'],
] as const;
type StateFilter = (typeof STATES)[number][0];
const RULES = [
  ['at-risk', 'At risk'],
  ['early-warning', 'Early warning'],
  ['renewal', 'Renewal'],
  ['call-due', 'Call due'],
  ['loop-overdue', 'Answer overdue'],
  ['cross-sell', 'Cross-sell'],
  ['concentration', 'Concentration'],
  ['source-silent', 'Source silent'],
] as const;

function AlertFilters(props: {
  readonly state: StateFilter;
  readonly rule: string;
  readonly severity: string;
}) {
  return (
    <div class="filters filter-row">
      <Choice
        label="State"
        value={props.state}
        options={STATES}
        onChange={(state) => setQuery({ state: state === 'raised' ? null : state })}
      />
      <label class="select">
        <span class="sr">Rule</span>
        <select
          value={props.rule}
          onChange={(event) => setQuery({ rule: event.currentTarget.value || null })}
        >
          <option value="">All rules</option>
          {RULES.map(([rule, word]) => (
            <option key={rule} value={rule}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <label class="select">
        <span class="sr">Severity</span>
        <select
          value={props.severity}
          onChange={(event) => setQuery({ severity: event.currentTarget.value || null })}
        >
          <option value="">All severities</option>
          <option value="high">High</option>
          <option value="medium">Medium</option>
          <option value="low">Low</option>
        </select>
      </label>
    </div>
  );
}

function NoAlerts(props: { readonly filtered: boolean; readonly state: StateFilter }) {
  const tenant = useTenant();
  if (!props.filtered) {
    return (
      <Empty title={props.state === 'raised' ? 'Nothing to do.' : 'No such alerts.'}>
        <p>
          Alerts are raised when a customer becomes at risk, an agreement nears its notice or end date, a
          master agreement has nothing sold under it, an answer is owed for too long, a few customers carry
          too much of the value, or a source falls silent.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No alert fits these filters.">
      <a class="button" href={hrefOf(tenant.tenant, 'alerts')}>
        Clear the filters
      </a>
    </Empty>
  );
}

function useAlertKeys(acknowledge: (alertId: string) => void): void {
  useKeys({
    j: () => moveRow(1),
    k: () => moveRow(-1),
    o: () => {
      const href = focusedRow()?.dataset.href;
      if (href !== undefined) navigate(href);
    },
    a: () => {
      const alertId = focusedRow()?.dataset.alert;
      if (alertId !== undefined) acknowledge(alertId);
    },
  });
}

/** The order is set when the list is loaded, so that nothing moves while it is worked through. */
function useTriageOrder(alerts: readonly Alert[], round: number): Alert[] {
  const now = useTenantNow();
  const order = useRef<{ round: number; ids: readonly string[] }>({ round: -1, ids: [] });
  const known = new Map(alerts.map((alert) => [alert.alertId, alert]));
  const kept = order.current.round === round ? order.current.ids.flatMap((id) => known.get(id) ?? []) : [];
  const keptIds = new Set(kept.map((alert) => alert.alertId));
  const added = alerts
    .filter((alert) => !keptIds.has(alert.alertId))
    .sort((a, b) => compareAlerts(a, b, now.day));
  const ordered = [...kept, ...added];
  order.current = { round, ids: ordered.map((alert) => alert.alertId) };
  return ordered;
}

/** What to do next. */
export function AlertsPage(props: { readonly query: URLSearchParams }) {
  const tenant = useTenant();
  const state = STATES.find(([name]) => name === props.query.get('state'))?.[0] ?? 'raised';
  const rule = props.query.get('rule') ?? '';
  const severity = props.query.get('severity') ?? '';
  const list = useAlertList(tenant.tenant, { state, rule, severity });
  const { sending, acknowledge } = useAcknowledge(tenant.tenant, list.put);
  const alerts = useTriageOrder(list.alerts, list.round);
  useAlertKeys(acknowledge);
  return (
    <>
      <div class="page-head">
        <h1>Alerts</h1>
        <p class="grey" role="status">
          {plural(alerts.length, 'alert')}
          {list.next !== null && ' and more'}, by severity, time left, value
        </p>
        <span role="status">
          {list.newer.size > 0 && (
            <button type="button" class="chip" onClick={list.reload}>
              {list.newer.size} newer<span class="sr">: show</span>
            </button>
          )}
        </span>
        <a
          class="button page-action"
          href={apiUrl(tenant.tenant, 'alerts', { state, rule, severity, format: 'csv' })}
          download
        >
          CSV
        </a>
      </div>
      <AlertFilters state={state} rule={rule} severity={severity} />
      {list.failure && (
        <Failure
          what="The alerts"
          failure={list.failure}
          {...(alerts.length > 0 && {
            holds: `Those below are from ${relativeInstant(list.loadedAtMs, Date.now())} and were right then.`,
          })}
          retry={list.reload}
        />
      )}
      <div class={list.stale ? 'dimmed alert-list' : 'alert-list'} aria-busy={list.loading}>
        {alerts.map((alert) => (
          <AlertItem
            key={alert.alertId}
            alert={alert}
            sending={sending.get(alert.alertId)}
            acknowledge={() => acknowledge(alert.alertId)}
            withCustomer
          />
        ))}
        {alerts.length === 0 && !list.loading && !list.failure && (
          <NoAlerts filtered={rule !== '' || severity !== ''} state={state} />
        )}
        {alerts.length === 0 && list.loading && <p class="loading">Loading…</p>}
      </div>
      {list.next !== null && (
        <button type="button" class="button more" disabled={list.loading} onClick={list.loadMore}>
          Load more
        </button>
      )}
    </>
  );
}
