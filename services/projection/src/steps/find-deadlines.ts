import {
  type AgreementList,
  agreementStatus,
  contractedValueOf,
  dueDayOf,
  isActiveStatus,
} from '@bellwether/domain';

/** A day by which something must be decided about an agreement: notice deadline, or end where that is next (D3). */
export interface Deadline {
  readonly agreementId: string;
  /** Epoch day. */
  readonly day: number;
  readonly valueMinor: number;
}

/** The next deadline of each agreement that is active on `today`, earliest first (S11). */
export function findDeadlines(agreements: AgreementList, today: number): readonly Deadline[] {
  const deadlines: Deadline[] = [];
  for (const agreement of agreements) {
    const { terms, agreementId } = agreement;
    const day = dueDayOf(terms, today);
    if (day === null || !isActiveStatus(agreementStatus(terms, today))) continue;
    deadlines.push({ agreementId, day, valueMinor: contractedValueOf(agreement) });
  }
  return deadlines.sort((a, b) => a.day - b.day);
}
