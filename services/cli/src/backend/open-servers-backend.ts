import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { TOPICS, type TopicName } from '@bellwether/events';
import { type KafkaOptions, openKafka, type TopicOptions } from '@bellwether/kafka';
import { openMongo } from '@bellwether/mongo';
import { openRegistryCodec } from '@bellwether/registry';
import type { Logger } from '@bellwether/runtime';
import type { Settings } from '../config/settings.ts';
import { describeTopologies, SERVICES, type Service } from '../topologies.ts';
import type { Backend } from './backend.ts';

/** Who opens the servers. */
export interface ServersParts {
  readonly services: readonly Service[];
  readonly logger: Logger;
}

const DEFAULT_PARTITIONS = 6;
/** A process that dies is missed after ten seconds; one that only stalls so long loses nothing by it. */
const MEMBERSHIP = { sessionTimeoutMs: 10_000, heartbeatMs: 2_000 } as const;

/**
 * Kafka with a schema registry, and MongoDB.
 * @throws StreamError `unavailable`, with a sentence that names the server that does not answer
 */
export async function openServersBackend(settings: Settings, parts: ServersParts): Promise<Backend> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const server of opened.toReversed()) await server.close();
  };
  try {
    const mongo = await openMongo({ uri: settings.mongodbUri, database: settings.mongodbDatabase });
    opened.push(mongo);
    const codec = await openCodec(settings, parts);
    opened.push(codec);
    const partitions = settings.partitions === 0 ? DEFAULT_PARTITIONS : settings.partitions;
    const kafka = await openKafka({
      ...accessOf(settings),
      brokers: settings.kafkaBrokers,
      clientId: `bellwether-${nameOf(parts.services)}-${hostname()}`,
      prefix: settings.prefix,
      topics: topicOptions(partitions),
      codec,
      delivery: settings.delivery,
      replicationFactor: settings.kafkaReplication,
      membership: MEMBERSHIP,
      // The client beneath also logs what is tried again at once; what stays wrong comes as an error of its own.
      onLog: ({ message }) => parts.logger.debug({ reason: message }, 'Kafka'),
    });
    opened.push(kafka);
    const { store, readModels } = mongo;
    return { kind: 'servers', log: kafka.log, store, readModels, partitions, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openCodec(settings: Settings, { services, logger }: ServersParts) {
  const folder = resolve(settings.dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { registryUsername: username, registryPassword: password } = settings;
  return await openRegistryCodec({
    url: settings.registryUrl,
    ...(username !== undefined && password !== undefined ? { username, password } : {}),
    prefix: settings.prefix,
    snapshotPath: join(folder, `schemas-${nameOf(services)}.json`),
    topics: knownTopics(services),
    report: (message) => logger.warn(message),
  });
}

/**
 * Topics whose schemas a process of these services needs: those it writes and those it reads, so that the first record
 * of a topic needs no registry (T18).
 */
function knownTopics(services: readonly Service[]): readonly TopicName[] {
  const read = new Set(
    describeTopologies()
      .filter(({ service }) => services.includes(service))
      .map(({ input }) => input),
  );
  return (Object.keys(TOPICS) as TopicName[]).filter((name) => {
    const { writer } = TOPICS[name];
    return read.has(name) || (writer !== 'applications' && services.includes(writer));
  });
}

function topicOptions(partitions: number): Record<string, TopicOptions> {
  return Object.fromEntries(
    Object.entries(TOPICS).map(([name, topic]) => {
      const count = topic.partitions === 'one' ? 1 : partitions;
      return [name, { partitions: count, cleanup: topic.cleanup }];
    }),
  );
}

function accessOf(settings: Settings): Pick<KafkaOptions, 'ssl' | 'sasl'> {
  const {
    kafkaSaslMechanism: mechanism,
    kafkaSaslUsername: username,
    kafkaSaslPassword: password,
  } = settings;
  const ssl = settings.kafkaTls ? { ssl: true } : {};
  if (mechanism === 'none' || username === undefined || password === undefined) return ssl;
  const login = { username, password };
  switch (mechanism) {
    case 'plain':
      return { ...ssl, sasl: { mechanism, ...login } };
    case 'scram-sha-256':
      return { ...ssl, sasl: { mechanism, ...login } };
    case 'scram-sha-512':
      return { ...ssl, sasl: { mechanism, ...login } };
  }
}

function nameOf(services: readonly Service[]): string {
  return services.length === SERVICES.length ? 'all' : services.join('-');
}
