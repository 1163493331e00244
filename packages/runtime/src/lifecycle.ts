/** A part of a process that is started and stopped: a server, a loop, a database. */
export interface Component {
  readonly name: string;
  start(): Promise<void>;
  /** Called once, and only after `start` resolved. */
  stop(): Promise<void>;
}

/** Bounds on starting and stopping. */
export interface LifecycleOptions {
  /** How long one component may take to stop before it is left behind, in ms; 10 s when not given. */
  readonly stopTimeoutMs?: number;
}

/** Components that are up. */
export interface Running {
  /**
   * Stops them in reverse order; all of them, also when one fails. Calling it again gives the same result.
   * @throws AggregateError naming every component that failed or did not stop in time.
   */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts components one after the other, so that each may rely on those before it. When one fails, those that are up
 * are stopped in reverse order and the error of the start is thrown: nothing stays half started.
 */
export async function startInOrder(
  components: readonly Component[],
  options: LifecycleOptions = {},
): Promise<Running> {
  const started: Component[] = [];
  for (const component of components) {
    try {
      await component.start();
    } catch (error) {
      const faults = await stopInReverse(started, options);
      if (faults.length === 0) throw error;
      throw new AggregateError(
        [error, ...faults],
        `${component.name} could not start, and stopping the rest failed`,
      );
    }
    started.push(component);
  }
  let stopping: Promise<void> | undefined;
  return {
    stop: () => {
      stopping ??= stopAll(started, options);
      return stopping;
    },
  };
}

async function stopAll(components: readonly Component[], options: LifecycleOptions): Promise<void> {
  const faults = await stopInReverse(components, options);
  if (faults.length > 0) throw new AggregateError(faults, faults.map((fault) => fault.message).join('; '));
}

async function stopInReverse(
  components: readonly Component[],
  { stopTimeoutMs = STOP_TIMEOUT_MS }: LifecycleOptions,
): Promise<Error[]> {
  const faults: Error[] = [];
  for (const component of components.toReversed()) {
    try {
      await withinTime(component, stopTimeoutMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push(new Error(`${component.name} did not stop: ${reason}`, { cause: error }));
    }
  }
  return faults;
}

function withinTime(component: Component, timeoutMs: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not within ${timeoutMs} ms`)), timeoutMs);
  return Promise.race([component.stop(), promise]).finally(() => clearTimeout(timer));
}
