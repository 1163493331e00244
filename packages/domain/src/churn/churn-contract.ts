import type { AgreementTerms } from '../agreements/agreement-state.ts';
import { isActiveStatus, lastDayOf, type Standing } from '../agreements/agreement-status.ts';
import { dueDayOf, isNoticePassed } from '../renewals/renewal-days.ts';
import type { ChurnContract } from './churn-input.ts';

/** A month of a renewal term binds for at least this long. */
const LEAST_DAYS_A_MONTH = 28;

/**
 * What the agreements say about the customer's end, as of the epoch day `today`: the decision that comes next, and how
 * long the customer is bound whatever is decided. A termination that has been told for a later day counts as told.
 *
 * @returns null for a customer who never had an agreement in force
 */
export function contractOf(standings: readonly Standing[], today: number): ChurnContract | null {
  if (standings.every(({ status }) => status === 'void')) return null;
  const active = standings
    .filter(({ status }) => isActiveStatus(status))
    .map(({ agreement }) => agreement.terms);
  const going = active.filter((terms) => toldEndDay(terms, today) === null);
  return {
    activeCount: active.length,
    decisionDay: least(going.map((terms) => dueDayOf(terms, today))),
    renewsByItself: renewalOf(going),
    boundUntilDay: greatest(active.map((terms) => heldUntilDay(terms, today))),
    isTerminationTold: active.length > 0 && going.length === 0,
  };
}

/** The day from which a termination or expiry that lies ahead holds; null: none is told. */
function toldEndDay(terms: AgreementTerms, today: number): number | null {
  if (terms.turns[terms.turns.length - 1]?.to === 'open') return null;
  return terms.turns.find(({ day }) => day > today)?.day ?? null;
}

/**
 * The last day on which an agreement stands though nobody renews it; null where it may be ended at any time or where
 * its end is not known. Once notice can no longer be given, one that renews by itself holds for another term.
 */
function heldUntilDay(terms: AgreementTerms, today: number): number | null {
  const lastDay = lastDayOf(terms);
  const toldDay = toldEndDay(terms, today);
  if (toldDay !== null) return Math.min(toldDay - 1, lastDay ?? toldDay);
  if (lastDay === null) return null;
  const isRenewed = terms.autoRenew === true && isNoticePassed(terms, today);
  return lastDay + (isRenewed ? LEAST_DAYS_A_MONTH * (terms.renewalTermMonths ?? 0) : 0);
}

/** Of the agreement that ends first, of equals the one that does not renew; one without an end goes on by itself. */
function renewalOf(going: readonly AgreementTerms[]): boolean | null {
  const firstDay = least(going.map(lastDayOf));
  if (firstDay === null) return going.some(({ perpetual }) => perpetual) ? true : null;
  const answers = going.filter((terms) => lastDayOf(terms) === firstDay).map(({ autoRenew }) => autoRenew);
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function least(days: readonly (number | null)[]): number | null {
  return days.reduce((least, day) => (day !== null && (least === null || day < least) ? day : least), null);
}

function greatest(days: readonly (number | null)[]): number | null {
  return days.reduce((most, day) => (day !== null && (most === null || day > most) ? day : most), null);
}
