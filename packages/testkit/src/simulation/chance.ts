import { seededChance } from '../memory/faulty.ts';

/** Seeded choices: the same seed makes the same choices in the same order. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seededChance(seed);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** True with the given probability, 0 to 1. */
  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** One of the list, undefined when it is empty. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  /** The same items in another order; the list given is left as it is. */
  shuffled<T>(list: readonly T[]): T[] {
    const items = [...list];
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      const item = items[last] as T;
      items[last] = items[other] as T;
      items[other] = item;
    }
    return items;
  }
}
