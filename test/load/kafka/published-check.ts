import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import { describeTopologies, type Service } from '../../../services/cli/src/topologies.ts';

const POLL_MS = 50;

/** Sees whether everything that stands in the log is processed and what came of it is public. */
export interface PublishedCheck {
  /**
   * Resolves with the moment (`performance.now()`) at which everything was first seen to be public; looks once more to
   * be sure that nothing came of it.
   * @throws Error that names the topologies that have not come to the end `withinMs`
   */
  untilAll(withinMs: number): Promise<number>;
  close(): Promise<void>;
}

interface CheckParts {
  readonly backend: Backend;
  readonly broker: string;
  readonly prefix: string;
  readonly services: readonly Service[];
}

type Input = Pick<ReturnType<typeof describeTopologies>[number], 'name' | 'input'>;

/** Offsets are committed with the outputs, after the documents are saved: what is committed is done. */
export async function publishedCheck(parts: CheckParts): Promise<PublishedCheck> {
  const admin = new Kafka({ brokers: [parts.broker], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  // In the order in which an event passes them: what comes of one is seen at the next.
  const topologies = describeTopologies().filter(({ service }) => parts.services.includes(service));
  const behind = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const topology of topologies) found.push(...(await partitionsBehind(parts, admin, topology)));
    return found;
  };
  return {
    untilAll: async (withinMs) => {
      const deadlineMs = performance.now() + withinMs;
      let cleanMs: number | undefined;
      for (;;) {
        const left = await behind();
        const nowMs = performance.now();
        if (left.length === 0 && cleanMs !== undefined) return cleanMs;
        cleanMs = left.length === 0 ? nowMs : undefined;
        if (nowMs > deadlineMs) throw new Error(`Not processed in time: ${left.join(', ')}.`);
        await sleep(POLL_MS);
      }
    },
    close: () => admin.disconnect(),
  };
}

async function partitionsBehind(
  { backend: { log }, prefix }: CheckParts,
  admin: Admin,
  { name, input }: Input,
): Promise<readonly string[]> {
  const [found] = await admin.fetchOffsets({ groupId: `${prefix}.${name}`, topics: [`${prefix}.${input}`] });
  const committed = new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const partitions = Array.from({ length: log.partitions(input) }, async (_, partition) => {
    const offset = Math.max(0, committed.get(partition) ?? 0);
    if (offset >= (await log.endOffset(input, partition))) return [];
    // What stands there may be nothing but marks of transactions.
    const [next] = await log.read({ topic: input, partition, offset }, { limit: 1, waitMs: 0 });
    return next ? [`${name}/${partition}`] : [];
  });
  return (await Promise.all(partitions)).flat();
}
