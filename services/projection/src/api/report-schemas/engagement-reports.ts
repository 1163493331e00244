import Type, { type Static } from 'typebox';
import { choice } from '../query.ts';
import { Instant, Nullable } from '../schema-parts.ts';
import {
  Amount,
  Count,
  listReportOf,
  MaybeDay,
  MaybeHealth,
  MaybeShare,
  Name,
  Owner,
  reportOf,
} from './report-parts.ts';

const PathName = Type.String({ description: 'types of agreements in their order: `MSA > SOW`' });
export const PathTaken = Type.Object({
  path: PathName,
  types: Type.Array(Type.String()),
  customers: Count,
  shareBasisPoints: MaybeShare,
  medianGapsDays: Type.Array(Type.Integer(), {
    description: 'median days from each step to the next; one less than steps',
  }),
  won: Type.Integer({ description: 'opportunities of these customers that were won' }),
  lost: Type.Integer(),
  wonBasisPoints: Nullable(
    Type.Integer({ description: 'won of those decided, 10000 is all; null: none was decided' }),
  ),
});
/** From the first MSA to an expanded relationship (S13, S21). */
export const ExpansionPathReport = reportOf({
  customers: Type.Integer({ description: 'that have an MSA: the others have no path' }),
  withoutMsa: Count,
  expanded: Type.Integer({ description: 'customers whose path goes on after the MSA' }),
  expandedBasisPoints: MaybeShare,
  typicalPath: Nullable(
    Type.String({ description: 'the most frequent one that goes on after the MSA; null: there is none' }),
  ),
  medianDaysToExpand: Nullable(
    Type.Integer({ description: 'days from the first MSA to the first step after it; null: nobody went on' }),
  ),
  paths: Type.Array(PathTaken, { description: 'most frequent first' }),
});
export type ExpansionPathReport = Static<typeof ExpansionPathReport>;

export const DIRECTIONS = ['expanding', 'steady', 'shrinking', 'unknown'] as const;
export const Direction = choice(
  DIRECTIONS,
  'expanding: agreements or their value grow by 10 % or more in a year and none of agreements, value and use falls by as much; shrinking: the ' +
    'other way round; unknown: known for less than 180 days, or nothing was ever in force',
);
const Growth = (what: string) =>
  Nullable(
    Type.Integer({ description: `${what}, in a year, basis points of the mean; null: cannot be told` }),
  );
export const DevelopingCustomer = Type.Object({
  customerId: Type.String(),
  name: Name,
  direction: Direction,
  valueGrowthBasisPoints: Growth('value of the agreements in force'),
  agreementsGrowthBasisPoints: Growth('number of the agreements in force'),
  usageGrowthBasisPoints: Growth('use of the product'),
  activeAgreements: Count,
  activeMinor: Amount,
  valueMinor: Amount,
  owner: Owner,
});
/** Customers whose engagement grows (S15). */
export const ExpandingReport = listReportOf(DevelopingCustomer, {
  counts: Type.Object({ expanding: Count, steady: Count, shrinking: Count, unknown: Count }),
  usageUnknown: Type.Integer({
    description: 'customers of whom the growth of use is not known, which then speaks for nothing',
  }),
});
export type ExpandingReport = Static<typeof ExpandingReport>;

export const RULES = [
  'upsell',
  'win-back',
  'advocacy',
  'early-warning',
  'first-year',
  'qbr-due',
  'call-due',
  'loop-overdue',
  'below-target',
] as const;
export const StandingSituation = Type.Object({
  customerId: Type.String(),
  name: Name,
  rule: choice(RULES, 'which kind of situation'),
  cause: Type.String(),
  code: Type.String({ description: 'why, as a code: `high-seat-use`' }),
  text: Type.String(),
  since: Instant,
  dueDate: MaybeDay,
  valueMinor: Nullable(
    Type.Integer({ description: 'minor units of `currency`: what is at stake; null: not known' }),
  ),
  healthHundredths: MaybeHealth,
  owner: Owner,
});
/** What stands at present and calls for somebody (S16, S18). */
export const SituationReport = listReportOf(StandingSituation, {
  total: Type.Integer({ description: 'situations on all pages' }),
});
export type SituationReport = Static<typeof SituationReport>;
