import { parseDate } from '@bellwether/events';
import { compareValues } from '../ordering.ts';
import type { AgreementEvent, Amendment, AmendmentKind } from './agreement-state.ts';

const COPIED = [
  'agreementType',
  'parentAgreementId',
  'valueMinor',
  'deltaMinor',
  'perpetual',
  'paymentTerms',
  'autoRenew',
  'renewalTermMonths',
  'noticeDays',
  'serviceLine',
  'reason',
] as const;
const DATES = [
  ['signedDate', 'signedDay'],
  ['startDate', 'startDay'],
  ['endDate', 'endDay'],
] as const;

/** The fact that an event states about its agreement, with its fields always in the same order. */
export function amendmentOf(event: AgreementEvent): Amendment {
  const { data } = event;
  const stated: Record<string, unknown> = {
    day: dayOf(data.effectiveDate) ?? event.day,
    sequence: event.sequence ?? 0,
    time: event.time,
    id: event.id,
    source: event.source,
    kind: event.type.slice('agreement.'.length) as AmendmentKind,
  };
  for (const field of COPIED) {
    if (data[field] !== undefined) stated[field] = data[field];
  }
  for (const [date, day] of DATES) {
    const parsed = dayOf(data[date]);
    if (parsed !== undefined) stated[day] = parsed;
  }
  return stated as unknown as Amendment; // every field above carries the type that the contract gives it
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : parseDate(date);
}

/**
 * Order of amendments: (day, sequence, time, id, source). The time of the event stands before its id, so that two
 * events of one day from a source without sequences keep the order in which they happened.
 */
export function compareAmendments(a: Amendment, b: Amendment): number {
  return (
    a.day - b.day ||
    a.sequence - b.sequence ||
    a.time - b.time ||
    compareValues(a.id, b.id) ||
    compareValues(a.source, b.source)
  );
}
