import { describe, expect, it } from 'vitest';
import type { Backend, BackendName } from './backend.ts';
import { chooseBackends, describeChoice, readForcedBackend } from './choose-backend.ts';

/** A backend that offers only some kinds of servers. */
function backend(name: BackendName, ...kinds: string[]): Backend {
  return {
    name,
    offer: async (kind) =>
      kinds.includes(kind)
        ? { available: true, name: `${kind} of ${name}`, version: '1' }
        : { available: false, reason: `${name} has no ${kind}.` },
    start: async () => [],
  };
}

async function choose(...backends: Backend[]): Promise<Record<string, BackendName>> {
  const chosen = await chooseBackends(['kafka', 'mongodb'], backends);
  return Object.fromEntries(chosen.map((each) => [each.kind, each.backend.name]));
}

describe('servers for tests come from', () => {
  const local = backend('local', 'kafka', 'mongodb');
  const docker = backend('docker', 'kafka', 'mongodb');

  it('local programs where there is nothing else', async () => {
    expect(await choose(backend('external'), backend('docker'), local)).toEqual({
      kafka: 'local',
      mongodb: 'local',
    });
  });

  it('containers before local programs, in whatever order they are given', async () => {
    expect(await choose(local, docker, backend('external'))).toEqual({ kafka: 'docker', mongodb: 'docker' });
  });

  it('the environment before all, for each server that it names', async () => {
    const external = backend('external', 'mongodb');
    expect(await choose(external, docker, local)).toEqual({ kafka: 'docker', mongodb: 'external' });
  });

  it('the one backend that is allowed, or nowhere', async () => {
    expect(await choose(docker)).toEqual({ kafka: 'docker', mongodb: 'docker' });
    await expect(choose(backend('docker', 'kafka'))).rejects.toThrow('docker has no mongodb.');
  });

  it('nowhere, with what each backend misses for the servers that cannot be had', async () => {
    const none = choose(backend('external'), backend('docker'), backend('local', 'mongodb'));
    await expect(none).rejects.toThrow(
      /^external has no kafka\. Or: docker has no kafka\. Or: local has no kafka\.$/,
    );
    const both = choose(backend('external'), backend('docker'));
    await expect(both).rejects.toThrow(
      'external has no kafka. external has no mongodb. Or: docker has no kafka. docker has no mongodb.',
    );
  });

  it('the backend that BELLWETHER_TEST_BACKEND names', () => {
    expect(readForcedBackend('docker')).toBe('docker');
    expect(readForcedBackend('')).toBeUndefined();
    expect(readForcedBackend(undefined)).toBeUndefined();
    expect(() => readForcedBackend('podman')).toThrow('one of external, docker, local, not "podman"');
  });
});

describe('the line about servers', () => {
  it('names each with its version, and where it comes from', async () => {
    const local: Backend = {
      ...backend('local'),
      offer: async (kind) =>
        kind === 'mongodb'
          ? { available: true, name: 'secantusd-rs', version: '0.5', effort: 'it is built first' }
          : { available: true, name: 'Apicurio Registry', version: '2.6' },
    };
    const chosen = await chooseBackends(
      ['kafka', 'registry', 'mongodb'],
      [backend('external', 'kafka'), local],
    );
    expect(describeChoice(chosen)).toBe(
      'kafka of external 1 (as the environment says); ' +
        'Apicurio Registry 2.6, secantusd-rs 0.5 for MongoDB – it is built first (local programs)',
    );
  });
});
