/** For how long an id that the registry does not know is not asked for again (T16). */
export const UNKNOWN_FOR_MS = 60_000;
/** More than these are not remembered: the oldest are forgotten first. */
export const MOST_UNKNOWN = 10_000;

/** Ids that a registry did not know a short while ago, so that a flood of them is no flood of questions. */
export class UnknownIds {
  readonly #nowMs: () => number;
  /** In the order in which they were asked for, which is that of their ends. */
  readonly #untilMs = new Map<number, number>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  has(id: number): boolean {
    const untilMs = this.#untilMs.get(id);
    return untilMs !== undefined && this.#nowMs() < untilMs;
  }

  add(id: number): void {
    this.#untilMs.delete(id);
    this.#untilMs.set(id, this.#nowMs() + UNKNOWN_FOR_MS);
    if (this.#untilMs.size <= MOST_UNKNOWN) return;
    for (const oldest of this.#untilMs.keys()) {
      this.#untilMs.delete(oldest);
      return;
    }
  }
}
