import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerRow } from '../../../../src/api/schemas.ts';
import { ApiFailure, apiUrl, getJson } from '../../lib/api.ts';
import { appendPage, applyChange, NO_ROWS, type RowsState } from '../../lib/customer-rows.ts';
import { useLive } from '../../lib/live.ts';

/** Rows a request asks for: a few screens. */
const PAGE_LIMIT = 100;

/** Sort and filters of the list, as the API names them. */
export interface ListQuery {
  readonly sort: string;
  readonly order: string;
  readonly q: string;
  readonly band: string;
  readonly atRisk: string;
  readonly msaOnly: string;
  readonly owner: string;
}

interface Page {
  readonly items: CustomerRow[];
  readonly next: string | null;
}

/** The customers list as far as it is loaded, kept up to date by the stream without moving a row. */
export function useCustomerRows(tenant: string, query: ListQuery) {
  const [state, setState] = useState<RowsState>(NO_ROWS);
  const [status, setStatus] = useState<{ loading: boolean; failure: ApiFailure | null; loadedAtMs: number }>({
    loading: true,
    failure: null,
    loadedAtMs: 0,
  });
  const [shownFor, setShownFor] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const busy = useRef(false);
  const key = JSON.stringify(query);

  const load = useCallback(
    async (cursor: string | null) => {
      abort.current?.abort();
      const control = new AbortController();
      abort.current = control;
      busy.current = true;
      setStatus((last) => ({ ...last, loading: true, failure: null }));
      try {
        const page = await getJson<Page>(apiUrl(tenant, 'customers', { ...query, limit: PAGE_LIMIT, cursor }), control.signal);
        setState((last) => appendPage(cursor === null ? NO_ROWS : last, page));
        setShownFor(key);
        setStatus({ loading: false, failure: null, loadedAtMs: Date.now() });
      } catch (error) {
        if (control.signal.aborted) return;
        const failure = error instanceof ApiFailure ? error : new ApiFailure(String(error), 0);
        setStatus((last) => ({ ...last, loading: false, failure }));
      }
      busy.current = false;
    },
    [tenant, key],
  );

  useEffect(() => {
    void load(null);
    return () => abort.current?.abort();
  }, [load]);

  useLive(tenant, (message) => {
    if (message.kind === 'change') setState((last) => applyChange(last, message.change, query.sort));
    if (message.kind === 'caught-up') void load(null);
  });

  const loadMore = () => {
    if (!busy.current && state.next !== null && shownFor === key) void load(state.next);
  };
  const reload = () => void load(null);
  return { ...state, ...status, stale: shownFor !== null && shownFor !== key, loadMore, reload };
}
