import { setTimeout as sleep } from 'node:timers/promises';
import type { ValueCodec } from '@bellwether/stream';
import { jsonCodec } from '../../../packages/kafka/src/json-codec.ts';
import { API } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import { produceRequest } from '../../../packages/kafka/src/protocol/produce.ts';
import { readAll, recordFor } from '../../../packages/kafka/src/test-support.ts';
import { isSame, outcomeOf, promised } from './broken-promise.ts';
import { limitMessages, withAdmin, withKafka } from './kafka-place.ts';

const output = recordFor('one', 0);

/** What appends, and the log as a whole, promise. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'an append is not answered': () =>
    withKafka(async ({ kafka, proxy, slow }) => {
      let cuts = 0;
      proxy.gate = (apiKey, direction) => {
        if (apiKey !== API.produce || direction !== 'answer' || cuts > 0) return undefined;
        cuts += 1;
        return Promise.resolve('cut');
      };
      await slow.append([output('a')]);
      promised('what is sent again is not appended twice', isSame(await readAll(kafka.log, 'one'), ['a']));
    }),

  'the broker refuses an append': () =>
    withKafka(async ({ kafka }) => {
      await kafka.log.append([output('before')]);
      await limitMessages(`${kafka.prefix}.one`, 2_000);
      const outcome = await outcomeOf(kafka.log.append([output('x'.repeat(10_000))]));
      promised('what the broker does not take is told', outcome === 'unavailable');
      const next = await Promise.race([
        outcomeOf(kafka.log.append([output('after')])),
        sleep(5_000, 'nothing'),
      ]);
      promised('after an error others can be appended at once', next === 'done');
    }),

  'an append takes longer to prepare than the next one': () =>
    withKafka(
      async ({ kafka }) => {
        await Promise.all(['slow', 'fast'].map((value) => kafka.log.append([output(value)])));
        const values = await readAll(kafka.log, 'one');
        promised('appends keep their order', isSame(values, ['slow', 'fast']));
      },
      { codec: slowCodec() },
    ),

  // One broker alone cannot show who waits for how many.
  'something is to be appended': async () => {
    const batch = { topic: 't', partition: 0, bytes: Buffer.alloc(0) };
    const { buffer } = await produceRequest([batch], undefined).request.encode();
    promised('an append is acknowledged by all replicas in sync', buffer.readInt16BE(2) === -1);
  },

  'a topic has other partitions than are configured': () =>
    withKafka(async ({ kafka }) => {
      const topics = { many: { partitions: 13, cleanup: 'keep' } } as const;
      const outcome = await outcomeOf(kafka.another({ topics }));
      promised('nobody works on a topic whose keys have moved', outcome === 'log-mismatch');
    }),

  'a log is asked who it is': () =>
    withKafka(async ({ kafka: { log } }) => {
      const { clusterId } = await withAdmin((admin) => admin.describeCluster());
      promised('a log is told by its cluster', log.id === clusterId);
    }),
};

function slowCodec(): ValueCodec {
  return {
    decode: jsonCodec.decode,
    encode: async (records) => {
      if (records[0]?.value === 'slow') await sleep(500);
      return await jsonCodec.encode(records);
    },
  };
}
