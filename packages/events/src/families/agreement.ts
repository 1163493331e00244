import Type from 'typebox';
import { Currency, Id, LocalDate, MinorUnits, PositiveMinorUnits, ShortText } from '../ids.ts';

export const AGREEMENT_TYPES = ['MSA', 'SOW', 'service', 'other'] as const;
const AgreementType = Type.Union([
  Type.Literal('MSA'),
  Type.Literal('SOW'),
  Type.Literal('service'),
  Type.Literal('other'),
]);

/**
 * Facts about an agreement (S1-S5, S10-S13, S16, S109). Every event of one agreement may carry any of the attributes;
 * the last writer by (effectiveDate, sequence, event id) wins, attribute by attribute.
 */
const attributes = {
  agreementId: Id,
  agreementType: Type.Optional(AgreementType),
  parentAgreementId: Type.Optional(Id),
  currency: Type.Optional(Currency),
  /** Stated total contract value; deltas ordered after it are added. */
  valueMinor: Type.Optional(PositiveMinorUnits),
  /** Signed change of the total contract value. */
  deltaMinor: Type.Optional(MinorUnits),
  effectiveDate: Type.Optional(LocalDate),
  signedDate: Type.Optional(LocalDate),
  startDate: Type.Optional(LocalDate),
  endDate: Type.Optional(LocalDate),
  perpetual: Type.Optional(Type.Boolean()),
  paymentTerms: Type.Optional(ShortText),
  autoRenew: Type.Optional(Type.Boolean()),
  renewalTermMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 1200 })),
  noticeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  amendmentNumber: Type.Optional(ShortText),
  serviceLine: Type.Optional(ShortText),
  /** Why, in the words of the source ("EXERCISE AN OPTION"). */
  reason: Type.Optional(ShortText),
};

const Agreement = Type.Object(attributes, { additionalProperties: false });

export const agreementEvents = {
  'agreement.created': Agreement,
  'agreement.amended': Agreement,
  'agreement.renewed': Agreement,
  'agreement.expired': Agreement,
  'agreement.terminated': Agreement,
} as const;
