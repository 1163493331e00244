import { QUADRANTS } from '@bellwether/domain';
import Type, { type Static } from 'typebox';
import { choice } from '../query.ts';
import { Nullable } from '../schema-parts.ts';
import {
  Amount,
  Correlation,
  Count,
  listReportOf,
  MaybeChurn,
  MaybeHealth,
  MaybeShare,
  Name,
  Owner,
  Risk,
  reportOf,
  Share,
} from './report-parts.ts';

const Quadrant = choice(
  QUADRANTS,
  'valuable: upper quarter by value; complex: from `complexFromHundredths` on',
);
const ValuableFrom = Nullable(
  Type.Integer({
    description:
      'minor units; the upper quarter by value begins here. Null, as are the quadrants: value and complexity are known ' +
      'of fewer than four customers',
  }),
);
const ComplexFrom = Type.Integer({ description: 'hundredths' });

export const QuadrantCount = Type.Object({ quadrant: Quadrant, customers: Count, valueMinor: Amount });
/** Whether complex relationships are the valuable ones (S7, S12). */
export const ValueComplexityReport = reportOf({
  correlation: Correlation,
  strength: Nullable(Type.String({ description: 'none, weak, moderate or strong (Cohen 1988)' })),
  valuableFromMinor: ValuableFrom,
  complexFromHundredths: ComplexFrom,
  quadrants: Nullable(Type.Array(QuadrantCount)),
  unknown: Type.Integer({ description: 'customers of whom value or complexity is not known' }),
});
export type ValueComplexityReport = Static<typeof ValueComplexityReport>;

export const PrioritisedCustomer = Type.Object({
  customerId: Type.String(),
  name: Name,
  quadrant: Quadrant,
  valueMinor: Type.Integer({ description: 'minor units' }),
  complexityHundredths: Type.Integer(),
  healthHundredths: MaybeHealth,
  risk: Risk,
  owner: Owner,
});
/** Who needs dedicated people (S7). */
export const PriorityReport = listReportOf(PrioritisedCustomer, {
  valuableFromMinor: ValuableFrom,
  complexFromHundredths: ComplexFrom,
});
export type PriorityReport = Static<typeof PriorityReport>;

export const KeyAccount = Type.Object({
  rank: Type.Integer(),
  customerId: Type.String(),
  name: Name,
  valueMinor: Amount,
  shareBasisPoints: Share,
  owner: Owner,
  healthHundredths: MaybeHealth,
  churnBasisPoints: MaybeChurn,
  risk: Risk,
});
/** What speaks for managing the greatest relationships apart (S14, S17). */
export const KeyAccountReport = reportOf({
  accounts: Type.Array(KeyAccount),
  customersBasisPoints: MaybeShare,
  valueBasisPoints: Share,
  withoutOwner: Count,
  atHighRisk: Count,
  valueAtHighRiskMinor: Amount,
  reasons: Type.Array(Type.String({ description: 'concentrated, without-owner, at-risk' }), {
    description: 'empty: nothing speaks for a programme',
  }),
});
export type KeyAccountReport = Static<typeof KeyAccountReport>;

export const ValueRiskCell = Type.Object({
  quarter: Type.Union([Type.Integer({ minimum: 1, maximum: 4 }), Type.Literal('unknown')], {
    description: '1 is the quarter of the greatest values; unknown: value not known, or fewer than four are',
  }),
  risk: Risk,
  customers: Count,
  valueMinor: Amount,
  valueBasisPoints: MaybeShare,
});
/** Which relationships drive the most value and risk (S117, S57). */
export const ValueRiskReport = reportOf({
  quarters: Nullable(
    Type.Object({
      firstFromMinor: Type.Integer(),
      secondFromMinor: Type.Integer(),
      thirdFromMinor: Type.Integer(),
    }),
  ),
  cells: Type.Array(ValueRiskCell),
  endangered: Type.Array(
    Type.Object({
      customerId: Type.String(),
      name: Name,
      valueMinor: Amount,
      shareBasisPoints: Share,
      healthHundredths: MaybeHealth,
      churnBasisPoints: MaybeChurn,
      owner: Owner,
    }),
    { description: 'the 20 greatest at high risk' },
  ),
  endangeredBasisPoints: MaybeShare,
});
export type ValueRiskReport = Static<typeof ValueRiskReport>;
