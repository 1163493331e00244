import { DAY_MS } from '@bellwether/events';
import { amountOf, type OpportunityList } from '../opportunities/opportunities-state.ts';
import { isActive } from '../signals/evolve-contacts.ts';
import { noFacts, type Reading, type ReadingInput, toOneDecimal, whyMissing } from './reading.ts';

/**
 * Contacts with an e-mail address in percent of the active contacts of whom it was told (S65). A source that never
 * tells is not taken for one whose contacts have none.
 */
export function readContactsWithEmail({ signals, feed }: ReadingInput): Reading {
  let told = 0;
  let withEmail = 0;
  let evidenceDay = Number.NEGATIVE_INFINITY;
  for (const contact of signals.contacts) {
    if (contact.hasEmail === undefined || !isActive(contact)) continue;
    told += 1;
    if (contact.hasEmail[0]) withEmail += 1;
    evidenceDay = Math.max(evidenceDay, contact.day);
  }
  return told === 0 ? noFacts(feed) : { raw: toOneDecimal((100 * withEmail) / told), evidenceDay };
}

/** Amount of all opportunities won, in minor units (S66); 0 where there were opportunities and none was won. */
export function readWonAmount({ facts: { opportunities }, feed }: ReadingInput): Reading {
  const evidenceDay = lastToldDay(opportunities);
  if (evidenceDay === null) return noFacts(feed);
  let wonMinor = 0;
  for (const opportunity of opportunities) {
    if (opportunity.outcome?.value === true) wonMinor += amountOf(opportunity);
  }
  return { raw: wonMinor, evidenceDay };
}

/** Newest day on which something was told of an opportunity; null: there is none. */
export function lastToldDay(opportunities: OpportunityList): number | null {
  let newest: number | null = null;
  for (const { createdDay, wonDay, lostDay, stage, amount } of opportunities) {
    for (const day of [createdDay, wonDay, lostDay, stage?.day ?? null, amount?.day ?? null]) {
      if (day !== null && (newest === null || day > newest)) newest = day;
    }
  }
  return newest;
}

/** Annual revenue of the customer as told last, in minor units (S66). */
export function readAnnualRevenue({ facts: { profile }, feed }: ReadingInput): Reading {
  const told = profile.annualRevenueMinor;
  if (told === undefined) return noFacts(feed);
  return { raw: told.value, evidenceDay: Math.floor(told.time / DAY_MS) };
}

/** Days since the last meeting, review or outreach: what a CRM keeps as a finished task. */
export function readDaysSinceLastTask({ signals: { engagement }, today, feed }: ReadingInput): Reading {
  const lastDay = Math.max(
    engagement.lastMeetingDay ?? Number.NEGATIVE_INFINITY,
    engagement.lastQbrHeldDay ?? Number.NEGATIVE_INFINITY,
    engagement.lastOutreachDay ?? Number.NEGATIVE_INFINITY,
  );
  const missing = whyMissing(feed, { wasEverSeen: lastDay !== Number.NEGATIVE_INFINITY });
  if (missing !== undefined) return { missing };
  return { raw: Math.max(0, today - lastDay), evidenceDay: null };
}
