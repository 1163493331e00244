import type { CustomerEvent } from '@bellwether/events';
import { acceptedEvents, earliest, groupedBy, inOrderOfWriting, latest, ofTypes } from './common.ts';

/** A person at the customer as all events tell it; days are epoch days. */
export interface OraclePerson {
  readonly id: string;
  readonly role: string | undefined;
  /** As told last; undefined: nothing was told. */
  readonly hasEmail: boolean | undefined;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly wasSponsor: boolean;
  /** As told last; null: nothing was told. */
  readonly sponsor: { readonly is: boolean; readonly day: number; readonly time: number } | null;
  /** The last departure told; null: none. */
  readonly left: { readonly day: number; readonly time: number } | null;
  /** The day of a creation that comes after that departure; null: none. */
  readonly backDay: number | null;
}

/** Everybody at the customer (S33, S93, S101). */
export function recomputePeople(events: readonly CustomerEvent[]): readonly OraclePerson[] {
  const told = ofTypes(acceptedEvents(events), 'contact.created', 'contact.changed', 'contact.left');
  return [...groupedBy(told, ({ data }) => data.contactId)].map(([id, facts]) => {
    const inOrder = inOrderOfWriting(facts);
    const stated = ofTypes(inOrder, 'contact.created', 'contact.changed');
    const sponsor = stated.findLast(({ data }) => data.isSponsor !== undefined);
    const leaving = inOrder.findLast(({ type }) => type === 'contact.left');
    const created = inOrder.findLast(({ type }) => type === 'contact.created');
    const isBack =
      leaving !== undefined && created !== undefined && inOrder.indexOf(created) > inOrder.indexOf(leaving);
    const days = facts.map(({ day }) => day);
    return {
      id,
      role: stated.findLast(({ data }) => data.role !== undefined)?.data.role,
      hasEmail: stated.findLast(({ data }) => data.hasEmail !== undefined)?.data.hasEmail,
      firstDay: earliest(days) ?? 0,
      lastDay: latest(days) ?? 0,
      wasSponsor: stated.some(({ data }) => data.isSponsor === true),
      sponsor:
        sponsor === undefined
          ? null
          : { is: sponsor.data.isSponsor === true, day: sponsor.day, time: sponsor.time },
      left: leaving === undefined ? null : { day: leaving.day, time: leaving.time },
      backDay: isBack ? created.day : null,
    };
  });
}

/** Whether a person is there on a day; of several departures only the last is known. */
export function isThere({ firstDay, left, backDay }: OraclePerson, day: number): boolean {
  if (firstDay > day) return false;
  return left === null || left.day > day || (backDay !== null && backDay <= day);
}

/** The day on which a sponsor was lost: by leaving, or by being named none before; null: not lost. */
export function sponsorLostDay({ wasSponsor, sponsor, left, backDay }: OraclePerson): number | null {
  if (!wasSponsor) return null;
  const leaving = backDay === null ? left : null;
  const isTidyingUp = leaving !== null && sponsor !== null && sponsor.time > leaving.time;
  if (sponsor?.is === false && !isTidyingUp) return sponsor.day;
  return leaving?.day ?? null;
}
