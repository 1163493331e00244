/** Which producers are inside an aborted transaction, at a place that only moves forward. */
export class AbortedTransactions {
  /** In order of their first offsets; a fetch answer has them in order of their ends. */
  readonly #ahead: readonly { readonly producerId: bigint; readonly firstOffset: number }[];
  readonly #open = new Set<bigint>();
  #next = 0;

  constructor(aborted: readonly { readonly producerId: bigint; readonly firstOffset: number }[]) {
    this.#ahead = aborted.toSorted((one, other) => one.firstOffset - other.firstOffset);
  }

  /** Steps into every transaction that begins at or before the offset. */
  stepTo(offset: number): void {
    for (;;) {
      const next = this.#ahead[this.#next];
      if (next === undefined || next.firstOffset > offset) return;
      this.#open.add(next.producerId);
      this.#next += 1;
    }
  }

  /** An abort marker of the producer: what it writes from here on is another transaction. */
  end(producerId: bigint): void {
    this.#open.delete(producerId);
  }

  has(producerId: bigint): boolean {
    return this.#open.has(producerId);
  }
}
