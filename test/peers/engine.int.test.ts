import { randomUUID } from 'node:crypto';
import { jsonCodec, openKafka } from '@bellwether/kafka';
import { testServers } from '@bellwether/testkit/servers';
import { describe, expect, it } from 'vitest';
import { removeTraces } from './harness/bench-servers.ts';
import { bellwetherEngine } from './harness/engine-command.ts';
import { EngineProcesses } from './harness/engine-processes.ts';
import { loadInput } from './harness/load-input.ts';
import { measureDrain } from './harness/measure-drain.ts';
import { EXPECTED_OF_BEGINNING } from './workload/digest.ts';

const TOPIC = { partitions: 6, cleanup: 'keep' } as const;

describe.skipIf(testServers.missing !== undefined)('the workload on Kafka and MongoDB', () => {
  it.each([1, 2])('is exact in %i processes', { timeout: 120_000 }, async (processes) => {
    const expected = EXPECTED_OF_BEGINNING.at(-1);
    if (!expected) throw new Error('there is nothing to compare with');
    const servers = { broker: testServers.kafka().url, mongodb: testServers.mongodb().url };
    const prefix = `peers-${randomUUID().slice(0, 8)}`;
    const kafka = await openKafka({
      brokers: [servers.broker],
      clientId: prefix,
      prefix,
      topics: { events: TOPIC, scores: TOPIC },
      codec: jsonCodec,
      delivery: 'transactional',
    });
    await loadInput(kafka.log, 'events', { events: expected.events });
    const engine = new EngineProcesses(bellwetherEngine(servers.mongodb, processes), {
      broker: servers.broker,
      input: `${prefix}.events`,
      output: `${prefix}.scores`,
      application: `${prefix}-engine`,
    });
    try {
      const watched = {
        log: kafka.log,
        topic: 'scores',
        expected,
        brokerPid: undefined,
        storePid: undefined,
      };
      const { outputs, digest } = await measureDrain(engine, watched);
      expect({ events: expected.events, count: outputs, digest }).toEqual(expected);
    } finally {
      await engine.stop();
      await kafka.close();
      await removeTraces(servers, prefix);
    }
  });
});
