import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Alert } from '../../../../src/api/schemas.ts';
import { ApiFailure, apiUrl, getJson } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { mergeAlert } from '../../lib/triage.ts';

const PAGE_LIMIT = 100;

/** Filters of the list, as the API names them. */
export interface AlertQuery {
  readonly state: string;
  readonly rule: string;
  readonly severity: string;
}

interface ListState {
  readonly alerts: readonly Alert[];
  readonly next: string | null;
  readonly newer: ReadonlySet<string>;
  /** Counts loads from the start: the order is made anew with each. */
  readonly round: number;
  readonly shownFor: string | null;
  readonly loadedAtMs: number;
}
const NOTHING: ListState = {
  alerts: [],
  next: null,
  newer: new Set(),
  round: 0,
  shownFor: null,
  loadedAtMs: 0,
};

/** Puts an alert in place of its earlier state; one that is not listed counts as newer where it would fit. */
function withAlert(state: ListState, alert: Alert, fits: boolean): ListState {
  const index = state.alerts.findIndex((known) => known.alertId === alert.alertId);
  if (index >= 0) return { ...state, alerts: state.alerts.with(index, alert) };
  if (!fits || alert.state === 'resolved') return state;
  return { ...state, newer: new Set([...state.newer, alert.alertId]) };
}

/** The alerts list as far as it is loaded; alerts change in place, new ones wait behind a chip. */
export function useAlertList(tenant: string, query: AlertQuery) {
  const [state, setState] = useState<ListState>(NOTHING);
  const [status, setStatus] = useState<{ loading: boolean; failure: ApiFailure | null }>({
    loading: true,
    failure: null,
  });
  const abort = useRef<AbortController | null>(null);
  const key = JSON.stringify(query);

  const load = useCallback(
    async (cursor: string | null) => {
      abort.current?.abort();
      const control = new AbortController();
      abort.current = control;
      setStatus({ loading: true, failure: null });
      try {
        const url = apiUrl(tenant, 'alerts', { ...query, limit: PAGE_LIMIT, cursor });
        const page = await getJson<{ items: Alert[]; next: string | null }>(url, control.signal);
        setState((last) => ({
          alerts: cursor === null ? page.items : [...last.alerts, ...page.items],
          next: page.next,
          newer: cursor === null ? new Set<string>() : last.newer,
          round: cursor === null ? last.round + 1 : last.round,
          shownFor: key,
          loadedAtMs: Date.now(),
        }));
        setStatus({ loading: false, failure: null });
      } catch (error) {
        if (control.signal.aborted) return;
        setStatus({
          loading: false,
          failure: error instanceof ApiFailure ? error : new ApiFailure(String(error), 0),
        });
      }
    },
    [tenant, key],
  );

  useEffect(() => {
    void load(null);
    return () => abort.current?.abort();
  }, [load]);

  const put = (alert: Alert) => setState((last) => withAlert(last, alert, false));
  useLive(tenant, (message) => {
    if (message.kind === 'caught-up') void load(null);
    if (message.kind !== 'alert') return;
    const { alert } = message;
    const fits =
      (query.state === 'all' || query.state === alert.state) &&
      (query.rule === '' || query.rule === alert.rule) &&
      (query.severity === '' || query.severity === alert.severity);
    setState((last) => {
      const known = last.alerts.find((one) => one.alertId === alert.alertId);
      return withAlert(last, mergeAlert(known, alert), fits);
    });
  });
  return {
    ...state,
    ...status,
    stale: state.shownFor !== null && state.shownFor !== key,
    put,
    reload: () => void load(null),
    loadMore: () => void load(state.next),
  };
}
