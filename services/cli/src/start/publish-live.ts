import type { SimulatedEvent } from '@bellwether/simulator';

export interface LivePublisher {
  /** Address of the server, without a path. */
  readonly url: string;
  readonly tenant: string;
  readonly events: Iterable<SimulatedEvent>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProblem: (sentence: string) => void;
}

const TURN_MS = 250;
const RETRY_MS = 2_000;
const MOST_IN_A_BATCH = 200;

/**
 * Publishes events over HTTP when their time has come, as a source system would; returns when
 * `signal` fires, with the number of events the server accepted.
 */
export async function publishLive(publisher: LivePublisher): Promise<number> {
  const { events, now, signal } = publisher;
  const iterator = events[Symbol.iterator]();
  let published = 0;
  let next = iterator.next();
  while (!signal.aborted && !next.done) {
    const batch: SimulatedEvent[] = [];
    while (!next.done && batch.length < MOST_IN_A_BATCH && Date.parse(next.value.time) <= now()) {
      batch.push(next.value);
      next = iterator.next();
    }
    if (batch.length > 0) published += await send(publisher, batch);
    if (batch.length < MOST_IN_A_BATCH) await pause(TURN_MS, signal);
  }
  return published;
}

/** Sends until the server has the batch; only an answer that the events are wrong makes it go on without them. */
async function send(publisher: LivePublisher, batch: readonly SimulatedEvent[]): Promise<number> {
  const { url, tenant, signal, onProblem } = publisher;
  const body = JSON.stringify(batch);
  while (!signal.aborted) {
    const answer = await post(`${url}/v1/tenants/${encodeURIComponent(tenant)}/events`, body, signal);
    if (answer.status === 202) return (JSON.parse(answer.text) as { accepted: number }).accepted;
    if (signal.aborted) break;
    onProblem(`${tenant}: ${answer.text.slice(0, 300)}`);
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) break;
    await pause(RETRY_MS, signal);
  }
  return 0;
}

/** Status 0: nobody answered, and the text says why. */
async function post(
  url: string,
  body: string,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  try {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return {
      status: 0,
      text: `${url} does not answer (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
