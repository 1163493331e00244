import { roundedQuotient } from '@bellwether/events';
import type {
  AgreementList,
  AgreementState,
  AgreementTerms,
  Amendment,
} from '../agreements/agreement-state.ts';
import { agreementStatus } from '../agreements/agreement-status.ts';
import { foldAmendments } from '../agreements/fold-amendments.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { nextMonthStartOf } from './month.ts';
import { paidMonthlyOn, type RecurringPayment, standsUntil } from './recurring-payments.ts';
import { amendmentsBy, termsOn } from './terms-on.ts';

/** What recurring revenue is read from. */
export interface RevenueSources {
  readonly agreements: AgreementList;
  readonly recurring: readonly RecurringPayment[];
}

/** Monthly recurring revenue on a day (S109). */
export interface Mrr {
  /** Null: there are active agreements, and of none of them is it known. */
  readonly mrrMinor: number | null;
  /** Active agreements of which neither a rate nor a recurring payment is known, by id; they are not in the sum. */
  readonly uncounted: readonly string[];
}

/**
 * Monthly recurring revenue of a customer on a day, past or present. An active agreement with a value, a first and a
 * last day brings its value over its months; any other active one what is paid for it regularly. Recurring payments
 * under no known agreement count as well, while they stand. A value of nothing that nobody pays for is known to bring
 * nothing, and a frame (MSA) without a value brings none of its own.
 */
export function mrrOn({ agreements, recurring }: RevenueSources, day: number): Mrr {
  const paidUnder = Map.groupBy(recurring, ({ agreementId }) => agreementId);
  const uncounted: string[] = [];
  const lines: number[] = [];
  for (const agreement of agreements) {
    const { agreementId } = agreement;
    const paid = paidUnder.get(agreementId);
    paidUnder.delete(agreementId);
    const terms = termsOn(agreement, day);
    if (terms === null || agreementStatus(terms, day) !== 'active') continue;
    const paidMinor = paid === undefined ? null : paidMonthlyOn(paid, day);
    const lineMinor = monthlyRateOn(agreement, day) ?? paidMinor ?? (terms.valueMinor === 0 ? 0 : null);
    const isFrame = terms.agreementType === 'MSA' && terms.valueMinor === null;
    if (lineMinor !== null) lines.push(lineMinor);
    else if (!isFrame) uncounted.push(agreementId);
  }
  for (const paid of paidUnder.values()) {
    const paidMinor = paidMonthlyOn(paid, day);
    if (paidMinor !== null) lines.push(paidMinor);
  }
  const isUnknown = lines.length === 0 && uncounted.length > 0;
  return { mrrMinor: isUnknown ? null : lines.reduce((sum, line) => sum + line, 0), uncounted };
}

/**
 * Value of an agreement over its months on a day. A renewal that told no amount goes on at the rate that stood: it
 * moves the end, and would thin the value out. Null where value or dates are not known.
 */
function monthlyRateOn(agreement: AgreementState, day: number): number | null {
  const amendments = amendmentsBy(agreement, day);
  const lastAmount = amendments.findLastIndex(tellsAmount);
  const rating = amendments.filter(({ kind }, index) => index <= lastAmount || kind !== 'renewed');
  const terms = termsOn(agreement, day);
  if (terms === null || rating.length === amendments.length)
    return terms === null ? null : monthlyRateOf(terms);
  // What a termination cut off and a renewal took back is in the value that stands.
  return monthlyRateOf({ ...foldAmendments(rating), valueMinor: terms.valueMinor });
}

function tellsAmount({ valueMinor, deltaMinor }: Amendment): boolean {
  return valueMinor !== undefined || deltaMinor !== undefined;
}

/**
 * Value over months of 365.25 / 12 = 487 / 16 days, both end days included, to the nearest minor unit. What lasts less
 * than a month brings its value once; a value below nothing brings nothing.
 */
export function monthlyRateOf(terms: AgreementTerms): number | null {
  const { valueMinor, perpetual, endDay } = terms;
  const firstDay = terms.startDay ?? terms.signedDay;
  if (valueMinor === null || perpetual || firstDay === null || endDay === null || endDay < firstDay)
    return null;
  const days = endDay - firstDay + 1;
  if (valueMinor < 0) return 0;
  if (16 * days < 487) return valueMinor;
  return Number(roundedQuotient(487n * BigInt(valueMinor), 16n * BigInt(days)));
}

/** First day after today on which MRR, today's or that of the month's start, may differ with no new event. */
export function nextMrrDay({ agreements, recurring }: RevenueSources, today: number): number | null {
  const told = agreements.flatMap(({ amendments }) =>
    amendments.flatMap(({ day, signedDay = null, startDay = null, endDay = null }) => [
      day,
      signedDay,
      startDay,
      endDay === null ? null : endDay + 1,
    ]),
  );
  const paid = recurring.flatMap((payment) => [payment.day, standsUntil(payment) + 1]);
  return nextTurn([...told, ...paid, nextMonthStartOf(today)], today);
}
