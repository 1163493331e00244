import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CustomerRow } from '../../../../src/api/schemas.ts';
import { ApiFailure, apiUrl, getJson } from '../../lib/api.ts';
import { appendPage, applyChange, NO_ROWS, type RowsState, refreshRows } from '../../lib/customer-rows.ts';
import { focusedRow } from '../../lib/keys.ts';
import { useLive } from '../../lib/live.ts';
import { arrivedByHistory } from '../../lib/router.ts';

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

interface LeftList {
  readonly id: string;
  readonly state: RowsState;
  readonly scrollY: number;
  readonly customerId: string | undefined;
  readonly leftAtMs: number;
}
/** How long a list that was left is still shown when the reader comes back to it. */
const KEPT_MS = 5 * 60_000;
let left: LeftList | null = null;

function leftListOf(id: string): LeftList | null {
  return arrivedByHistory() && left?.id === id && Date.now() - left.leftAtMs < KEPT_MS ? left : null;
}

/** Going back to the list finds it as it was left: the same rows, place and focus. */
function usePlaceKept(id: string, state: RowsState): void {
  const latest = useRef(state);
  latest.current = state;
  const scrollY = useRef(0);
  useLayoutEffect(() => {
    const found = leftListOf(id);
    if (found) {
      window.scrollTo(0, found.scrollY);
      const row =
        found.customerId && document.querySelector<HTMLElement>(`[data-customer="${found.customerId}"]`);
      if (row) row.focus({ preventScroll: true });
    }
    const onScroll = () => {
      scrollY.current = window.scrollY;
    };
    onScroll();
    addEventListener('scroll', onScroll, { passive: true });
    let customerId: string | undefined;
    const onFocus = () => {
      customerId = focusedRow()?.dataset.customer ?? customerId;
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      removeEventListener('scroll', onScroll);
      document.removeEventListener('focusin', onFocus);
      left = { id, state: latest.current, scrollY: scrollY.current, customerId, leftAtMs: Date.now() };
    };
  }, [id]);
}

/** The customers list as far as it is loaded, kept up to date by the stream without moving a row. */
export function useCustomerRows(tenant: string, query: ListQuery) {
  const key = JSON.stringify(query);
  const id = `${tenant} ${key}`;
  const [found] = useState(() => leftListOf(id));
  const [state, setState] = useState<RowsState>(found?.state ?? NO_ROWS);
  const [status, setStatus] = useState<{ loading: boolean; failure: ApiFailure | null; loadedAtMs: number }>({
    loading: found === null,
    failure: null,
    loadedAtMs: found?.leftAtMs ?? 0,
  });
  const [shownFor, setShownFor] = useState<string | null>(found ? key : null);
  usePlaceKept(id, state);
  const abort = useRef<AbortController | null>(null);
  const busy = useRef(false);

  const load = useCallback(
    async (cursor: string | null, how: 'replace' | 'refresh' = 'replace') => {
      abort.current?.abort();
      const control = new AbortController();
      abort.current = control;
      busy.current = true;
      setStatus((last) => ({ ...last, loading: true, failure: null }));
      try {
        const page = await getJson<Page>(
          apiUrl(tenant, 'customers', { ...query, limit: PAGE_LIMIT, cursor }),
          control.signal,
        );
        setState((last) => {
          if (how === 'refresh') return refreshRows(last, page.items);
          return appendPage(cursor === null ? NO_ROWS : last, page);
        });
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
    void load(null, found?.id === id ? 'refresh' : 'replace');
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
