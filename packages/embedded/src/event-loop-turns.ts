import { setImmediate } from 'node:timers';

/**
 * Hands out turns one by one, with sockets and timers served in between. SQLite answers at once, so a busy loop over it
 * would otherwise never let anything else run.
 */
export class EventLoopTurns {
  #waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#give());
    });
  }

  #give(): void {
    const [first, ...others] = this.#waiting;
    this.#waiting = others;
    if (others.length > 0) setImmediate(() => this.#give());
    first?.();
  }
}
