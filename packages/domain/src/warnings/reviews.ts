import type { Written } from '../signals/written.ts';

/** A quarterly business review that was scheduled, on the day last told for it (S20, S101). */
export interface Review {
  readonly id: string;
  readonly scheduled: Written<number>;
}

/** All scheduled reviews of a customer, sorted by id. */
export type ReviewList = readonly Review[];

/** The latest day that any review is scheduled on; null: none is. */
export function latestScheduledDay(reviews: ReviewList): number | null {
  let latest: number | null = null;
  for (const { scheduled } of reviews)
    if (latest === null || scheduled.value > latest) latest = scheduled.value;
  return latest;
}
