import type { Channel } from './channels.ts';
import type { Stamped } from './stamped.ts';

/** Engagements of which something was heard within the horizon; one more is refused. */
export const MAX_ENGAGEMENTS = 1_000;

export type EngagementKind = 'qbr' | 'meeting' | 'outreach';
/** How high up the people met are. */
export type EngagementLevel = 'C' | 'VP' | 'other';

/** What is known of one meeting, review or message to the customer; its events may come in any order (S20, S36). */
export interface Engagement {
  readonly id: string;
  readonly kind: EngagementKind;
  /** The day that it was put into the calendar for, as told last. */
  readonly scheduled?: Stamped<number>;
  /** The last day on which it took place; of outreach, on which it was sent. */
  readonly heldDay?: number;
  /** The last day on which it was told as missed. */
  readonly missedDay?: number;
  /** The highest level that any of its events named. */
  readonly level?: EngagementLevel;
  /** The most people that an event of its taking place named. */
  readonly attendees?: number;
  /** The channel by which it took place; of several the first by name. */
  readonly channel?: Channel;
}

/** The engagements of a customer. */
export interface EngagementList {
  /** First day on which one took place, at any age. */
  readonly firstDay: number | null;
  /** Sorted by id. */
  readonly engagements: readonly Engagement[];
}
/** Nobody ever met. */
export const NO_ENGAGEMENTS: EngagementList = { firstDay: null, engagements: [] };
