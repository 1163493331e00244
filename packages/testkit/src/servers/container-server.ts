import type { ServerHandle } from '@bellwether/local-servers';

/** What is done to a container, as the Docker API has it. */
export interface ContainerControl {
  pause(): Promise<unknown>;
  unpause(): Promise<unknown>;
  kill(): Promise<unknown>;
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  inspect(): Promise<{ readonly State: { readonly Running: boolean; readonly Paused: boolean } }>;
}

/** A handle of a server in a container: its processes are paused, killed and started again, the container stays. */
export function containerServer(
  container: ContainerControl,
  facts: Pick<ServerHandle, 'kind' | 'name' | 'version' | 'url'> & {
    /** Resolves when the server answers again. */
    readonly untilReady: () => Promise<void>;
  },
): ServerHandle {
  const { untilReady, ...description } = facts;
  const state = async () => (await container.inspect()).State;
  const stop = async (): Promise<void> => {
    const { Running, Paused } = await state();
    if (!Running) return;
    if (Paused) await container.unpause();
    await container.stop();
  };
  return {
    ...description,
    stop,
    pause: async () => {
      await container.pause();
    },
    resume: async () => {
      if ((await state()).Paused) await container.unpause();
    },
    kill: async () => {
      if ((await state()).Running) await container.kill();
    },
    restart: async () => {
      await stop();
      await container.start();
      await untilReady();
    },
  };
}
