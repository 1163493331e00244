import type { Reason, ScoreChange } from '@bellwether/events';

/** What each signal contributes to the present value of a score. */
export type Contributions = Readonly<Record<string, Reason>>;

/**
 * Adds the reasons of a change to what the signals contributed before. Reasons sum exactly to the delta (or to the
 * value where there was none), so what is kept here always sums exactly to the present value (N1).
 */
export function foldContributions(before: Contributions, change: ScoreChange): Contributions {
  if (change.value === null) return {};
  const next: Record<string, Reason> = change.previous === null ? {} : { ...before };
  for (const reason of change.reasons) {
    const contribution = (next[reason.signal]?.contribution ?? 0) + reason.contribution;
    next[reason.signal] = { ...reason, contribution, before: null };
    if (contribution === 0 && reason.after === null) delete next[reason.signal];
  }
  return next;
}
