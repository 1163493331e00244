/**
 * Parameters of the shifted beta-geometric model (sBG; Fader and Hardie 2007, "How to project customer retention"):
 * at each renewal an agreement ends with a chance of its own, and these chances are spread over all agreements by a
 * beta distribution with `alpha` and `beta`, both positive.
 */
export interface ShiftedBetaGeometric {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Share (0..1) of the agreements that came to renewal `renewal` (1 is the first) which renew (N10). It rises from
 * renewal to renewal: those likely to end have ended.
 */
export function retentionRate({ alpha, beta }: ShiftedBetaGeometric, renewal: number): number {
  return (beta + renewal - 1) / (alpha + beta + renewal - 1);
}

/** Share (0..1) of all agreements that are still there after `renewals` renewals; 1 after none. */
export function survival(model: ShiftedBetaGeometric, renewals: number): number {
  let share = 1;
  for (let renewal = 1; renewal <= renewals; renewal++) share *= retentionRate(model, renewal);
  return share;
}

/** What lies ahead of an agreement. */
export interface RenewalsAhead {
  /** Renewals it has survived. */
  readonly survived: number;
  /** Renewals that are looked at, the next one first; may be infinite where later ones are discounted. */
  readonly renewals: number;
  /** What a later renewal is worth less, per term: .1 makes the next but one worth 1/1.1 of the next. Default 0. */
  readonly discountRate?: number;
}

/** A renewal that adds less than this share to the sum ends it. */
const NEGLIGIBLE = 1e-15;

/**
 * Expected number of the coming renewals that an agreement will live to see, given how many it has survived. With a
 * discount rate and no end, it is the discounted expected residual lifetime (DERL; Fader and Hardie 2010, equation 6),
 * the next renewal counting in full.
 * @throws RangeError for renewals without end that are not discounted: their sum has no bound where `alpha` is at
 * most 1.
 */
export function expectedRenewals(model: ShiftedBetaGeometric, ahead: RenewalsAhead): number {
  const { survived, renewals, discountRate = 0 } = ahead;
  if (!Number.isFinite(renewals) && discountRate <= 0) {
    throw new RangeError('renewals without end need a discount rate');
  }
  const discount = 1 / (1 + discountRate);
  let weight = 1;
  let sum = 0;
  for (let next = 1; next <= renewals; next++) {
    weight *= retentionRate(model, survived + next);
    sum += weight;
    weight *= discount;
    // All that is left is at most a geometric series of the discount.
    if (discount < 1 && weight < NEGLIGIBLE * (1 - discount) * sum) break;
  }
  return sum;
}
