import { patiently } from '../client/pause.ts';
import { isPassing } from '../kafka-errors.ts';
import type { Broker } from '../kafkajs-internals.ts';
import { offsetFetchRequest } from '../protocol/offset-fetch.ts';

/** The markers of the last transaction are written, or an older owner's transaction is ended, within this time. */
const PATIENCE_MS = 30_000;

/** One partition of one consumer group, by their names in Kafka. */
export interface GroupPartition {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
}

/** The offset that was committed last, in a transaction that is decided everywhere; undefined when there is none. */
export async function committedOffset(
  coordinator: Broker,
  { groupId, topic, partition }: GroupPartition,
): Promise<number | undefined> {
  const { offset } = await waitFor(() =>
    coordinator.connectionPool.send(offsetFetchRequest(groupId, topic, partition)),
  );
  return offset < 0 ? undefined : offset;
}

/** Asks again while the broker answers that it is not ready yet. No answer at all is never asked again. */
export function waitFor<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return patiently(ask, {
    forMs: PATIENCE_MS,
    isWorthwhile: isPassing,
    firstPauseMs: 2,
  });
}
