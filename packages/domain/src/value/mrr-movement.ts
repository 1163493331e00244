import { basisPointsOf } from '../statistics/exact.ts';

/** How the recurring revenue of one customer moved: start + new + expansion - contraction - churn = end. */
export interface MrrMovement {
  readonly startMinor: number;
  readonly newMinor: number;
  readonly expansionMinor: number;
  readonly contractionMinor: number;
  readonly churnMinor: number;
  readonly endMinor: number;
}

/** From what to what recurring revenue moved; each amount is in one place only (S109, D17). */
export function movementBetween(startMinor: number, endMinor: number): MrrMovement {
  const grown = Math.max(0, endMinor - startMinor);
  const shrunk = Math.max(0, startMinor - endMinor);
  return {
    startMinor,
    newMinor: startMinor === 0 ? grown : 0,
    expansionMinor: startMinor === 0 ? 0 : grown,
    contractionMinor: endMinor === 0 ? 0 : shrunk,
    churnMinor: endMinor === 0 ? shrunk : 0,
    endMinor,
  };
}

/** Movements of a cohort added up; BigInt, as they may pass what a number holds exactly. */
export interface MrrMovements {
  readonly start: bigint;
  readonly new: bigint;
  readonly expansion: bigint;
  readonly contraction: bigint;
  readonly churn: bigint;
}

export const NO_MOVEMENTS: MrrMovements = { start: 0n, new: 0n, expansion: 0n, contraction: 0n, churn: 0n };

/** The sums with one more customer. */
export function withMovement(sums: MrrMovements, movement: MrrMovement): MrrMovements {
  return {
    start: sums.start + BigInt(movement.startMinor),
    new: sums.new + BigInt(movement.newMinor),
    expansion: sums.expansion + BigInt(movement.expansionMinor),
    contraction: sums.contraction + BigInt(movement.contractionMinor),
    churn: sums.churn + BigInt(movement.churnMinor),
  };
}

/** Revenue kept by a cohort, in basis points of what it started with (10000 = all); null without a start. */
export interface RevenueRetention {
  /** (start + expansion - churn) / start, as the framework has it; target above 10000 (S109). */
  readonly nrrSeedBasisPoints: number | null;
  /** (start + expansion - contraction - churn) / start (D17). */
  readonly nrrBasisPoints: number | null;
  /** (start - contraction - churn) / start, never above 10000 (D17). */
  readonly grrBasisPoints: number | null;
}

/** Net and gross revenue retention (S109, D17). What is new is in none of them: it was not there to be kept. */
export function revenueRetentionOf({ start, expansion, contraction, churn }: MrrMovements): RevenueRetention {
  return {
    nrrSeedBasisPoints: basisPointsOf(start + expansion - churn, start),
    nrrBasisPoints: basisPointsOf(start + expansion - contraction - churn, start),
    grrBasisPoints: basisPointsOf(start - contraction - churn, start),
  };
}
