import type { CustomerEvent, EventData } from '@bellwether/events';
import { agreementsToday } from './agreement-terms.ts';
import { acceptedEvents, earliest, epochDay, ofTypes } from './common.ts';

type Profile = EventData<'customer.profile'>;

/** An attribute of the profile as told last, by (time, sequence, id); no sequence counts as 0. */
export function profileOf<Field extends keyof Profile>(
  events: readonly CustomerEvent[],
  field: Field,
): NonNullable<Profile[Field]> | null {
  const told = ofTypes(acceptedEvents(events), 'customer.profile').filter(
    ({ data }) => data[field] !== undefined,
  );
  const inOrder = [...told].sort(
    (a, b) => a.time - b.time || (a.sequence ?? 0) - (b.sequence ?? 0) || (a.id < b.id ? -1 : 1),
  );
  return (inOrder.at(-1)?.data[field] as NonNullable<Profile[Field]> | undefined) ?? null;
}

/** Since when a customer is one, and how that is known (S81). */
export interface OracleAccount {
  readonly sinceDay: number;
  readonly source: 'told' | 'first-agreement' | 'first-event';
}

/** The date of the profile, else the first agreement that is not void, else the first event. */
export function recomputeAccount(events: readonly CustomerEvent[]): OracleAccount {
  const created = profileOf(events, 'createdDate');
  if (created !== null) return { sinceDay: epochDay(created), source: 'told' };
  const agreements = agreementsToday(events, 0).filter(({ status }) => status !== 'void');
  const first = earliest(agreements.map(({ madeDay }) => madeDay));
  if (first !== null) return { sinceDay: first, source: 'first-agreement' };
  return { sinceDay: earliest(acceptedEvents(events).map(({ day }) => day)) ?? 0, source: 'first-event' };
}
