import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import type { EngineCommand } from './engine-command.ts';

const SOURCES = join(import.meta.dirname, '..', 'java');
const PROJECT = join(import.meta.dirname, '..', '..', '..');
const LINES_SHOWN = 12;

/**
 * Kafka Streams on the same workload, as the published comparison runs it: exactly once (v2), state in RocksDB with a
 * changelog, the record cache on, a commit every 100 ms, two threads. Built with Maven once for each state of its
 * sources.
 * @throws OperatorError when Java or Maven is missing or the build fails
 */
export async function kafkaStreamsEngine(tell: (line: string) => void): Promise<EngineCommand> {
  const folder = join(PROJECT, '.cache', 'peers', `kafka-streams-${fingerprint()}`);
  if (!existsSync(folder)) await build(folder, tell);
  const target = join(folder, 'kstreams', 'target');
  return {
    name: 'kafka-streams',
    program: 'java',
    parameters: [
      ...['-Xms512m', '-Xmx1g', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'],
      ...['-cp', `${join(target, 'kstreams-1.jar')}:${join(target, 'lib')}/*`, 'w1.KStreamsMain'],
    ],
    environment: { MODE: 'eos', CACHE: '1', THREADS: '2', COMMIT_MS: '100' },
    processes: 1,
  };
}

/** In a folder beside, which takes its name when all went well. */
async function build(folder: string, tell: (line: string) => void): Promise<void> {
  const draft = `${folder}.${process.pid}.part`;
  tell('Building Kafka Streams with Maven (once, a minute with an empty cache)…');
  mkdirSync(draft, { recursive: true });
  try {
    cpSync(SOURCES, draft, { recursive: true });
    await runMaven(draft);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function runMaven(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mvn', ['-q', '-B', '-DskipTests', 'package'], { cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        output += String(text);
      });
    }
    const remedy = 'Java 17 and Maven are needed (Debian: apt-get install openjdk-17-jdk-headless maven)';
    child.once('error', (cause) => reject(new OperatorError(`mvn cannot be started: ${remedy}.`, { cause })));
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const end = output.trim().split('\n').slice(-LINES_SHOWN).join('\n');
      reject(new OperatorError(`Kafka Streams could not be built; ${remedy}.\n${end}`));
    });
  });
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const paths = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).sort();
  for (const path of paths.filter((name) => /\.(?:java|xml)$/.test(name))) {
    hash.update(path).update(readFileSync(join(SOURCES, path)));
  }
  return hash.digest('hex').slice(0, 12);
}
