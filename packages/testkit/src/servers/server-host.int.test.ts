import type { ServerHandle } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askForServers, NoServersError } from './host-protocol.ts';
import { openServerHost } from './server-host.ts';

/** A broker that only writes down what is done to it. */
function recordingServer(done: string[], failure?: Error): ServerHandle {
  const act = (name: string) => async (): Promise<void> => {
    done.push(name);
    if (failure) throw failure;
  };
  return {
    ...{ kind: 'kafka', name: 'Kafka', version: '4.1.1', url: '127.0.0.1:9092' },
    ...{ pause: act('pause'), resume: act('resume'), kill: act('kill') },
    ...{ restart: act('restart'), stop: act('stop') },
  };
}

async function hostOf(acquire: () => Promise<readonly ServerHandle[]>): Promise<string> {
  const host = await openServerHost(acquire, () => undefined);
  onTestFinished(() => host.close());
  return host.url;
}

describe('the host of the shared servers', () => {
  it('starts none until somebody asks, and then once', async () => {
    let started = 0;
    const url = await hostOf(async () => {
      started += 1;
      return [recordingServer([])];
    });
    expect(started).toBe(0);
    const asked = await Promise.all([askForServers(url), askForServers(url)]);
    expect(started).toBe(1);
    for (const [kafka] of asked)
      expect(kafka).toMatchObject({ kind: 'kafka', name: 'Kafka', version: '4.1.1', url: '127.0.0.1:9092' });
  });

  it('does to a server what a test process asks for', async () => {
    const done: string[] = [];
    const [kafka] = await askForServers(await hostOf(async () => [recordingServer(done)]));
    await kafka?.pause();
    await kafka?.resume();
    await kafka?.kill();
    await kafka?.restart();
    await kafka?.stop();
    expect(done).toEqual(['pause', 'resume', 'kill', 'restart', 'stop']);
  });

  it('passes on why something could not be done', async () => {
    const failing = recordingServer([], new Error('the process would not die'));
    const [kafka] = await askForServers(await hostOf(async () => [failing]));
    await expect(kafka?.kill()).rejects.toThrow('the process would not die');
  });

  it('passes on why there are no servers', async () => {
    const url = await hostOf(() => Promise.reject(new OperatorError('Java is missing: install it.')));
    await expect(askForServers(url)).rejects.toThrow(new NoServersError('Java is missing: install it.'));
  });

  it('answers only those who know its address', async () => {
    const url = await hostOf(async () => [recordingServer([])]);
    const stranger = new URL('/guess/kafka/kill', url);
    expect((await fetch(stranger, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/kafka/explode`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
  });
});
