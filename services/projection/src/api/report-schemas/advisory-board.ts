import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { Amount, Count, MaybeHealth, Name, Owner, reportOf } from './report-parts.ts';

/** Somebody to ask to the customer advisory board, and why (S102). */
export const AdvisoryMember = Type.Object({
  place: Type.Integer({ description: '1: chosen first' }),
  customerId: Type.String(),
  name: Name,
  industry: Nullable(
    Type.String({ description: 'null: never told, which counts as an industry of its own' }),
  ),
  sizeBand: Nullable(Type.String({ description: 'null: not known, which counts as a size of its own' })),
  sameIndustry: Type.Integer({ description: 'of those chosen before, how many are of this industry' }),
  sameSize: Type.Integer({ description: 'of those chosen before, how many are of this size' }),
  healthHundredths: MaybeHealth,
  valueMinor: Amount,
  owner: Owner,
  text: Type.String({ description: 'why it was chosen, in words' }),
});
/** Candidates for a customer advisory board with a mix of industry and size (S102). */
export const AdvisoryBoardReport = reportOf({
  strategic: Type.Integer({ description: 'strategic customers, of whom the candidates were chosen' }),
  strategicUnknown: Type.Integer({
    description: 'customers of whom it is not known whether they are strategic',
  }),
  fewest: Count,
  most: Count,
  isShort: Type.Boolean({ description: 'fewer than `fewest`: nobody else is taken to fill the board' }),
  industries: Type.Integer({ description: 'different industries among the candidates' }),
  sizeBands: Type.Integer({ description: 'different sizes among the candidates' }),
  candidates: Type.Array(AdvisoryMember, { description: 'in the order in which they were chosen' }),
});
export type AdvisoryBoardReport = Static<typeof AdvisoryBoardReport>;
