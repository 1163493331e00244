import { expect, it } from 'vitest';
import { type ContainerControl, containerServer } from './container-server.ts';

/** A container that keeps the rules of the Docker API, with a list of what was done to it. */
function container() {
  const done: string[] = [];
  const state = { Running: true, Paused: false };
  const act = (name: string, allowed: () => boolean, effect: () => void) => async () => {
    if (!allowed()) throw new Error(`${name} is not possible now`);
    done.push(name);
    effect();
  };
  const isRunning = () => state.Running && !state.Paused;
  const control: ContainerControl = {
    pause: act('pause', isRunning, () => Object.assign(state, { Paused: true })),
    unpause: act(
      'unpause',
      () => state.Paused,
      () => Object.assign(state, { Paused: false }),
    ),
    stop: act('stop', isRunning, () => Object.assign(state, { Running: false })),
    kill: act(
      'kill',
      () => state.Running,
      () => Object.assign(state, { Running: false, Paused: false }),
    ),
    start: act(
      'start',
      () => !state.Running,
      () => Object.assign(state, { Running: true }),
    ),
    inspect: async () => ({ State: { ...state } }),
  };
  const untilReady = async (): Promise<void> => void done.push('ready');
  const facts = { kind: 'kafka', name: 'Kafka', version: '4', url: 'localhost:9092', untilReady } as const;
  return { done, server: containerServer(control, facts) };
}

it('a server in a container is killed and comes back, ready', async () => {
  const { done, server } = container();
  await server.kill();
  await server.kill();
  await server.restart();
  expect(done).toEqual(['kill', 'start', 'ready']);
});

it('a server in a container that runs is stopped in order before it starts again', async () => {
  const { done, server } = container();
  await server.restart();
  expect(done).toEqual(['stop', 'start', 'ready']);
});

it('a paused server in a container goes on, is killed or is stopped', async () => {
  const { done, server } = container();
  await server.pause();
  await server.resume();
  await server.resume();
  await server.pause();
  await server.stop();
  await server.stop();
  expect(done).toEqual(['pause', 'unpause', 'pause', 'unpause', 'stop']);
  await server.restart();
  await server.pause();
  await server.kill();
  expect(done.slice(5)).toEqual(['start', 'ready', 'pause', 'kill']);
});

it('a server in a container says what it is and where', () => {
  expect(container().server).toMatchObject({
    kind: 'kafka',
    name: 'Kafka',
    version: '4',
    url: 'localhost:9092',
  });
});
