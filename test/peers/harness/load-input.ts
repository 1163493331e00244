import { OperatorError } from '@bellwether/runtime';
import type { Log, OutputRecord } from '@bellwether/stream';
import { generateEvents } from '../workload/generate-events.ts';

const RECORDS_AT_ONCE = 5_000;

/** What is loaded, and who is told how far it is. */
export interface LoadOptions {
  readonly events: number;
  readonly onProgress?: (events: number) => void;
}

/** Puts the first events of the workload on a topic that is empty, in their order, and checks that they are there. */
export async function loadInput(log: Log, topic: string, options: LoadOptions): Promise<void> {
  const { events, onProgress } = options;
  let portion: OutputRecord[] = [];
  let loaded = 0;
  const append = async (): Promise<void> => {
    await log.append(portion);
    loaded += portion.length;
    portion = [];
    onProgress?.(loaded);
  };
  for (const { key, text } of generateEvents(events)) {
    portion.push({ topic, key, value: JSON.parse(text) });
    if (portion.length === RECORDS_AT_ONCE) await append();
  }
  if (portion.length > 0) await append();
  let held = 0;
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    held += await log.endOffset(topic, partition);
  }
  if (held !== events) throw new OperatorError(`The topic ${topic} holds ${held} records, not ${events}.`);
}
