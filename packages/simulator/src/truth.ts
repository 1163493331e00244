import type { Archetype, DriftReason, Segment } from './parameters.ts';

/** What really goes on with a customer that drifts away; days are epoch days. */
export interface Drift {
  readonly startDay: number;
  readonly reason: DriftReason;
  /** The day all agreements ended; null for a customer that recovered. It may lie after the last simulated day. */
  readonly churnDay: number | null;
  /** The day from which nothing was wrong any more; null for a customer that was lost. */
  readonly recoveredDay: number | null;
}

/** The known truth about one simulated customer (N24). */
export interface Truth {
  readonly customerId: string;
  readonly archetype: Archetype;
  readonly segment: Segment;
  /** First day with events. */
  readonly joinedDay: number;
  /** Null: never drifted up to the last day asked for. */
  readonly drift: Drift | null;
}

/** A drift as the process plays it: how strongly it shows (0.4..1) and how soon (below 1 early, above 1 late). */
export interface DriftPlan extends Drift {
  readonly strength: number;
  readonly shape: number;
}

/** How far a drift has got on a day, 0..1: rises to churn, or rises and falls back to 0 at recovery. */
export function pressureOn(plan: DriftPlan, day: number): number {
  const endDay = plan.churnDay ?? plan.recoveredDay ?? plan.startDay;
  if (day < plan.startDay || endDay <= plan.startDay) return 0;
  const progress = (day - plan.startDay) / (endDay - plan.startDay);
  if (plan.churnDay !== null) return plan.strength * Math.min(1, progress) ** plan.shape;
  return progress >= 1 ? 0 : plan.strength * (progress < 0.5 ? 2 * progress : 2 - 2 * progress);
}
