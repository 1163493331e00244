import type { StoredDocument } from '@bellwether/stream';
import { openEmbedded } from './open-embedded.ts';

/**
 * A process of its own that appends, and works as the loop does (save a document, then publish outputs and offset), and
 * prints what was acknowledged, until it is killed.
 */
const { log, store } = openEmbedded({
  path: process.argv[2] ?? '',
  partitions: 1,
  topics: { input: 'one', output: 'one' },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

async function appendForever(): Promise<void> {
  for (let next = await log.endOffset('input', 0); ; next += 3) {
    await log.append([0, 1, 2].map((n) => ({ topic: 'input', key: 'k', value: next + n })));
    say(`appended ${next + 3}`);
  }
}

async function workForever(): Promise<void> {
  const session = log.openSession({ group: 'work', topic: 'input', partition: 0 });
  let offset = (await session.takeOver()) ?? 0;
  let document: StoredDocument | undefined = (await store.load('sums', ['sum'])).get('sum');
  for (;;) {
    const records = await log.read({ topic: 'input', partition: 0, offset }, { limit: 7, waitMs: 1_000 });
    const last = records.at(-1);
    if (last === undefined) continue;
    if ((document?.appliedOffset ?? -1) < last.offset) {
      document = {
        id: 'sum',
        partition: 0,
        writeVersion: (document?.writeVersion ?? 0) + 1,
        appliedOffset: last.offset,
        pending: [],
        index: { group: 'all', rank: last.offset },
        state: { count: last.offset + 1, padding: 'x'.repeat(3_000) },
      };
      if ((await store.save('sums', [document], [])) !== 1) throw new Error('somebody else writes here');
      say(`saved ${last.offset}`);
    }
    const outputs = records.map((record) => ({ topic: 'output', key: 'k', value: record.offset }));
    await session.publish(outputs, last.offset + 1);
    offset = last.offset + 1;
    say(`published ${offset}`);
  }
}

await Promise.all([appendForever(), workForever()]);
