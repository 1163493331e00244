import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { Amount, Count, listReportOf, Name, Owner, reportOf } from './report-parts.ts';

/** Something that peers hold and the customer does not (S8). */
export const Offering = Type.Object({
  agreementType: Type.String({ description: 'MSA, SOW, service or other' }),
  serviceLine: Nullable(Type.String({ description: 'null: the agreements of the peers name none' })),
  holdingBasisPoints: Type.Integer({ description: 'share of the peers that hold it: 10000 is all' }),
  holders: Type.Integer({ description: 'how many of the peers hold it' }),
  peers: Type.Integer({ description: 'the other customers of the segment' }),
  meanValueMinor: Type.Integer({ description: 'minor units of `currency`: mean value to those who hold it' }),
  expectedMinor: Type.Integer({
    description:
      'the share of the peers times the mean value: what it would bring if the customer were like them',
  }),
});
export const OpenOffering = Type.Object({
  customerId: Type.String(),
  name: Name,
  segment: Type.String({ description: 'enterprise or smb: whose customers are the peers (D4)' }),
  ...Offering.properties,
  valueMinor: Amount,
  owner: Owner,
});
/** What peers hold and customers do not, of each customer the foremost (S8). */
export const WhitespaceReport = listReportOf(OpenOffering, {
  compared: Count,
  segmentUnknown: Type.Integer({
    description: 'customers of whom the segment is not known: nothing is told of them',
  }),
  tooFewPeers: Type.Integer({
    description: 'customers with fewer than four others in their segment: nor of them',
  }),
});
export type WhitespaceReport = Static<typeof WhitespaceReport>;

/** What peers hold and this customer does not (S8). */
export const CustomerWhitespace = reportOf({
  segment: Nullable(Type.String({ description: 'enterprise or smb; null: not known' })),
  reason: Nullable(
    Type.String({ description: 'why nothing is told: segment-unknown or too-few-peers; null: it is told' }),
  ),
  items: Type.Array(Offering, { description: 'what would bring most comes first' }),
});
export type CustomerWhitespace = Static<typeof CustomerWhitespace>;
