import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { DAY_MS, formatDay } from '@bellwether/events';
import { OperatorError, stopSignal } from '@bellwether/runtime';
import { continueLive, type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { createProgress, type Stand } from '../progress.ts';
import { publishLive } from '../start/publish-live.ts';

export interface SimulateOptions {
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
  readonly out: string;
  readonly truth?: string;
}

/** `bellwether simulate`: a made-up history as a JSONL file of CloudEvents, and the truth behind it. */
export async function simulateCommand(options: SimulateOptions): Promise<void> {
  const { seed, customers, days, out } = options;
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  const startDay = endDay - days + 1;
  const simulation = simulatePortfolio({ seed, customers, startDay, endDay });
  const file = createWriteStream(out);
  const written = finished(file);
  const progress = createProgress(`Writing ${out}`);
  const startedMs = performance.now();
  let events = 0;
  for (const event of simulation.events()) {
    events += 1;
    if (!file.write(`${JSON.stringify(event)}\n`)) await Promise.race([once(file, 'drain'), written]);
    if (events % 1_000 === 0)
      progress.show(standOf({ events, day: dayOf(event) - startDay, days, startedMs }));
  }
  file.end();
  await written;
  progress.finish(
    `${out}: ${events} synthetic events of ${customers} customers, ${formatDay(startDay)} to ${formatDay(endDay)}, seed ${seed}.`,
  );
  if (options.truth !== undefined)
    await writeFile(options.truth, JSON.stringify(simulation.truth(), null, 2));
}

/** Days are alike, so they tell how much is done. */
function standOf({
  events,
  day,
  days,
  startedMs,
}: Readonly<Record<'events' | 'day' | 'days' | 'startedMs', number>>): Stand {
  const seconds = (performance.now() - startedMs) / 1_000;
  return {
    percent: (100 * day) / days,
    count: events,
    unit: 'events',
    perSecond: Math.round(events / seconds),
    leftS: day === 0 ? null : Math.ceil((seconds * (days - day)) / day),
  };
}

export interface SimulateLiveOptions {
  readonly seed: number;
  readonly customers: number;
  readonly rate: number;
  readonly url: string;
  readonly tenant: string;
}

/** `bellwether simulate --rate N`: publishes made-up events to a running server until a signal stops it. */
export async function simulateLiveCommand(options: SimulateLiveOptions): Promise<void> {
  const { seed, customers, rate, url, tenant } = options;
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort());
  await beginSyntheticTenant(url, tenant);
  const nowMs = Date.now();
  const events = continueLive({
    seed,
    customers,
    startDay: Math.floor(nowMs / DAY_MS),
    fromMs: nowMs,
    ratePerSecond: rate,
  });
  process.stdout.write(
    `Publishing ${rate} synthetic events a second to ${url} as tenant ${tenant}; Ctrl+C ends it.\n`,
  );
  const onProblem = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const sent = await publishLive({ url, tenant, events, now: Date.now, signal: stop.signal, onProblem });
  process.stdout.write(`${sent} events published.\n`);
}

/** A tenant of made-up events is labelled synthetic wherever it shows. @throws OperatorError when it cannot be begun */
async function beginSyntheticTenant(url: string, tenant: string): Promise<void> {
  const address = `${url}/v1/tenants/${encodeURIComponent(tenant)}`;
  let response: Response;
  try {
    const headers = { 'content-type': 'application/json' };
    response = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ synthetic: true }) });
  } catch (error) {
    throw new OperatorError(`${url} does not answer: start Bellwether there, or name another --url.`, {
      cause: error,
    });
  }
  if (response.ok) return;
  const problem = (await response.json()) as { detail?: string };
  throw new OperatorError(`${url} did not begin the tenant ${tenant}: ${problem.detail ?? response.status}`);
}

function dayOf(event: SimulatedEvent): number {
  return Math.floor(Date.parse(event.time) / DAY_MS);
}
