import { murmur2 } from '@bellwether/events';

const WARM_UP_ROUNDS = 15;
const NORMAL_APPROXIMATION_FROM = 60;

/**
 * A seeded stream of random numbers: sfc32 by Chris Doty-Humphrey (PractRand, public domain,
 * https://pracrand.sourceforge.net/RNG_engines.txt), 128 bit of state, with the draws that the process needs.
 * The same seed text gives the same numbers for ever; nothing here reads a clock or Math.random.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seedText: string) {
    this.a = murmur2(seedText, 0x1b873593) | 0;
    this.b = murmur2(seedText, 0xcc9e2d51 | 0) | 0;
    this.c = murmur2(seedText, 0x2545f491) | 0;
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const result = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0;
    return (result >>> 0) / 4_294_967_296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number in [low, high], both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** A name drawn with the weight it has; weights need not sum to 1. */
  weighted<K extends string>(weights: { readonly [N in K]: number }): K {
    const names = Object.keys(weights) as K[];
    let total = 0;
    for (const name of names) total += weights[name];
    let rest = this.next() * total;
    for (const name of names) {
      rest -= weights[name];
      if (rest < 0) return name;
    }
    return this.pick(names);
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Box and Muller (1958). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  /** `median * exp(N(0, sigma))`. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma));
  }

  /** Gamma with mean 1 and variance 1/shape; shape >= 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal(0, 1);
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
        return (d * v) / shape;
    }
  }

  /** Poisson: by multiplication (Knuth), above a mean of 60 by the normal approximation. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > NORMAL_APPROXIMATION_FROM) return Math.max(0, Math.round(this.normal(mean, Math.sqrt(mean))));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  /** A new list in random order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const result: T[] = [];
    for (const item of list) {
      const at = this.integer(0, result.length);
      const displaced = result[at];
      if (displaced === undefined) result.push(item);
      else {
        result[at] = item;
        result.push(displaced);
      }
    }
    return result;
  }
}
