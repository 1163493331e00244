import { hash } from 'node:crypto';
import type { WorkloadScore } from './workload-event.ts';

/** What the output for the first events of the workload has when it is exact, however its customers are ordered. */
export interface Expected {
  readonly events: number;
  readonly count: number;
  readonly digest: string;
}

/** Of the whole workload, as it states it. */
export const EXPECTED: Expected = { events: 300_000, count: 293_917, digest: 'd39cc86d95754429' };
/** Of its beginning, as its own reference implementation in Python gives it. */
export const EXPECTED_OF_BEGINNING: readonly Expected[] = [
  { events: 1_000, count: 985, digest: '5b912e408231ca7a' },
  { events: 5_000, count: 4_905, digest: '59de2921430ddb80' },
  { events: 20_000, count: 19_613, digest: '22366a43ed6b8cec' },
];

/** Adds up what an output holds: the number of its records, and a digest that does not depend on their order. */
export class OutputDigest {
  #count = 0;
  #sum = 0n;

  add(score: WorkloadScore): void {
    this.#count += 1;
    this.#sum += Buffer.from(hash('sha256', canonical(score), 'hex').slice(0, 16), 'hex').readBigUInt64BE();
  }

  get count(): number {
    return this.#count;
  }

  /** 16 hexadecimal digits: the sum of the first 8 bytes of each record's SHA-256, modulo 2^64. */
  get digest(): string {
    return BigInt.asUintN(64, this.#sum).toString(16).padStart(16, '0');
  }

  isExactly({ count, digest }: Expected): boolean {
    return this.count === count && this.digest === digest;
  }
}

function canonical({ customerId, eventId, rev, ltvCents, r, f, m, ...score }: WorkloadScore): string {
  const health = Math.round(score.health * 100);
  const before = score.previousHealth === null ? -1 : Math.round(score.previousHealth * 100);
  return [customerId, eventId, rev, ltvCents, r, f, m, health, before].join('|');
}
