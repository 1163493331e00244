/** A partition that does not advance, since when and why. */
interface Trouble {
  readonly sentence: string;
  readonly sinceMs: number;
}

/** How long a partition may try again by itself before the process says that it is not ready. */
const PATIENCE_MS = 5_000;

/** What keeps partitions from advancing; `/readyz` tells it. */
export class WorkHealth {
  readonly #nowMs: () => number;
  readonly #stopped = new Map<string, string>();
  readonly #retrying = new Map<string, Trouble>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A partition stopped on an error that only a person can mend. */
  stopped(topology: string, partition: number, error: Error): void {
    const place = `${topology}/${partition}`;
    this.#retrying.delete(place);
    this.#stopped.set(place, error.message);
  }

  /** A partition takes over again after a passing fault. */
  retrying(topology: string, partition: number, error: Error): void {
    const place = `${topology}/${partition}`;
    const sinceMs = this.#retrying.get(place)?.sinceMs ?? this.#nowMs();
    this.#retrying.set(place, { sentence: error.message, sinceMs });
  }

  /** The partition works again, or is not this process's any more: whatever it was, it is over. */
  recovered(topology: string, partition: number): void {
    const place = `${topology}/${partition}`;
    this.#stopped.delete(place);
    this.#retrying.delete(place);
  }

  /** A sentence for each trouble. */
  reasons(): readonly string[] {
    const now = this.#nowMs();
    const waiting = [...this.#retrying].filter(([, { sinceMs }]) => now - sinceMs > PATIENCE_MS);
    return [
      ...Array.from(this.#stopped, ([place, sentence]) => `${place} stopped: ${sentence}`),
      ...waiting.map(([place, { sentence }]) => `${place} cannot go on: ${sentence}`),
    ];
  }
}
