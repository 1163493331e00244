import { startOwnServers, testServers } from '@bellwether/testkit/servers';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { processOnPort } from './process-cpu.ts';

/** The servers that both engines run on. */
export interface BenchServers {
  /** `host:port`. */
  readonly broker: string;
  readonly mongodb: string;
  /** What they are, for people. */
  readonly names: readonly string[];
  readonly brokerPid: number | undefined;
  readonly storePid: number | undefined;
  stop(): Promise<void>;
}

/** Servers that the environment names, or else new and empty ones of this run. */
export async function openBenchServers(env: NodeJS.ProcessEnv): Promise<BenchServers> {
  const isNamed = Boolean(env.BELLWETHER_TEST_KAFKA) && Boolean(env.BELLWETHER_TEST_MONGODB);
  const own = isNamed ? undefined : await startOwnServers(['kafka', 'mongodb']);
  const kafka = own?.kafka ?? testServers.kafka();
  const mongodb = own?.mongodb ?? testServers.mongodb();
  return {
    broker: kafka.url,
    mongodb: mongodb.url,
    names: [kafka, mongodb].map(({ name, version }) => `${name} ${version}`),
    brokerPid: processOnPort(portOf(kafka.url)),
    storePid: processOnPort(portOf(mongodb.url)),
    stop: async () => {
      await own?.stopAll();
    },
  };
}

/** Removes topics, groups and databases whose names begin with `prefix`. */
export async function removeTraces(
  { broker, mongodb }: Pick<BenchServers, 'broker' | 'mongodb'>,
  prefix: string,
): Promise<void> {
  const isOurs = (name: string): boolean => name.startsWith(prefix);
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter(isOurs);
    if (topics.length > 0) await admin.deleteTopics({ topics });
    await deleteGroups(admin, isOurs);
  } finally {
    await admin.disconnect();
  }
  const client = new MongoClient(mongodb);
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases.filter((each) => isOurs(each.name)))
      await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

/** Those that are empty: a member that left without a word is in its group until its session ends. */
async function deleteGroups(admin: Admin, isOurs: (name: string) => boolean): Promise<void> {
  const { groups } = await admin.listGroups();
  const ours = groups.map(({ groupId }) => groupId).filter(isOurs);
  if (ours.length === 0) return;
  const described = await admin.describeGroups(ours);
  const empty = described.groups.filter(({ state }) => state === 'Empty').map(({ groupId }) => groupId);
  if (empty.length > 0) await admin.deleteGroups(empty);
}

function portOf(url: string): number {
  return Number(/:(\d+)\/?(?:\?.*)?$/.exec(url)?.[1] ?? 0);
}
