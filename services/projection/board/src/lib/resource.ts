import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiFailure, getJson } from './api.ts';

/** A document of the server as the board has it now. The last good data stay while newer are on their way. */
export interface Resource<T> {
  readonly data: T | null;
  /** When `data` arrived, epoch ms; 0 before the first. */
  readonly loadedAtMs: number;
  readonly loading: boolean;
  readonly failure: ApiFailure | null;
  /** `data` belong to an earlier address (another sort or filter of the same list). */
  readonly stale: boolean;
  readonly reload: () => void;
}

interface Held<T> {
  readonly url: string;
  readonly data: T;
  readonly loadedAtMs: number;
}
const cache = new Map<string, Held<unknown>>();
const CACHE_LIMIT = 40;

function keep<T>(held: Held<T>): Held<T> {
  cache.delete(held.url);
  cache.set(held.url, held);
  const oldest = cache.keys().next().value;
  if (cache.size > CACHE_LIMIT && oldest !== undefined) cache.delete(oldest);
  return held;
}

function pathOf(url: string | undefined): string | undefined {
  return url?.split('?')[0];
}

/** Loads `url` (null: nothing yet) and keeps what was last seen at the same path while it loads. */
export function useResource<T>(url: string | null): Resource<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ url: string | null; loading: boolean; failure: ApiFailure | null }>({
    url,
    loading: true,
    failure: null,
  });
  const held = useRef<Held<T> | null>(null);
  const cached = url === null ? undefined : (cache.get(url) as Held<T> | undefined);
  if (cached) held.current = cached;
  else if (pathOf(held.current?.url) !== pathOf(url ?? undefined)) held.current = null;

  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    setState((last) => ({ url, loading: true, failure: last.url === url ? last.failure : null }));
    getJson<T>(url, abort.signal).then(
      (data) => {
        keep({ url, data, loadedAtMs: Date.now() });
        setState({ url, loading: false, failure: null });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const failure = error instanceof ApiFailure ? error : new ApiFailure(String(error), 0);
        setState({ url, loading: false, failure });
      },
    );
    return () => abort.abort();
  }, [url, round]);

  const reload = useCallback(() => setRound((last) => last + 1), []);
  return {
    data: held.current?.data ?? null,
    loadedAtMs: held.current?.loadedAtMs ?? 0,
    loading: url !== null && (state.loading || state.url !== url),
    failure: state.url === url ? state.failure : null,
    stale: held.current !== null && held.current.url !== url,
    reload,
  };
}
