import type { AGREEMENT_TYPES, CustomerEvent } from '@bellwether/events';

export type AgreementType = (typeof AGREEMENT_TYPES)[number];
/** A fact about an agreement. */
export type AgreementEvent = Extract<CustomerEvent, { type: `agreement.${string}` }>;

/** True for a fact about an agreement. */
export function isAgreementEvent(event: CustomerEvent): event is AgreementEvent {
  return event.type.startsWith('agreement.');
}

export type AmendmentKind = 'created' | 'amended' | 'renewed' | 'expired' | 'terminated';

/** Most agreements a customer may hold and most events one agreement may collect; both are answered, never cut. */
export const MAX_AGREEMENTS = 2_000;
export const MAX_AMENDMENTS = 200;

/** What one event may say about an agreement; days are epoch days, money is minor units. */
export interface StatedTerms {
  readonly agreementType?: AgreementType;
  readonly parentAgreementId?: string;
  /** Total contract value as of this event. */
  readonly valueMinor?: number;
  /** Signed change of the total; ignored where the same event states the total. */
  readonly deltaMinor?: number;
  readonly signedDay?: number;
  readonly startDay?: number;
  readonly endDay?: number;
  readonly perpetual?: boolean;
  readonly paymentTerms?: string;
  readonly autoRenew?: boolean;
  readonly renewalTermMonths?: number;
  readonly noticeDays?: number;
  readonly serviceLine?: string;
  readonly reason?: string;
}

/**
 * One event of an agreement, kept as a fact. Facts are ordered by (day, sequence, time, id, source): `day` is the day
 * it takes effect, or the event's local day where none is told; `sequence` is the source's own, 0 without one.
 */
export interface Amendment extends StatedTerms {
  readonly day: number;
  readonly sequence: number;
  readonly time: number;
  readonly id: string;
  readonly source: string;
  readonly kind: AmendmentKind;
}

/** From `day` on the agreement is closed in this way, or open again. */
export interface Turn {
  readonly day: number;
  readonly to: 'terminated' | 'ended' | 'open';
}

/** What all amendments together say: the last writer by order wins, attribute by attribute. Null: never told. */
export interface AgreementTerms {
  readonly agreementType: AgreementType | null;
  /** Only a reference: the parent may be unknown, or belong to another customer. */
  readonly parentAgreementId: string | null;
  /** Last stated total plus the signed deltas ordered after it (D23); null while no amount was ever told. */
  readonly valueMinor: number | null;
  /** No total was ever stated: the value is the sum of the deltas seen, or unknown. */
  readonly incomplete: boolean;
  readonly signedDay: number | null;
  readonly startDay: number | null;
  /** Last day of the agreement, as told; it does not count while the agreement is perpetual. */
  readonly endDay: number | null;
  readonly perpetual: boolean;
  readonly paymentTerms: string | null;
  readonly autoRenew: boolean | null;
  readonly renewalTermMonths: number | null;
  readonly noticeDays: number | null;
  readonly serviceLine: string | null;
  /** Terminations, expiries and re-openings, in order; empty for most agreements. */
  readonly turns: readonly Turn[];
  /** Terminated on or before its first day, with no amount told for it: it never came into force. */
  readonly isVoid: boolean;
}

/** An agreement as the fold of its own amendments: any order of arrival ends in the same state. */
export interface AgreementState {
  readonly agreementId: string;
  readonly terms: AgreementTerms;
  readonly amendments: readonly Amendment[];
}

/** All agreements of a customer, sorted by id. */
export type AgreementList = readonly AgreementState[];
