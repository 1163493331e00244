import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printSettings } from './print-settings.ts';
import { readSettings } from './read-settings.ts';

describe('the settings', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-settings-'));
    file = join(folder, 'bellwether.yaml');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const withFile = (text: string, env: Record<string, string> = {}) => {
    writeFileSync(file, text);
    return readSettings({ ...env, BELLWETHER_CONFIG: file });
  };
  const faultsOf = (work: () => unknown): string => {
    try {
      work();
      return '';
    } catch (error) {
      if (error instanceof OperatorError) return error.message;
      throw error;
    }
  };

  it('have defaults for one process on one machine', () => {
    const { settings, origins } = readSettings({ PATH: '/bin' });
    expect(settings).toMatchObject({ backend: 'embedded', dataFolder: 'bellwether-data', port: undefined });
    expect(origins.every(({ from }) => from === 'default')).toBe(true);
  });

  it('come from the file, nested or not, and the environment has the last word', () => {
    const text =
      'backend: kafka\nkafka:\n  brokers: [one:9092, two:9092]\n  replication: 3\nmongodb_database: scores\n';
    const { settings, origins } = withFile(text, { BELLWETHER_KAFKA_REPLICATION: '2' });
    expect(settings).toMatchObject({
      backend: 'kafka',
      kafkaBrokers: ['one:9092', 'two:9092'],
      kafkaReplication: 2,
      mongodbDatabase: 'scores',
    });
    const from = Object.fromEntries(origins.map((origin) => [origin.variable, origin.from]));
    expect(from).toMatchObject({
      BELLWETHER_KAFKA_BROKERS: 'file',
      BELLWETHER_KAFKA_REPLICATION: 'environment',
      BELLWETHER_PREFIX: 'default',
    });
  });

  it('names every fault at once, with a way out', () => {
    const faults = faultsOf(() =>
      withFile('bakend: kafka\ndelivery: sometimes\n', {
        BELLWETHER_PARTITIONS: 'many',
        BELLWETHER_KAFKA_BROKER: 'one:9092',
        BELLWETHER_KAFKA_BROKERS: 'one',
      }),
    );
    expect(faults.split('\n')).toEqual([
      expect.stringMatching(/^BELLWETHER_KAFKA_BROKER is no setting: `bellwether config` lists/),
      expect.stringMatching(/^bakend in .* is no setting/),
      'BELLWETHER_PARTITIONS must be a whole number from 0 to 1024, not "many".',
      'BELLWETHER_KAFKA_BROKERS must be brokers as host:port, separated by commas, not "one".',
      'BELLWETHER_DELIVERY must be one of transactional, idempotent, not "sometimes".',
    ]);
  });

  it('say what a login lacks, and that a file is missing or no YAML', () => {
    expect(faultsOf(() => readSettings({ BELLWETHER_KAFKA_SASL_MECHANISM: 'plain' }))).toMatch(/must be set/);
    expect(faultsOf(() => readSettings({ BELLWETHER_CONFIG: join(folder, 'none.yaml') }))).toMatch(
      /does not exist/,
    );
    expect(faultsOf(() => withFile('a: [1\n'))).toMatch(/is no YAML/);
  });

  it('are printed without secrets, right or wrong', () => {
    const secrets = {
      BELLWETHER_KAFKA_SASL_MECHANISM: 'plain',
      BELLWETHER_KAFKA_SASL_USERNAME: 'me',
      BELLWETHER_KAFKA_SASL_PASSWORD: 'canary-one',
      BELLWETHER_REGISTRY_PASSWORD: 'canary-two',
      BELLWETHER_MONGODB_URI:
        'mongodb://me:canary-three@one:27017,two:27017/?replicaSet=r&tlsCertificateKeyFilePassword=canary-four',
    };
    const printed = printSettings(readSettings(secrets));
    expect(printed).not.toContain('canary');
    expect(printed).toContain('mongodb://********@one:27017,two:27017/?replicaSet=r&');
    const wrong = { ...secrets, BELLWETHER_MONGODB_URI: 'canary-three', BELLWETHER_PARTITIONS: '-1' };
    expect(faultsOf(() => readSettings(wrong))).not.toContain('canary');
  });
});
