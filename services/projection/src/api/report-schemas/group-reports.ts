import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import {
  Amount,
  Correlation,
  Count,
  MaybeChurn,
  MaybeHealth,
  MaybeShare,
  reportOf,
  Share,
} from './report-parts.ts';

const riskCount = {
  customers: Count,
  scored: Type.Integer({ description: 'customers with a health score' }),
  atRisk: Type.Integer({ description: 'of these, those below 50' }),
  atRiskBasisPoints: MaybeShare,
  valueMinor: Amount,
  valueAtRiskMinor: Amount,
};
const industry = { industry: Type.String() };
const sizeBand = { sizeBand: Type.String({ description: 'small, medium, large, enterprise or unknown' }) };
export const RiskCell = Type.Object({ ...industry, ...sizeBand, ...riskCount });
/** Industry by company size (S63, S75). */
export const RiskMatrixReport = reportOf({
  industries: Type.Array(Type.Object({ ...industry, ...riskCount })),
  sizeBands: Type.Array(Type.Object({ ...sizeBand, ...riskCount })),
  cells: Type.Array(RiskCell, { description: 'those that hold customers' }),
  hotSpots: Type.Array(RiskCell, { description: 'the five with the most customers below 50' }),
  total: Type.Object(riskCount),
});
export type RiskMatrixReport = Static<typeof RiskMatrixReport>;

const MaybeInteger = Nullable(Type.Integer());
const Means = Type.Object(
  {
    valueMinor: Amount,
    contributionMillionths: Nullable(
      Type.Integer({ description: 'share of one customer in the portfolio, millionths (S24)' }),
    ),
    rfmHundredths: MaybeInteger,
    accountAgeDays: MaybeInteger,
    healthHundredths: MaybeHealth,
    healthOfFiveHundredths: Nullable(
      Type.Integer({ description: 'health / 20 in hundredths: 3.5 of 5 is 350 (D7)' }),
    ),
    churnBasisPoints: MaybeChurn,
    velocityMinor: Amount,
  },
  { description: 'over those of whom the measure is known, see `known`; null: known of nobody' },
);
const Known = Type.Object({
  value: Count,
  rfm: Count,
  accountAge: Count,
  health: Count,
  churn: Count,
  velocity: Count,
});
export const GroupSummary = Type.Object({
  group: Type.String(),
  customers: Count,
  customersBasisPoints: Share,
  valueMinor: Amount,
  valueBasisPoints: MaybeShare,
  means: Means,
  known: Known,
});
/** A group as a row of a file: its means and of how many they are known beside the rest. */
export const GroupSummaryRow = Type.Object({
  group: Type.String(),
  customers: Count,
  customersBasisPoints: Share,
  totalMinor: Amount,
  valueBasisPoints: MaybeShare,
  ...Means.properties,
  knownValue: Count,
  knownRfm: Count,
  knownAccountAge: Count,
  knownHealth: Count,
  knownChurn: Count,
  knownVelocity: Count,
});
const Ratios = Type.Object({
  one: Type.String(),
  other: Type.String(),
  reason: Nullable(Type.String({ description: 'no-customers: one of the groups is empty' })),
  of: Type.Object(
    {
      valueMinor: MaybeInteger,
      contributionMillionths: MaybeInteger,
      rfmHundredths: MaybeInteger,
      accountAgeDays: MaybeInteger,
      healthHundredths: MaybeInteger,
      healthOfFiveHundredths: MaybeInteger,
      churnBasisPoints: MaybeInteger,
      velocityMinor: MaybeInteger,
    },
    {
      description:
        'mean of `one` / mean of `other`, hundredths: 5.41 times is 541; null: one of the two is not known, or the ' +
        'other is not positive',
    },
  ),
});
/** Classes of customers side by side (S24, S25, S28, S80, S81). */
export const SegmentReport = reportOf({
  by: Type.String(),
  groups: Type.Array(GroupSummary),
  ratio: Nullable(Ratios),
});
export type SegmentReport = Static<typeof SegmentReport>;

const box = {
  count: Count,
  mean: Type.Integer(),
  minimum: Type.Integer(),
  lowerQuartile: Type.Integer(),
  median: Type.Integer(),
  upperQuartile: Type.Integer(),
  maximum: Type.Integer(),
  lowerWhisker: Type.Integer(),
  upperWhisker: Type.Integer(),
  outliers: Type.Array(
    Type.Object({ customerId: Type.String(), name: Nullable(Type.String()), value: Type.Integer() }),
    { description: 'the 50 farthest from the median' },
  ),
  outlierCount: Count,
};
const groupBox = {
  group: Type.String(),
  customers: Count,
  unknown: Type.Integer({
    description: 'customers of whom the measure is not known: they are not in the box',
  }),
};
/** The distribution of one measure by group (S82). */
export const DistributionReport = reportOf({
  by: Type.String(),
  measure: Type.String(),
  unit: Type.String({ description: 'hundredths, basis-points, minor or days' }),
  groups: Type.Array(
    Type.Object({ ...groupBox, box: Nullable(Type.Object(box, { description: 'null: known of nobody' })) }),
  ),
});
export type DistributionReport = Static<typeof DistributionReport>;
/** A group of a distribution as a row of a file; without a box its fields are empty. */
export const DistributionRow = Type.Object({
  ...groupBox,
  ...Type.Partial(Type.Object(box)).properties,
});

const tierAge = {
  age: Type.String({
    description: 'up-to-1-year, to-2-years, to-3-years, to-5-years, over-5-years, unknown',
  }),
  customers: Count,
  valueMinor: Amount,
};
export const TierAgeRow = Type.Object({ valueTier: Type.String(), ...tierAge });
/** Account age by value tier (S81, S83). */
export const AgeByTierReport = reportOf({
  tiers: Type.Array(
    Type.Object({
      valueTier: Type.String(),
      customers: Count,
      averageAgeDays: Nullable(Type.Integer({ description: 'null: the age of none is known' })),
      ages: Type.Array(Type.Object(tierAge)),
    }),
  ),
  ageAndValue: Correlation,
});
export type AgeByTierReport = Static<typeof AgeByTierReport>;

export const TierNps = Type.Object({
  valueTier: Type.String(),
  quarter: Type.String(),
  promoters: Count,
  passives: Count,
  detractors: Count,
  npsHundredths: Nullable(
    Type.Integer({ description: 'hundredths of -100..100; null: no answers in the quarter' }),
  ),
});
/** Net promoter score by value tier (S53). */
export const NpsReport = reportOf({ quarter: Type.String(), tiers: Type.Array(TierNps) });
export type NpsReport = Static<typeof NpsReport>;
