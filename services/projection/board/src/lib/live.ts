import type { AlertRecord, CustomerChange } from '@bellwether/events';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What the stream of a tenant brings. `caught-up`: anything may have been missed. */
export type LiveMessage =
  | { readonly kind: 'change'; readonly change: CustomerChange }
  | { readonly kind: 'alert'; readonly alert: AlertRecord }
  | { readonly kind: 'caught-up' };
export type LiveState = 'connecting' | 'open' | 'lost';
type Listener = (message: LiveMessage) => void;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** One stream per tenant for the whole board. The browser resumes with Last-Event-ID; we reopen what it gives up on. */
class LiveStream {
  #source: EventSource | null = null;
  #retryMs = FIRST_RETRY_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wasOpen = false;
  readonly #listeners = new Set<Listener>();
  readonly #stateListeners = new Set<() => void>();
  readonly tenant: string;
  state: LiveState = 'connecting';

  constructor(tenant: string) {
    this.tenant = tenant;
    this.#open();
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watchState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  #open(): void {
    const source = new EventSource(`/v1/tenants/${encodeURIComponent(this.tenant)}/changes/stream`);
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
    source.addEventListener('change', (event) =>
      this.#tell({ kind: 'change', change: JSON.parse(event.data as string) as CustomerChange }),
    );
    source.addEventListener('alert', (event) =>
      this.#tell({ kind: 'alert', alert: JSON.parse(event.data as string) as AlertRecord }),
    );
    // The server could not bring everything that was missed: what is shown has to be asked for again.
    source.addEventListener('reset', () => this.#tell({ kind: 'caught-up' }));
  }

  #opened(): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#become('open');
    if (this.#wasOpen) this.#tell({ kind: 'caught-up' });
    this.#wasOpen = true;
  }

  #failed(source: EventSource): void {
    this.#become('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #tell(message: LiveMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #become(state: LiveState): void {
    this.state = state;
    for (const listener of this.#stateListeners) listener();
  }
}

let current: LiveStream | null = null;

function streamOf(tenant: string): LiveStream {
  if (current?.tenant !== tenant) {
    current?.close();
    current = new LiveStream(tenant);
  }
  return current;
}

/** Calls `listener` (its latest version) with everything that the tenant's stream brings; null: no stream. */
export function useLive(tenant: string | null, listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    if (tenant !== null) return streamOf(tenant).listen((message) => latest.current(message));
    return undefined;
  }, [tenant]);
}

/** Whether the tenant's stream is open. */
export function useLiveState(tenant: string): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const stream = streamOf(tenant);
    const update = () => setState(stream.state);
    update();
    return stream.watchState(update);
  }, [tenant]);
  return state;
}

/** Calls `reload` after messages that `concerns` accepts, at once and then at most every `everyMs`. */
export function useLiveReload(
  tenant: string | null,
  reload: () => void,
  options: { readonly everyMs: number; readonly concerns?: (message: LiveMessage) => boolean },
): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastMs = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(tenant, (message) => {
    if (message.kind !== 'caught-up' && options.concerns && !options.concerns(message)) return;
    if (timer.current !== undefined) return;
    const waitMs = Math.max(250, lastMs.current + options.everyMs - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastMs.current = Date.now();
      reload();
    }, waitMs);
  });
}
