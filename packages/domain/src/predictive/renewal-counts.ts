/** What is known of one agreement that can be renewed. */
export interface AgreementLife {
  /** Renewals it has survived. */
  readonly renewalsSurvived: number;
  /** It ended, so that the next renewal was lost; otherwise it still runs and the next one is undecided. */
  readonly isOver: boolean;
}

/** Of the agreements that came to renewal number `renewal` (1 is the first): how many renewed and how many did not. */
export interface RenewalDecisions {
  readonly renewal: number;
  readonly kept: number;
  readonly lost: number;
}

/**
 * How agreements lived, by number of renewals; all that the shifted beta-geometric model needs to know. Counts of
 * several cohorts are added up.
 */
export interface RenewalCounts {
  /** `lost[t]`: ended exactly at renewal t; `lost[0]` is never used. */
  readonly lost: readonly number[];
  /** `alive[t]`: still there after t renewals, and no more is known. */
  readonly alive: readonly number[];
}

/** Counts of a set of lives, in any order. */
export function renewalCountsOf(lives: Iterable<AgreementLife>): RenewalCounts {
  const lost: number[] = [];
  const alive: number[] = [];
  for (const { renewalsSurvived, isOver } of lives) {
    const counts = isOver ? lost : alive;
    const renewal = isOver ? renewalsSurvived + 1 : renewalsSurvived;
    while (counts.length <= renewal) counts.push(0);
    counts[renewal] = (counts[renewal] ?? 0) + 1;
  }
  return { lost, alive };
}

/** Counts of one cohort: its size, then how many of it were there after each renewal; never more than before. */
export function countsOfCohort(survivors: readonly number[]): RenewalCounts {
  const last = survivors.length - 1;
  return {
    lost: survivors.map((count, renewal) => (renewal === 0 ? 0 : (survivors[renewal - 1] ?? 0) - count)),
    alive: survivors.map((count, renewal) => (renewal === last ? count : 0)),
  };
}

/** Decisions renewal by renewal; renewals that nobody came to are left out. */
export function renewalDecisionsOf({ lost, alive }: RenewalCounts): readonly RenewalDecisions[] {
  const decisions: RenewalDecisions[] = [];
  let later = 0;
  for (let renewal = Math.max(lost.length, alive.length) - 1; renewal >= 1; renewal--) {
    const kept = later + (alive[renewal] ?? 0);
    const ended = lost[renewal] ?? 0;
    if (kept + ended > 0) decisions.push({ renewal, kept, lost: ended });
    later = kept + ended;
  }
  return decisions.reverse();
}
