import { randomUUID } from 'node:crypto';
import { availableParallelism, cpus } from 'node:os';
import { jsonCodec, openKafka } from '@bellwether/kafka';
import { OperatorError } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';
import { createProgress } from '../../services/cli/src/progress.ts';
import { type BenchServers, openBenchServers, removeTraces } from './harness/bench-servers.ts';
import { bellwetherEngine, type EngineCommand } from './harness/engine-command.ts';
import { EngineProcesses } from './harness/engine-processes.ts';
import { kafkaStreamsEngine } from './harness/kafka-streams.ts';
import { loadInput } from './harness/load-input.ts';
import { type Drained, measureDrain } from './harness/measure-drain.ts';
import { type PeersOptions, readOptions, USAGE } from './harness/options.ts';
import { chartOf, type EngineRuns, figuresOf, lineOf } from './harness/report.ts';
import { EXPECTED } from './workload/digest.ts';

/**
 * `npm run bench:peers`: this project beside Kafka Streams on one workload, one broker, one machine, in turn;
 * docs/performance.md says what is measured.
 */
const INPUT = 'events';
const PARTITIONS = 6;

interface Bench {
  readonly servers: BenchServers;
  readonly log: Log;
  /** Of every topic, group and database of this run. */
  readonly prefix: string;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const peer = await kafkaStreamsEngine(say);
  const servers = await openBenchServers(process.env);
  const prefix = `peers-${randomUUID().slice(0, 8)}`;
  say(
    `${servers.names.join(' and ')} on ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  );
  try {
    const own = bellwetherEngine(servers.mongodb, options.processes);
    const results = await compare({ servers, prefix, engines: [own, peer], runs: options.runs });
    tell(results, options);
  } finally {
    await removeTraces(servers, prefix).catch((error: unknown) =>
      say(`Not everything was removed: ${error}`),
    );
    await servers.stop();
  }
}

async function compare(parts: {
  readonly servers: BenchServers;
  readonly prefix: string;
  readonly engines: readonly EngineCommand[];
  readonly runs: number;
}): Promise<EngineRuns[]> {
  const { servers, prefix, engines, runs } = parts;
  const topicOf = (engine: EngineCommand, run: number): string => `scores-${engine.name}-${run}`;
  const numbers = Array.from({ length: runs }, (_, index) => index + 1);
  const outputs = engines.flatMap((engine) => numbers.map((run) => topicOf(engine, run)));
  const topic = { partitions: PARTITIONS, cleanup: 'keep' } as const;
  const kafka = await openKafka({
    brokers: [servers.broker],
    clientId: prefix,
    prefix,
    topics: Object.fromEntries([INPUT, ...outputs].map((name) => [name, topic])),
    codec: jsonCodec,
    delivery: 'transactional',
  });
  try {
    const progress = createProgress('Loading the input');
    const { events } = EXPECTED;
    await loadInput(kafka.log, INPUT, { events, onProgress: (loaded) => progress.update(loaded, events) });
    progress.finish(`${events.toLocaleString('en')} events are loaded.`);
    const results = engines.map((engine) => ({ engine, name: engine.name, runs: [] as Drained[] }));
    for (const run of numbers) {
      // A broker that was just started is slow at first: it is not always the same engine that comes first.
      for (const { engine, runs: drained } of run % 2 === 1 ? results : results.toReversed()) {
        const last = await runOnce({ servers, prefix, log: kafka.log }, engine, topicOf(engine, run));
        drained.push(last);
        say(lineOf(engine.name, last));
      }
    }
    return results;
  } finally {
    await kafka.close();
  }
}

async function runOnce(bench: Bench, command: EngineCommand, topic: string): Promise<Drained> {
  const { servers, log, prefix } = bench;
  const application = `${prefix}-${topic}`;
  const progress = createProgress(command.name);
  const engine = new EngineProcesses(command, {
    broker: servers.broker,
    input: `${prefix}.${INPUT}`,
    output: `${prefix}.${topic}`,
    application,
  });
  try {
    const { brokerPid, storePid } = servers;
    const onProgress = (outputs: number): void => progress.update(outputs, EXPECTED.count);
    return await measureDrain(engine, { log, topic, expected: EXPECTED, brokerPid, storePid, onProgress });
  } finally {
    await engine.stop();
    await removeTraces(servers, application);
    progress.finish(`${command.name} is done.`);
  }
}

function tell(results: readonly EngineRuns[], { processes }: PeersOptions): void {
  const [own, peer] = results;
  if (!own || !peer) throw new Error('two engines are compared');
  say(`\n${chartOf(results)}`);
  const figures = figuresOf(own, peer);
  if (!figures.exact) {
    process.exitCode = 1;
    say('Not every output is exact: the figures mean nothing.');
  }
  say(JSON.stringify({ ...figures, processes }));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (process.argv.includes('--help')) say(USAGE);
else {
  await main().catch((error: unknown) => {
    const text = error instanceof OperatorError ? error.message : String((error as Error).stack ?? error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  });
}
