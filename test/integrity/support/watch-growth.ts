import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import type { Cluster } from './cluster.ts';
import { recordsOf } from './picture.ts';

const LOOK_MS = 100;
const ATTEMPTS = 20;
const RETRY_MS = 500;

/** Milliseconds until a topic grows. @throws Error when it has not after `withinMs` */
export async function untilGrown(
  cluster: Pick<Cluster, 'open'>,
  topic: string,
  withinMs: number,
): Promise<number> {
  const startMs = performance.now();
  const backend = await patientlyOpen(cluster);
  try {
    const before = await endOf(backend, topic);
    while ((await endOf(backend, topic)) === before) {
      const elapsedMs = performance.now() - startMs;
      if (elapsedMs > withinMs) throw new Error(`${topic} has not grown for ${Math.round(elapsedMs)} ms`);
      await sleep(LOOK_MS);
    }
    return performance.now() - startMs;
  } finally {
    await backend.close();
  }
}

/** The sum of the ends of all partitions. */
export async function endOf({ log }: Pick<Backend, 'log'>, topic: string): Promise<number> {
  let sum = 0;
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    sum += await log.endOffset(topic, partition);
  }
  return sum;
}

/** How many records a topic holds for a reader of committed ones. */
export async function recordsIn(cluster: Pick<Cluster, 'open'>, topic: string): Promise<number> {
  const backend = await patientlyOpen(cluster);
  try {
    return (await recordsOf(backend, topic)).length;
  } finally {
    await backend.close();
  }
}

/** A server that has just come back does not answer everything at once. */
async function patientlyOpen(cluster: Pick<Cluster, 'open'>): Promise<Backend> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await cluster.open();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** What keeps a process from being ready, in its own words; nothing when it is ready. */
export async function readinessOf(url: string): Promise<readonly string[]> {
  const answer = await fetch(`${url}/readyz`);
  const { reasons = [] } = (await answer.json()) as { readonly reasons?: readonly string[] };
  return reasons;
}
