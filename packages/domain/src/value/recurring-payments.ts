import { type CustomerEventOf, roundedQuotient } from '@bellwether/events';
import { mergeSorted } from '../merging/merge-sorted.ts';

/** What was paid for a period, by invoice and day. `agreementId` and `invoiceId` are empty where none was told. */
export interface RecurringPayment {
  readonly agreementId: string;
  /** Months that the payment is for, 1 to 120. */
  readonly months: number;
  readonly invoiceId: string;
  readonly day: number;
  readonly amountMinor: number;
}

/** Of more than these the ones that stand the shortest time are forgotten. */
export const MAX_RECURRING_PAYMENTS = 1_000;
/** A payment that comes up to a month late is late, and no loss. */
export const LATE_PAYMENT_DAYS = 31;

/** Days in `months` months of 365.25 / 12 days, whole days upwards. */
export function periodDays(months: number): number {
  return Math.ceil((months * 487) / 16);
}

/** Last epoch day on which a payment by itself stands for what is paid: its period, and the days it may be late. */
export function standsUntil({ day, months }: RecurringPayment): number {
  return day + periodDays(months) - 1 + LATE_PAYMENT_DAYS;
}

/**
 * Adds a payment that is for a period (S109); the same reference when it is not. Adds up whatever comes, in any order:
 * whoever calls has dropped repeated event ids.
 *
 * @param keptFromDay payments that matter for no day from here on are let go
 */
export function evolveRecurringPayments(
  payments: readonly RecurringPayment[],
  { day, data }: CustomerEventOf<'payment.paid'>,
  keptFromDay: number,
): readonly RecurringPayment[] {
  const months = data.recurringMonths ?? 0;
  if (months === 0) return payments;
  const { agreementId = '', invoiceId = '', amountMinor } = data;
  const payment: RecurringPayment = { agreementId, months, invoiceId, day, amountMinor };
  const place = payments.findIndex((known) => comparePlaces(known, payment) >= 0);
  const index = place === -1 ? payments.length : place;
  const known = payments[index];
  const isKnown = known !== undefined && comparePlaces(known, payment) === 0;
  const next = payments.slice();
  next.splice(index, isKnown ? 1 : 0, isKnown ? joined(known, payment) : payment);
  return letGo(next, keptFromDay);
}

/** The payments for a period of two customers as those of one (N23). */
export function mergeRecurringPayments(
  a: readonly RecurringPayment[],
  b: readonly RecurringPayment[],
): readonly RecurringPayment[] {
  return letGo(mergeSorted(a, b, { compare: comparePlaces, join: joined }), Number.NEGATIVE_INFINITY);
}

function joined(known: RecurringPayment, payment: RecurringPayment): RecurringPayment {
  return { ...known, amountMinor: known.amountMinor + payment.amountMinor };
}

/** Order of the list; 0: the two are of one invoice and day. */
function comparePlaces(a: RecurringPayment, b: RecurringPayment): number {
  if (a.agreementId !== b.agreementId) return a.agreementId < b.agreementId ? -1 : 1;
  if (a.months !== b.months) return a.months - b.months;
  if (a.invoiceId !== b.invoiceId) return a.invoiceId < b.invoiceId ? -1 : 1;
  return a.day - b.day;
}

/**
 * The day on which a part of an invoice counts: that of the earliest part of it that still stands on the day of this
 * one. Parts further apart have nothing to do with each other, so that what is let go is missed by nobody.
 */
function firstPartDay(
  payments: readonly RecurringPayment[],
  index: number,
  payment: RecurringPayment,
): number {
  let { day } = payment;
  for (let at = index - 1; at >= 0 && payment.invoiceId !== ''; at -= 1) {
    const earlier = payments[at];
    if (earlier?.invoiceId !== payment.invoiceId || earlier.months !== payment.months) break;
    if (standsUntil(earlier) < payment.day) break;
    day = earlier.day;
  }
  return day;
}

function letGo(payments: readonly RecurringPayment[], keptFromDay: number): readonly RecurringPayment[] {
  // Of a part that came on the last day on which this one stood, this one says how long it stands.
  const mattersUntil = (payment: RecurringPayment) => 2 * standsUntil(payment) - payment.day;
  const kept = payments.filter((payment) => mattersUntil(payment) >= keptFromDay);
  if (kept.length <= MAX_RECURRING_PAYMENTS) return kept;
  const excess = kept
    .toSorted((a, b) => standsUntil(a) - standsUntil(b) || comparePlaces(a, b))
    .slice(0, kept.length - MAX_RECURRING_PAYMENTS);
  const dropped = new Set(excess);
  return kept.filter((payment) => !dropped.has(payment));
}

/**
 * Whether some payment stood on a day from `fromDay` on: older ones are let go at some time, and must not tell anything
 * until then that they do not tell afterwards.
 */
export function hasStoodSince(payments: readonly RecurringPayment[], fromDay: number): boolean {
  return payments.some((payment) => standsUntil(payment) >= fromDay);
}

/**
 * What is paid a month on a day: for each length of period the newest payments by then, while they stand; null when
 * there is none. Parts of one invoice add up on the day of the first part, and stand as long as it does.
 *
 * @param payments of one agreement, or outside of all, in the order of the list
 */
export function paidMonthlyOn(payments: readonly RecurringPayment[], day: number): number | null {
  const newest = new Map<number, { readonly day: number; readonly amountMinor: number }>();
  for (const [index, payment] of payments.entries()) {
    const { months, amountMinor } = payment;
    const firstDay = firstPartDay(payments, index, payment);
    if (firstDay > day || standsUntil(payment) - payment.day + firstDay < day) continue;
    const known = newest.get(months);
    if (known !== undefined && known.day > firstDay) continue;
    const besides = known?.day === firstDay ? known.amountMinor : 0;
    newest.set(months, { day: firstDay, amountMinor: besides + amountMinor });
  }
  if (newest.size === 0) return null;
  let monthlyMinor = 0;
  for (const [months, { amountMinor }] of newest)
    monthlyMinor += Number(roundedQuotient(BigInt(amountMinor), BigInt(months)));
  return monthlyMinor;
}
