import type { AgreementList, AgreementState } from '../agreements/agreement-state.ts';
import { agreementStatus, isActiveStatus, lastDayOf } from '../agreements/agreement-status.ts';
import { lastPurchaseDayOf, type PaymentsState } from '../rfm/payments-state.ts';
import { type ChurnObservation, hadAgreement } from './churn-record.ts';
import { CHURN_HORIZON_DAYS } from './churn-terms.ts';

/** What tells whether a customer has ended. */
export interface EndSources {
  readonly agreements: AgreementList;
  readonly payments: PaymentsState;
}

/**
 * When a customer ended within the 365 days after an observation (N11), with all that is known when they are over: who
 * had an agreement, on the first day on which none was in force or signed; who never had one, when nothing was bought
 * in all that time and no agreement was signed. Null: it stayed. Undefined: no agreement was ever in force after all,
 * so that nothing is known of an end.
 */
export function endedDayOf(
  { agreements, payments }: EndSources,
  observation: ChurnObservation,
): number | null | undefined {
  const { day } = observation;
  const lastDay = day + CHURN_HORIZON_DAYS;
  const standing = agreements.filter(({ terms }) => !terms.isVoid);
  if (hadAgreement(observation)) {
    if (standing.length === 0) return undefined;
    return turningDays(standing)
      .filter((turn) => turn > day && turn <= lastDay)
      .sort((a, b) => a - b)
      .reduce<number | null>((found, turn) => found ?? (isOver(standing, turn) ? turn : null), null);
  }
  const hasBought = (lastPurchaseDayOf(payments) ?? Number.NEGATIVE_INFINITY) > day;
  return hasBought || standing.length > 0 ? null : lastDay;
}

/** Days on which an agreement may stop to stand. */
function turningDays(agreements: AgreementList): number[] {
  return agreements.flatMap(({ terms }) => {
    const lastDay = lastDayOf(terms);
    return [...(lastDay === null ? [] : [lastDay + 1]), ...terms.turns.map(({ day }) => day)];
  });
}

/** What was signed only later did not stand by then: who came back had left. */
function isOver(agreements: AgreementList, day: number): boolean {
  return agreements.every(
    (agreement) => firstDayOf(agreement) > day || !isActiveStatus(agreementStatus(agreement.terms, day)),
  );
}

/** The day from which an agreement was known to be signed. */
function firstDayOf({ terms: { signedDay, startDay }, amendments }: AgreementState): number {
  const days = [signedDay, startDay, ...amendments.map(({ day }) => day)];
  return Math.min(...days.flatMap((day) => (day === null ? [] : [day])));
}
