import { publishable, roundedRatio } from './exact.ts';

/** What is known of one measure over several members: those that do not know it add nothing, not even a zero (D20). */
export interface Tally {
  readonly members: number;
  /** Members whose measure is known. */
  readonly known: number;
  readonly sum: bigint;
}

/** Adds one measure up, exactly and in any order. @param read a whole number, or null where it is not known */
export function tallyOf<Member>(members: readonly Member[], read: (member: Member) => number | null): Tally {
  let known = 0;
  let sum = 0n;
  for (const member of members) {
    const value = read(member);
    if (value === null) continue;
    known += 1;
    sum += BigInt(value);
  }
  return { members: members.length, known, sum };
}

/** The sum: 0 of no members; null where members are there and none is known, or where it passes 2^53. */
export function totalOf({ members, known, sum }: Tally): number | null {
  return members > 0 && known === 0 ? null : publishable(sum);
}

/** The mean of those known, in the unit of the measure, halves away from zero; null where none is known. */
export function meanOf({ known, sum }: Tally): number | null {
  return known === 0 ? null : roundedRatio(sum, BigInt(known));
}
