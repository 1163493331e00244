import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { Concentration } from './concentration.ts';
import {
  Amount,
  Concentrated,
  Count,
  Holder,
  MaybeDay,
  MaybeShare,
  Name,
  reportOf,
  Share,
} from './report-parts.ts';

/** How customers are taken: each by itself, or all below one parent as one (N9). */
export const HOLDER_KINDS = ['customer', 'parent'] as const;

export const ParentGroup = Type.Object({
  ...Type.Omit(Holder, ['shareBasisPoints']).properties,
  sharePercent: Type.Number(),
});
const { topShares, hhi, band, alarms, customers } = Concentration.properties;
/** Concentration when all customers of one parent count as one (S5, N9). */
export const ParentConcentration = reportOf({
  by: Type.Literal('parent'),
  customers,
  groups: Type.Integer({ description: 'groups with a positive net value' }),
  totalMinor: Amount,
  topShares,
  hhi,
  band,
  alarms,
  familiesSharePercent: Nullable(
    Type.Number({ description: 'share of groups of two and more customers; null: there is no value' }),
  ),
  greatest: Type.Array(ParentGroup, { description: 'the 20 greatest groups' }),
  cycles: Type.Array(Type.Array(Type.String()), {
    description: 'customers that are, by what was told, each other’s parents; the first counts as the root',
  }),
  missing: Type.Array(Type.String(), { description: 'parents that are no customers' }),
});
export type ParentConcentration = Static<typeof ParentConcentration>;

const StressedMoney = Type.Object({
  beforeMinor: Amount,
  lostMinor: Amount,
  leftMinor: Amount,
  leftBasisPoints: MaybeShare,
  unknown: Type.Integer({
    description: 'customers of whom it is not known: they are in none of the numbers',
  }),
});
/** What is left when the greatest leave (S22, N9). */
export const StressReport = reportOf({
  by: Type.String({ description: 'customer or parent' }),
  lost: Type.Array(Holder),
  customersLost: Count,
  customersLeft: Count,
  value: StressedMoney,
  active: StressedMoney,
  recurring: StressedMoney,
  before: Concentrated,
  after: Concentrated,
});
export type StressReport = Static<typeof StressReport>;

/** How much rests on few, whether that changes, and what new business adds (S19). */
export const DiversificationReport = reportOf({
  concentration: Concentrated,
  trend: Type.Object({
    direction: Type.String({
      description: 'over the last year: rising, falling, flat; unknown: there are no two days to compare',
    }),
    fromDate: MaybeDay,
    toDate: MaybeDay,
    hhiTenthsDelta: Nullable(Type.Integer()),
    top5BasisPointsDelta: Nullable(Type.Integer()),
  }),
  singleCustomers: Type.Array(
    Type.Object({ customerId: Type.String(), name: Name, valueMinor: Amount, shareBasisPoints: Share }),
    { description: 'customers that hold a tenth of the value and more each' },
  ),
  newCustomers: Type.Object(
    {
      customers: Count,
      customersBasisPoints: MaybeShare,
      valueMinor: Amount,
      valueBasisPoints: MaybeShare,
      unknownAge: Type.Integer({ description: 'customers of unknown age: neither new nor old' }),
    },
    { description: 'customers in their first year; null: the age of none is known' },
  ),
});
export type DiversificationReport = Static<typeof DiversificationReport>;
