/**
 * Keeps the first `limit` of many items in the order of `compare`: it gathers a few times as many, sorts and cuts, and
 * from then on turns away what comes after the last one kept. O(n) comparisons for most inputs.
 */
export class TopRows<Item> {
  readonly #limit: number;
  readonly #compare: (a: Item, b: Item) => number;
  #kept: Item[] = [];
  #last: Item | undefined;

  constructor(limit: number, compare: (a: Item, b: Item) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(item: Item): void {
    if (this.#last !== undefined && this.#compare(item, this.#last) >= 0) return;
    this.#kept.push(item);
    if (this.#kept.length >= Math.max(2 * this.#limit, 256)) this.#cut();
  }

  /** The items kept, in order. */
  rows(): readonly Item[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.sort(this.#compare).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.#last = this.#kept.at(-1);
  }
}
