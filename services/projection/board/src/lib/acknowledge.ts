import { useEffect, useRef, useState } from 'preact/hooks';
import type { Alert } from '../../../src/api/schemas.ts';
import { askActor } from '../shell/actor-dialog.tsx';
import { apiUrl, getJson, postJson } from './api.ts';
import { useLive } from './live.ts';

/** How far an acknowledgement has come; absent once the alert itself says so. */
export type Sending = 'sending' | { readonly failed: string };
const ASK_AFTER_MS = 8_000;

/**
 * Acknowledges alerts: shown as sending until the alert comes back on the stream, since an acknowledgement goes the way
 * of every event. Where the stream stays silent the alert is asked for, and handed to `onAlert`.
 */
export function useAcknowledge(tenant: string, onAlert: (alert: Alert) => void) {
  const [sending, setSending] = useState<ReadonlyMap<string, Sending>>(new Map());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => () => timers.current.forEach(clearTimeout), []);
  const put = (alertId: string, state: Sending | null) =>
    setSending((last) => {
      const next = new Map(last);
      if (state === null) next.delete(alertId);
      else next.set(alertId, state);
      return next;
    });
  useLive(tenant, (message) => {
    if (message.kind === 'alert' && message.alert.state !== 'raised') put(message.alert.alertId, null);
  });
  const ask = async (alertId: string) => {
    try {
      const alert = await getJson<Alert>(apiUrl(tenant, `alerts/${encodeURIComponent(alertId)}`));
      if (alert.state !== 'raised') {
        onAlert(alert);
        put(alertId, null);
      }
    } catch (error) {
      put(alertId, { failed: error instanceof Error ? error.message : String(error) });
    }
  };
  const send = async (alertId: string) => {
    const actor = await askActor();
    if (actor === null) return;
    put(alertId, 'sending');
    try {
      await postJson(apiUrl(tenant, `alerts/${encodeURIComponent(alertId)}/acknowledge`), { actor });
      timers.current.add(setTimeout(() => void ask(alertId), ASK_AFTER_MS));
    } catch (error) {
      put(alertId, { failed: error instanceof Error ? error.message : String(error) });
    }
  };
  const acknowledge = (alertId: string): void => {
    if (sending.get(alertId) === 'sending') return;
    void send(alertId);
  };
  return { sending, acknowledge };
}
