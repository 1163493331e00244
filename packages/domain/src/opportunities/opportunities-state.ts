import type { EventData } from '@bellwether/events';
import type { Written } from '../signals/written.ts';

export type OpportunityKind = NonNullable<EventData<'opportunity.created'>['opportunityKind']>;

/** Most opportunities of one customer; the event of one more is quarantined, never dropped. */
export const MAX_OPPORTUNITIES = 1_000;

/** What is known of a sales opportunity; its events may come in any order (S54, S67, S78). */
export interface Opportunity {
  readonly id: string;
  readonly kind: Written<OpportunityKind> | null;
  /** In the words of the source. */
  readonly stage: Written<string> | null;
  /** Minor units. */
  readonly amount: Written<number> | null;
  /** Earliest day on which it was reported as created. */
  readonly createdDay: number | null;
  /** True: won; false: lost; null: open. A change of stage does not open it again. */
  readonly outcome: Written<boolean> | null;
  /** Earliest days on which it was reported as won and as lost. */
  readonly wonDay: number | null;
  readonly lostDay: number | null;
}

/** All opportunities of a customer, sorted by id. */
export type OpportunityList = readonly Opportunity[];

const NONE: OpportunityList = [];

/** A customer to whom nothing was offered. */
export function initialOpportunities(): OpportunityList {
  return NONE;
}

/** Day on which the present outcome was first reported; null while open. */
export function closedDayOf({ outcome, wonDay, lostDay }: Opportunity): number | null {
  if (outcome === null) return null;
  return outcome.value ? wonDay : lostDay;
}

/** Amount of an opportunity in minor units; nothing where none was told. */
export function amountOf({ amount }: Opportunity): number {
  return amount?.value ?? 0;
}

/** Newest day on which something was told about an opportunity that still holds. */
export function lastToldDayOf({ kind, stage, amount, outcome, createdDay }: Opportunity): number | null {
  const days = [kind?.day, stage?.day, amount?.day, outcome?.day, createdDay ?? undefined];
  return days.reduce<number | null>(
    (last, day) => (day === undefined || (last !== null && last >= day) ? last : day),
    null,
  );
}
