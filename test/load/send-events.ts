import { Agent, request } from 'node:http';
import { BENCH_TENANT } from './loaded-engine.ts';
import type { WorkloadEvent } from './workload.ts';

export interface SendOptions {
  readonly port: number;
  readonly events: Iterable<WorkloadEvent>;
  /** Requests a second, one event each. */
  readonly rate: number;
}

/** When the request of each event began: nanoseconds of the machine's monotonic clock, by event id. */
export type SentAt = ReadonlyMap<string, bigint>;

const TURN_MS = 1;

/**
 * Posts events one by one at a fixed rate, whether or not earlier ones are answered (an open loop: a server that falls
 * behind is not spared). Resolves when all are answered.
 * @throws Error when an answer is not 202
 */
export async function sendEvents({ port, events, rate }: SendOptions): Promise<SentAt> {
  const agent = new Agent({ keepAlive: true });
  const sentAt = new Map<string, bigint>();
  const answers: Promise<void>[] = [];
  const startMs = performance.now();
  try {
    for (const { event } of events) {
      const dueMs = startMs + (answers.length * 1_000) / rate;
      while (performance.now() < dueMs) await new Promise((resolve) => setTimeout(resolve, TURN_MS));
      const id = String(event.id);
      // A repeated event is told apart by the system under test, not here: its first request counts.
      if (!sentAt.has(id)) sentAt.set(id, process.hrtime.bigint());
      answers.push(post({ agent, port, event: { ...event, time: new Date().toISOString() } }));
    }
    await Promise.all(answers);
  } finally {
    agent.destroy();
  }
  return sentAt;
}

function post(parts: { agent: Agent; port: number; event: unknown }): Promise<void> {
  const { agent, port, event } = parts;
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/cloudevents+json',
    'content-length': Buffer.byteLength(body),
  };
  const path = `/v1/tenants/${BENCH_TENANT}/events`;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 202) resolve();
        else reject(new Error(`the edge answered ${answer.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
