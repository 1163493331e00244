import { availableParallelism, cpus, loadavg } from 'node:os';
import { OperatorError } from '@bellwether/runtime';
import { startOwnServers } from '@bellwether/testkit/servers';
import { drainAll, drainScoring, type LoadParts, loadCustomers, readIngested } from './drain-runs.ts';
import type { BenchServers, DELIVERIES, Delivery } from './installation.ts';
import { measureLatency } from './latency-run.ts';
import { type KafkaBenchOptions, readOptions, USAGE } from './options.ts';
import { measureRawKafka } from './raw-kafka.ts';
import { measureRawMongo } from './raw-mongo.ts';
import {
  type DeliveryFigures,
  figuresLine,
  type Raw,
  tellDrains,
  tellLatency,
  tellRaw,
} from './tell-figures.ts';

/**
 * `npm run bench:kafka`: the four services as processes of their own on Kafka, registry and MongoDB, beside what those
 * servers do alone; docs/performance.md says what is measured.
 */

/** Raw records for each event of a drain: they are that much faster. */
const RAW_RECORDS_AN_EVENT = 5;
/** Processes that wanted to run in the last minute, on average; with more the machine is not the bench's own. */
const QUIET_LOAD = 0.5;

async function main(options: KafkaBenchOptions): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
  const loadBefore = loadavg()[0] ?? 0;
  const servers = await startOwnServers(['kafka', 'registry', 'mongodb']);
  const names = [servers.kafka, servers.registry, servers.mongodb].map(
    ({ name, version }) => `${name} ${version}`,
  );
  say(`${names.join(', ')} and the four services on ${machine}, Node ${process.version}.\n`);
  if (loadBefore > QUIET_LOAD) {
    say(
      `Other work keeps this machine busy (load ${loadBefore.toFixed(1)}): the figures are about that, too.\n`,
    );
  }
  try {
    const raw = await measureRaw(servers, options);
    say(tellRaw(raw));
    const deliveries = {
      transactional: await measureDelivery(servers, options, 'transactional'),
      idempotent: await measureDelivery(servers, options, 'idempotent'),
    } satisfies Record<(typeof DELIVERIES)[number], DeliveryFigures>;
    say(figuresLine({ machine, loadBefore, servers: names, raw, deliveries }));
  } finally {
    await servers.stopAll();
  }
}

async function measureRaw(servers: BenchServers, { events }: KafkaBenchOptions): Promise<Raw> {
  tellProgress('The servers alone: Kafka…');
  const kafka = await measureRawKafka(servers, RAW_RECORDS_AN_EVENT * events);
  tellProgress('The servers alone: MongoDB…');
  return { ...kafka, ...(await measureRawMongo(servers, events / 2)) };
}

async function measureDelivery(
  servers: BenchServers,
  options: KafkaBenchOptions,
  delivery: Delivery,
): Promise<DeliveryFigures> {
  tellProgress(`Delivery ${delivery}: starting the services and loading ${options.customers} customers…`);
  const parts = { servers, options, delivery };
  const { drain, ingested, latency } = await measureAll(parts);
  const scoring = await drainScoring(ingested, parts);
  say(tellDrains(delivery, { drain, scoring }));
  say(tellLatency(delivery, latency));
  return { drain, scoring, latency };
}

/** What all four services are needed for. */
async function measureAll(parts: LoadParts) {
  const loaded = await loadCustomers(parts);
  try {
    const drain = await drainAll(loaded, parts.options);
    const ingested = await readIngested(loaded);
    return { drain, ingested, latency: await measureLatency(loaded, parts.options, tellProgress) };
  } finally {
    await loaded.close();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tellProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Undefined when what was given is wrong, which is told. */
function givenOptions(): KafkaBenchOptions | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

if (process.argv.includes('--help')) say(USAGE);
else {
  const options = givenOptions();
  if (options) {
    await main(options).catch((error: unknown) => {
      const text = error instanceof OperatorError ? error.message : String((error as Error).stack ?? error);
      process.stderr.write(`${text}\n`);
      process.exitCode = 1;
    });
  }
}
