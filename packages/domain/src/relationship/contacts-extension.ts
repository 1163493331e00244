import type { CustomerEvent } from '@bellwether/events';
import { laterKnown, laterStamped, type Stamped, stampedBy } from './stamped.ts';

export type ContactEvent = Extract<CustomerEvent, { readonly type: `contact.${string}` }>;

/** What is known of a contact besides being a sponsor and having left (S33, S65, S101). */
export interface ContactDetails {
  /** First day on which anything was said about the contact. */
  readonly firstDay: number;
  readonly role?: Stamped<string>;
  readonly hasEmail?: Stamped<boolean>;
  readonly isPrimary?: Stamped<boolean>;
}

/** A contact of whom nothing but an event of this day is known. */
export function blankDetails(day: number): ContactDetails {
  return { firstDay: day };
}

/** Adds what an event says of a contact; the same reference when all of it was told later already. */
export function withDetails(details: ContactDetails, event: ContactEvent): ContactDetails {
  const { role, hasEmail, isPrimary }: Said = event.data;
  const next = {
    firstDay: Math.min(details.firstDay, event.day),
    role: told(details.role, event, role),
    hasEmail: told(details.hasEmail, event, hasEmail),
    isPrimary: told(details.isPrimary, event, isPrimary),
  };
  const isSame =
    next.firstDay === details.firstDay &&
    next.role === details.role &&
    next.hasEmail === details.hasEmail &&
    next.isPrimary === details.isPrimary;
  return isSame ? details : withoutGaps(next);
}

/** What is known of a contact by two customers that are one (N23). */
export function mergeDetails(a: ContactDetails, b: ContactDetails): ContactDetails {
  return withoutGaps({
    firstDay: Math.min(a.firstDay, b.firstDay),
    role: laterKnown(a.role, b.role),
    hasEmail: laterKnown(a.hasEmail, b.hasEmail),
    isPrimary: laterKnown(a.isPrimary, b.isPrimary),
  });
}

interface Said {
  readonly contactId: string;
  readonly role?: string;
  readonly hasEmail?: boolean;
  readonly isPrimary?: boolean;
}

function told<Value extends string | boolean>(
  known: Stamped<Value> | undefined,
  event: ContactEvent,
  value: Value | undefined,
): Stamped<Value> | undefined {
  return value === undefined ? known : laterStamped(known, stampedBy(event, value));
}

type Optional = { readonly [F in keyof ContactDetails]-?: ContactDetails[F] | undefined } & {
  readonly firstDay: number;
};

/** What is not known has no field; the fields are always in one order. */
function withoutGaps({ firstDay, role, hasEmail, isPrimary }: Optional): ContactDetails {
  return {
    firstDay,
    ...(role === undefined ? {} : { role }),
    ...(hasEmail === undefined ? {} : { hasEmail }),
    ...(isPrimary === undefined ? {} : { isPrimary }),
  };
}
