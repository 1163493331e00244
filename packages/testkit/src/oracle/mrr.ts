import type { CustomerEvent } from '@bellwether/events';
import { agreementFacts, factsInEffect } from './agreement-terms.ts';
import { type AgreementEvent, agreementOf, tellsMoney } from './agreements.ts';
import { acceptedEvents, earliest, groupedBy, latest, nearest, ofTypes, sumOf } from './common.ts';

/** A payment for a period comes late for up to so many days before it is missed. */
const LATE_DAYS = 31;

/** Monthly recurring revenue on a day (S109); null: not known. */
export function recomputeMrr(events: readonly CustomerEvent[], day: number): number | null {
  const paid = paidRegularly(events, day);
  const lines: number[] = [];
  let uncounted = 0;
  for (const [id, facts] of agreementFacts(events)) {
    const inEffect = factsInEffect(facts, day);
    if (inEffect.length === 0) continue;
    const { status, agreementType, valueMinor } = agreementOf(id, inEffect, day);
    if (status !== 'active') continue;
    const line = contractedRate(id, inEffect, day) ?? paid.get(id) ?? (valueMinor === 0 ? 0 : null);
    if (line !== null) lines.push(line);
    else if (agreementType !== 'MSA' || valueMinor !== null) uncounted += 1;
  }
  const known = new Set(agreementFacts(events).map(([id]) => id));
  const others = [...paid].filter(([id]) => !known.has(id)).map(([, rate]) => rate);
  if (lines.length === 0 && others.length === 0 && uncounted > 0) return null;
  return sumOf([...lines, ...others]);
}

/** Whether anything is known that recurs: an agreement, or a payment that stood on one of the last 400 days. */
export function hasRecurring(events: readonly CustomerEvent[], today: number): boolean {
  if (agreementFacts(events).length > 0) return true;
  return recurringPayments(events).some(
    ({ day, data }) => day + standsFor(data.recurringMonths ?? 0) > today - 399,
  );
}

/** Days that a payment for so many months stands, the days it may come late among them. */
function standsFor(months: number): number {
  return Math.ceil((months * 487) / 16) + LATE_DAYS;
}

/** Value over months of 487/16 days; a renewal that moves the end and tells no amount leaves the rate as it was. */
function contractedRate(id: string, facts: readonly AgreementEvent[], day: number): number | null {
  const lastAmount = facts.findLastIndex(tellsMoney);
  const { valueMinor } = agreementOf(id, facts, day);
  const dated = facts.filter(({ type }, index) => index <= lastAmount || type !== 'agreement.renewed');
  const { startDay, signedDay, lastDay } = agreementOf(id, dated, day);
  const from = startDay ?? signedDay;
  if (valueMinor === null || from === null || lastDay === null || lastDay < from) return null;
  if (valueMinor <= 0) return 0;
  const days = lastDay - from + 1;
  return 16 * days < 487 ? valueMinor : nearest(487n * BigInt(valueMinor), 16 * days);
}

function recurringPayments(events: readonly CustomerEvent[]) {
  return ofTypes(acceptedEvents(events), 'payment.paid').filter(
    ({ data }) => (data.recurringMonths ?? 0) > 0,
  );
}

/** What is paid a month by agreement: of each length of period the newest payments that stand. */
function paidRegularly(events: readonly CustomerEvent[], day: number): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  const byAgreement = groupedBy(recurringPayments(events), ({ data }) => data.agreementId ?? '');
  for (const [id, payments] of byAgreement) {
    const byMonths = groupedBy(payments, ({ data }) => String(data.recurringMonths));
    for (const [months, ofLength] of byMonths) {
      const span = standsFor(Number(months));
      const invoices = ofLength.map((part) => {
        const { invoiceId, amountMinor } = part.data;
        const before = ofLength.filter(
          (other) =>
            invoiceId !== undefined &&
            other.data.invoiceId === invoiceId &&
            other.day <= part.day &&
            part.day < other.day + span,
        );
        return { day: earliest([part, ...before].map(({ day: paidDay }) => paidDay)) ?? 0, amountMinor };
      });
      const standing = invoices.filter((invoice) => invoice.day <= day && day < invoice.day + span);
      const newest = latest(standing.map((invoice) => invoice.day));
      if (newest === null) continue;
      const amount = sumOf(
        standing.filter((invoice) => invoice.day === newest).map((invoice) => invoice.amountMinor),
      );
      rates.set(id, (rates.get(id) ?? 0) + nearest(amount, Number(months)));
    }
  }
  return rates;
}
