import type { AgreementList, AgreementState, AgreementTerms } from './agreement-state.ts';

export type AgreementStatus = 'upcoming' | 'active' | 'ended' | 'terminated' | 'void';

/** An agreement with its status on the day in question. */
export interface Standing {
  readonly agreement: AgreementState;
  readonly status: AgreementStatus;
}

/** Last day of an agreement; null where it has none or is perpetual. */
export function lastDayOf(terms: AgreementTerms): number | null {
  return terms.perpetual ? null : terms.endDay;
}

/** Status on the epoch day `today`. The end day still belongs to the agreement, a termination's day does not. */
export function agreementStatus(terms: AgreementTerms, today: number): AgreementStatus {
  if (terms.isVoid) return 'void';
  let to = 'open' as 'terminated' | 'ended' | 'open';
  for (const turn of terms.turns) {
    if (turn.day <= today) to = turn.to;
  }
  if (to !== 'open') return to;
  const lastDay = lastDayOf(terms);
  if (lastDay !== null && lastDay < today) return 'ended';
  return terms.startDay !== null && terms.startDay > today ? 'upcoming' : 'active';
}

/** What counts as active: not ended, not terminated, not void. An upcoming agreement counts: it is signed. */
export function isActiveStatus(status: AgreementStatus): boolean {
  return status === 'active' || status === 'upcoming';
}

/** Every agreement with its status on `today`. */
export function standingsOf(agreements: AgreementList, today: number): readonly Standing[] {
  return agreements.map((agreement) => ({ agreement, status: agreementStatus(agreement.terms, today) }));
}

/** What an agreement adds to the contracted value: nothing when void or when no amount is known (D23). */
export function contractedValueOf(agreement: AgreementState): number {
  return agreement.terms.isVoid ? 0 : (agreement.terms.valueMinor ?? 0);
}

/** First day after `today` on which an agreement starts or stops to count as active with no new event; or null. */
export function nextStandingDay(terms: AgreementTerms, today: number): number | null {
  if (terms.isVoid) return null;
  const lastDay = lastDayOf(terms);
  let next = lastDay !== null && lastDay >= today ? lastDay + 1 : null;
  for (const { day } of terms.turns) {
    if (day > today && (next === null || day < next)) next = day;
  }
  return next;
}
