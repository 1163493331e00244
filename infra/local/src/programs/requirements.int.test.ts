import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planLocalServer } from '../local-servers.ts';
import { fakeProgram } from '../test-support/fake-program.ts';
import { temporaryFolder } from '../test-support/temporary-folder.ts';
import { mongoSupplies } from './mongodb.ts';
import { rankSupplies } from './supply.ts';

const JAVA_17 = 'openjdk version "17.0.15" 2025-04-15';

/** A machine that has nothing but the given programs, and nothing in its cache. */
function machine(programs: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, says] of Object.entries(programs)) fakeProgram(folder, name, says);
  return { PATH: folder, BELLWETHER_CACHE: join(folder, 'cache') };
}

describe('Kafka and the registry', () => {
  it('need Java, and say how to get it', async () => {
    await expect(planLocalServer('kafka', machine({}))).rejects.toThrow(
      /need Java 17 or newer, and there is none: install one .*JAVA_HOME/,
    );
  });

  it('need Java 17', async () => {
    const old = machine({ java: 'openjdk version "11.0.2" 2019-01-15', mvn: '' });
    await expect(planLocalServer('registry', old)).rejects.toThrow(
      /need Java 17 or newer, but .*java is Java 11: /,
    );
  });

  it('take the Java of JAVA_HOME before that of the PATH', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'bin'));
    fakeProgram(join(home, 'bin'), 'java', JAVA_17);
    const env = { ...machine({ java: 'openjdk version "11.0.2" 2019-01-15', mvn: '' }), JAVA_HOME: home };
    expect(await planLocalServer('kafka', env)).toMatchObject({ name: 'Kafka', version: '4.1.1' });
  });

  it('need Maven the first time', async () => {
    await expect(planLocalServer('kafka', machine({ java: JAVA_17 }))).rejects.toThrow(
      /fetched with Maven.*install it/,
    );
    const planned = await planLocalServer('registry', machine({ java: JAVA_17, mvn: '' }));
    expect(planned).toMatchObject({ version: '2.6.13.Final', effort: '142 MB are fetched first' });
  });

  it('do not need Maven once they are in the cache', async () => {
    const env = machine({ java: JAVA_17 });
    mkdirSync(join(env.BELLWETHER_CACHE, 'kafka-4.1.1'), { recursive: true });
    expect(await planLocalServer('kafka', env)).toEqual({ kind: 'kafka', name: 'Kafka', version: '4.1.1' });
  });
});

describe('a MongoDB server', () => {
  it('is mongod where there is one, before all others', async () => {
    const env = machine({ mongod: 'db version v8.0.4', cargo: '', python3: '' });
    expect(await planLocalServer('mongodb', env)).toEqual({
      kind: 'mongodb',
      name: 'MongoDB',
      version: '8.0.4',
    });
  });

  it('is that of mongodb-memory-server where somebody has installed it, before those that are built', async () => {
    const env = machine({ cargo: '', python3: '' });
    const mongod = fakeProgram(temporaryFolder(), 'mongod-of-the-package', 'db version v7.0.24');
    const supplies = mongoSupplies({ env, cache: env.BELLWETHER_CACHE }, () => ({
      MongoBinary: { getPath: async () => mongod },
    }));
    const [{ supply }] = await rankSupplies(supplies);
    expect(await supply.bring(() => undefined)).toMatchObject({ name: 'MongoDB', version: '7.0.24' });
  });

  it('is built with Rust, or else fetched with Python', async () => {
    const withRust = await planLocalServer('mongodb', machine({ cargo: '', python3: '' }));
    expect(withRust).toMatchObject({ name: 'secantusd-rs', effort: expect.stringContaining('built first') });
    const withPython = await planLocalServer('mongodb', machine({ python3: '' }));
    expect(withPython).toMatchObject({ name: 'secantusd-py', effort: 'it is fetched first' });
  });

  it('is none where there is nothing, and all that would do is named', async () => {
    await expect(planLocalServer('mongodb', machine({}))).rejects.toThrow(
      /mongod.*mongodb-memory-server.*Rust.*Python/,
    );
  });
});
