import {
  type AgreementList,
  type Amendment,
  agreementStatus,
  lastDayOf,
  noticeDayOf,
} from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { AgreementNode } from '../api/schemas.ts';

/**
 * The agreements of a customer as they stand on the epoch day `today`, with what each amendment said, oldest first. A
 * parent that is only referred to is a placeholder: never a block, perhaps another customer's (N8).
 */
export function buildAgreementTree(
  agreements: AgreementList,
  today: number,
  currency: string,
): AgreementNode[] {
  const nodes = agreements.map((agreement): AgreementNode => {
    const { agreementId, terms, amendments } = agreement;
    return {
      agreementId,
      agreementType: terms.agreementType,
      status: agreementStatus(terms, today),
      parentAgreementId: terms.parentAgreementId,
      valueMinor: terms.valueMinor,
      incomplete: terms.incomplete,
      currency,
      signedDate: dateOf(terms.signedDay),
      startDate: dateOf(terms.startDay),
      endDate: dateOf(lastDayOf(terms)),
      noticeDate: dateOf(noticeDayOf(terms)),
      autoRenew: terms.autoRenew,
      paymentTerms: terms.paymentTerms,
      amendments: amendments.map(amendmentOf),
    };
  });
  const known = new Set(nodes.map(({ agreementId }) => agreementId));
  const parents = new Set(nodes.flatMap(({ parentAgreementId }) => parentAgreementId ?? []));
  const missing = [...parents].filter((id) => !known.has(id)).sort();
  return [...nodes, ...missing.map((agreementId) => placeholder(agreementId, currency))];
}

function amendmentOf(amendment: Amendment): AgreementNode['amendments'][number] {
  return {
    eventId: amendment.id,
    type: `agreement.${amendment.kind}`,
    effectiveDate: formatDay(amendment.day),
    deltaMinor: amendment.deltaMinor ?? null,
    valueMinor: amendment.valueMinor ?? null,
    reason: amendment.reason ?? null,
  };
}

function placeholder(agreementId: string, currency: string): AgreementNode {
  return {
    agreementId,
    agreementType: null,
    status: 'placeholder',
    parentAgreementId: null,
    valueMinor: null,
    incomplete: false,
    currency,
    signedDate: null,
    startDate: null,
    endDate: null,
    noticeDate: null,
    autoRenew: null,
    paymentTerms: null,
    amendments: [],
  };
}

function dateOf(day: number | null): string | null {
  return day === null ? null : formatDay(day);
}
