import type {
  AgreementList,
  AgreementState,
  AgreementTerms,
  Amendment,
} from '../agreements/agreement-state.ts';
import { agreementStatus, isActiveStatus } from '../agreements/agreement-status.ts';
import { foldAmendments } from '../agreements/fold-amendments.ts';

/**
 * The amendments that had taken effect by a day. The first one counts from the day the agreement was signed or started
 * on, where it tells one that is earlier: systems often learn of an agreement after it began.
 */
export function amendmentsBy({ amendments }: AgreementState, day: number): readonly Amendment[] {
  let count = amendments.length;
  while (count > 1 && (amendments[count - 1]?.day ?? day) > day) count -= 1;
  const first = amendments[0];
  if (count === 1 && first !== undefined && firstDayOf(first) > day) count = 0;
  return count === amendments.length ? amendments : amendments.slice(0, count);
}

function firstDayOf({ day, signedDay, startDay }: Amendment): number {
  return Math.min(day, signedDay ?? day, startDay ?? day);
}

/** What an agreement said on a day, past or present, as far as it is known now; null: it was not there yet. */
export function termsOn(agreement: AgreementState, day: number): AgreementTerms | null {
  const amendments = amendmentsBy(agreement, day);
  if (amendments === agreement.amendments) return agreement.terms;
  return amendments.length === 0 ? null : foldAmendments(amendments);
}

/** What the agreements of a customer were worth on a day; minor units. */
export interface AgreementValue {
  /** All that were not void, ended ones too. */
  readonly contractedMinor: number;
  readonly activeMinor: number;
  readonly agreements: number;
  readonly activeAgreements: number;
}

/**
 * What the agreements were worth on a day, past or present: amendments count from the day they take effect (S15, D11).
 * Late facts are in it; what a change of that day published may differ.
 */
export function agreementValueOn(agreements: AgreementList, day: number): AgreementValue {
  let contractedMinor = 0;
  let activeMinor = 0;
  let count = 0;
  let activeAgreements = 0;
  for (const agreement of agreements) {
    const terms = termsOn(agreement, day);
    if (terms === null || terms.isVoid) continue;
    const valueMinor = terms.valueMinor ?? 0;
    contractedMinor += valueMinor;
    count += 1;
    if (!isActiveStatus(agreementStatus(terms, day))) continue;
    activeMinor += valueMinor;
    activeAgreements += 1;
  }
  return { contractedMinor, activeMinor, agreements: count, activeAgreements };
}
