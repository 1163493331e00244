import type { CustomerEvent } from '@bellwether/events';
import { blankDetails, type ContactDetails, withDetails } from '../relationship/contacts-extension.ts';
import { entityAt, placeOf, withEntity } from './entities.ts';
import { type Contact, MAX_CONTACTS } from './state.ts';
import { isLater, laterOf, writtenBy } from './written.ts';

export type ContactEvent = Extract<CustomerEvent, { readonly type: `contact.${string}` }>;

/**
 * Adds one fact to a contact (S93).
 *
 * @returns the same reference when nothing changed; undefined when it would be one contact too many
 */
export function evolveContacts(
  contacts: readonly Contact[],
  event: ContactEvent,
): readonly Contact[] | undefined {
  const id = event.data.contactId;
  const place = placeOf(contacts, id);
  const known = entityAt(contacts, place, id);
  if (known === undefined && contacts.length >= MAX_CONTACTS) return undefined;
  const next = withFact(known ?? blankContact(id, event.day), event);
  return next === known ? contacts : withEntity(contacts, place, next);
}

function blankContact(id: string, day: number): Contact {
  return { id, day, isSponsor: null, wasSponsor: false, created: null, left: null, ...blankDetails(day) };
}

function withFact(contact: Contact, event: ContactEvent): Contact {
  const known = detailsOf(contact);
  const details = withDetails(known, event);
  const isSponsor = 'isSponsor' in event.data ? event.data.isSponsor : undefined;
  const next: Contact = {
    id: contact.id,
    day: Math.max(contact.day, event.day),
    isSponsor: laterOf(contact.isSponsor, isSponsor === undefined ? undefined : writtenBy(event, isSponsor)),
    wasSponsor: contact.wasSponsor || isSponsor === true,
    created: laterOf(contact.created, event.type === 'contact.created' ? writtenBy(event, true) : undefined),
    left: laterOf(contact.left, event.type === 'contact.left' ? writtenBy(event, true) : undefined),
    ...details,
  };
  return details === known && isSame(contact, next) ? contact : next;
}

/** The details alone, to be compared with what they become. */
function detailsOf({ firstDay, role, hasEmail, isPrimary }: Contact): ContactDetails {
  return {
    firstDay,
    ...(role === undefined ? {} : { role }),
    ...(hasEmail === undefined ? {} : { hasEmail }),
    ...(isPrimary === undefined ? {} : { isPrimary }),
  };
}

function isSame(a: Contact, b: Contact): boolean {
  return (
    a.day === b.day &&
    a.isSponsor === b.isSponsor &&
    a.wasSponsor === b.wasSponsor &&
    a.created === b.created &&
    a.left === b.left
  );
}

/** Somebody who left stays away until created anew: systems go on changing the records of people who are gone. */
export function isActive({ created, left }: Contact): boolean {
  return left === null || (created !== null && isLater(created, left));
}
