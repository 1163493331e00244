type Work = (partition: number, signal: AbortSignal) => Promise<void>;

interface Task {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * One task for each partition that is one's own. A partition that is no longer one's own finishes its batch and is let
 * go; one that comes back waits until then. The first task that fails ends them all.
 */
export class PartitionTasks {
  readonly #work: Work;
  readonly #tasks = new Map<number, Task>();
  readonly #ending = new Map<number, Promise<void>>();
  readonly #failed = Promise.withResolvers<never>();

  constructor(work: Work) {
    this.#work = work;
    // Whoever waits in `until` hears of it; before that nobody listens.
    this.#failed.promise.catch(() => undefined);
  }

  /** Starts what is new among `partitions` and lets go of what is not named. */
  assign(partitions: readonly number[]): void {
    for (const partition of [...this.#tasks.keys()]) {
      if (!partitions.includes(partition)) this.#letGo(partition);
    }
    for (const partition of partitions) if (!this.#tasks.has(partition)) this.#start(partition);
  }

  /**
   * Works while `member` takes part in its group. When `signal` fires, the batches at hand are finished before the
   * member leaves.
   * @throws the first error of a task, or that of the membership
   */
  async until(signal: AbortSignal, member: (left: AbortSignal) => Promise<void>): Promise<void> {
    const leaving = new AbortController();
    const stopped = Promise.withResolvers<void>();
    const onAbort = (): void => stopped.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const membership = member(leaving.signal);
    try {
      await Promise.race([stopped.promise, this.#failed.promise, membership]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      await this.#letAllGo();
      leaving.abort();
      await membership;
    }
  }

  #start(partition: number): void {
    const stop = new AbortController();
    const before = this.#ending.get(partition) ?? Promise.resolve();
    const done = before.then(async () => {
      try {
        if (!stop.signal.aborted) await this.#work(partition, stop.signal);
      } catch (error) {
        this.#failed.reject(error);
      }
    });
    this.#tasks.set(partition, { stop, done });
  }

  #letGo(partition: number): void {
    const task = this.#tasks.get(partition);
    if (!task) return;
    this.#tasks.delete(partition);
    task.stop.abort();
    this.#ending.set(partition, task.done);
  }

  async #letAllGo(): Promise<void> {
    for (const partition of [...this.#tasks.keys()]) this.#letGo(partition);
    await Promise.all(this.#ending.values());
  }
}
