import Type, { type Static } from 'typebox';
import { Day, Money, Nullable, Points } from '../schema-parts.ts';

/** Rows of the reports that are lists of customers (S117). */

export const MultiAgreementRow = Type.Object({
  customerId: Type.String(),
  name: Nullable(Type.String()),
  agreements: Type.Integer(),
  activeAgreements: Type.Integer(),
  types: Type.Array(Type.String()),
  totalMinor: Money,
  activeMinor: Money,
  currency: Type.String(),
});
export const LtvRow = Type.Object({
  rank: Type.Integer(),
  customerId: Type.String(),
  name: Nullable(Type.String()),
  valueMinor: Money,
  contractedMinor: Money,
  activeMinor: Money,
  paidMinor: Money,
  currency: Type.String(),
});
export const ComplexityRow = Type.Object({
  customerId: Type.String(),
  name: Nullable(Type.String()),
  complexity: Points,
  band: Type.String(),
  types: Points,
  renewalDates: Points,
  paymentTerms: Points,
  agreements: Type.Integer(),
});
export const MsaOnlyRow = Type.Object({
  customerId: Type.String(),
  name: Nullable(Type.String()),
  code: Type.String({
    description: '`never-sold`: no other agreement ever; `lapsed`: the last one has ended',
  }),
  msas: Type.Integer(),
  since: Nullable(Day),
  recommended: Type.String(),
  text: Type.String(),
});
export type MultiAgreementRow = Static<typeof MultiAgreementRow>;
export type LtvRow = Static<typeof LtvRow>;
export type ComplexityRow = Static<typeof ComplexityRow>;
export type MsaOnlyRow = Static<typeof MsaOnlyRow>;
