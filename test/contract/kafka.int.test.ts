import { logContract } from '@bellwether/testkit';
import { testServers } from '@bellwether/testkit/servers';
import { describe } from 'vitest';
import { kafkaLog } from './kafka-under-test.ts';

describe.skipIf(testServers.missing !== undefined)('on a Kafka broker', () => {
  logContract('Kafka, with transactions', () => kafkaLog(testServers.kafka().url), { durable: true });
});
