import type { InputRecord, Log } from '@bellwether/stream';

const RECORDS_A_READ = 1_000;

/** Everything a topic holds when a partition's turn comes: partition after partition, each in order. For tools. */
export async function* readTopic(log: Log, topic: string): AsyncGenerator<InputRecord> {
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    const end = await log.endOffset(topic, partition);
    let offset = 0;
    while (offset < end) {
      const records = await log.read({ topic, partition, offset }, { limit: RECORDS_A_READ, waitMs: 0 });
      for (const record of records) if (record.offset < end) yield record;
      offset = (records.at(-1)?.offset ?? end) + 1;
    }
  }
}
