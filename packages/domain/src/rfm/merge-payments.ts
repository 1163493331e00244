import { mergeSorted, mergeTiles } from '../merging/merge-sorted.ts';
import { foldTilesBefore } from './evolve-payments.ts';
import type { FirstOther, PaymentsState } from './payments-state.ts';

/**
 * The payments of two customers as those of one (N23). A day that one of them has let go to the older days already is
 * an older day of both.
 */
export function mergePayments(a: PaymentsState, b: PaymentsState): PaymentsState {
  const horizon = Math.max(firstTileDay(a), firstTileDay(b));
  const [one, other] = [foldTilesBefore(a, horizon), foldTilesBefore(b, horizon)];
  const olderDays = mergeDays(one.olderDays, other.olderDays);
  return {
    paidMinor: one.paidMinor + other.paidMinor,
    otherPaidMinor: one.otherPaidMinor + other.otherPaidMinor,
    olderDays,
    olderAgreementDays: olderDays.filter((day) => isAgreementDay(one, day) && isAgreementDay(other, day)),
    firstOther: earlierOther(one.firstOther, other.firstOther),
    tiles: mergeTiles(one.tiles, other.tiles),
  };
}

/** First day that can have a tile: all older ones are let go together. */
function firstTileDay({ olderDays }: PaymentsState): number {
  return (olderDays.at(-1) ?? Number.NEGATIVE_INFINITY) + 1;
}

function mergeDays(a: readonly number[], b: readonly number[]): readonly number[] {
  return mergeSorted(a, b, { compare: (one, other) => one - other, join: (day) => day });
}

/** Nothing was paid outside of agreements on an older day. */
function isAgreementDay({ olderDays, olderAgreementDays }: PaymentsState, day: number): boolean {
  return !olderDays.includes(day) || olderAgreementDays.includes(day);
}

function earlierOther(a: FirstOther | null, b: FirstOther | null): FirstOther | null {
  if (a === null || b === null) return a ?? b;
  if (a[0] !== b[0]) return a[0] < b[0] ? a : b;
  return [a[0], a[1] + b[1]];
}
