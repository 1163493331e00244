import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { Amount, Count, listReportOf, Name, Owner, reportOf } from './report-parts.ts';

const Month = Type.String({ description: 'YYYY-MM' });
const IsOver = Type.Boolean({ description: 'false: the present month, so far' });
const Reason = Nullable(
  Type.String({
    description:
      'why there is no value: no-population, no-data, low-coverage, no-baseline, zero-baseline or out-of-range',
  }),
);
const Status = Type.String({ description: 'met, missed, no-target or unknown' });
const Group = Nullable(
  Type.String({ description: 'the value tier or engagement model it is told for; null: the portfolio' }),
);
const kind = {
  requirement: Type.String({ description: 'number of the requirement' }),
  unit: Type.String({ description: 'basis-points, hundredths or minor' }),
  targetIs: Nullable(Type.String({ description: 'at-least, above or below; null: it has no target' })),
  target: Nullable(Type.Integer({ description: 'in the unit' })),
};
const finding = {
  group: Group,
  value: Nullable(Type.Integer({ description: 'in the unit; null: see the reason' })),
  status: Status,
  population: Type.Integer({ description: 'customers, answers or opportunities that it is about' }),
  known: Type.Integer({ description: 'of how many of them it is known' }),
  reason: Reason,
};
const told = {
  from: Type.String({ description: 'the first month that can be told, YYYY-MM' }),
  to: Type.String({ description: 'the present month' }),
};

/** One KPI of a month. */
export const KpiOfMonth = Type.Object({ kpi: Type.String(), ...kind, ...finding });
/** All KPIs of a month (S47 to S54, S109, S110). */
export const KpiReport = reportOf({ month: Month, isOver: IsOver, ...told, kpis: Type.Array(KpiOfMonth) });
export type KpiReport = Static<typeof KpiReport>;

/** One KPI in one of its months. */
export const KpiPoint = Type.Object({ month: Month, isOver: IsOver, ...finding });
/** One KPI over months, oldest first. */
export const KpiCourseReport = reportOf({
  kpi: Type.String(),
  ...kind,
  ...told,
  course: Type.Array(KpiPoint),
});
export type KpiCourseReport = Static<typeof KpiCourseReport>;

/** Recurring revenue in one month (S109, D17). */
export const RetentionMonth = Type.Object({
  month: Month,
  isOver: IsOver,
  customers: Count,
  known: Type.Integer({
    description: 'customers whose recurring revenue is known at both ends of the month',
  }),
  startMinor: Amount,
  newMinor: Amount,
  expansionMinor: Amount,
  contractionMinor: Amount,
  churnMinor: Amount,
  endMinor: Amount,
  nrrSeedBasisPoints: Nullable(
    Type.Integer({ description: '(start + expansion - churn) / start, as first stated' }),
  ),
  nrrSeedStatus: Status,
  nrrBasisPoints: Nullable(
    Type.Integer({ description: '(start + expansion - contraction - churn) / start (D17)' }),
  ),
  nrrStatus: Status,
  grrBasisPoints: Nullable(Type.Integer({ description: '(start - contraction - churn) / start (D17)' })),
  reason: Reason,
});
/** Movements of recurring revenue and what was kept of it, by month (S109, D17). */
export const RetentionReport = reportOf({ ...told, months: Type.Array(RetentionMonth) });
export type RetentionReport = Static<typeof RetentionReport>;

const Rate = Nullable(
  Type.Integer({ description: 'won of those closed, basis points: 10000 is all; null: none was closed' }),
);
const Kind = Type.String({ description: 'upsell or cross-sell' });
/** Offers closed in one month. */
export const ExpansionMonthRow = Type.Object({
  month: Month,
  kind: Kind,
  won: Count,
  lost: Count,
  wonMinor: Amount,
  rateBasisPoints: Rate,
});
/** How often upsell and cross-sell succeed (S54). */
export const ExpansionReport = reportOf({
  from: Type.String({ description: 'the first month of `months`, YYYY-MM' }),
  to: told.to,
  won: Count,
  lost: Count,
  rateBasisPoints: Rate,
  months: Type.Array(ExpansionMonthRow),
  offers: Type.Array(
    Type.Object({
      kind: Kind,
      raised: Type.Integer({ description: 'offers raised: opportunity.upsell.raised, .cross-sell.raised' }),
      won: Type.Integer({ description: 'of these, followed by a deal of the kind within 180 days' }),
      pending: Type.Integer({ description: 'not followed by one, and the 180 days are not over' }),
      wonBasisPoints: Type.Union([Type.Integer(), Type.Null()], {
        description: 'won of those that are not pending; null: all are',
      }),
    }),
  ),
});
export type ExpansionReport = Static<typeof ExpansionReport>;

/** A customer that grew, or was to grow. */
export const ExpandedCustomer = Type.Object({
  customerId: Type.String(),
  name: Name,
  upsells: Type.Integer({ description: 'upsell opportunities won in the last 365 days' }),
  upsellMinor: Amount,
  crossSells: Type.Integer({ description: 'cross-sell opportunities won in the last 365 days' }),
  crossSellMinor: Amount,
  raises: Type.Integer({ description: 'amendments that raised the value of their agreement' }),
  raisedMinor: Amount,
  closed: Type.Integer({ description: 'upsell and cross-sell opportunities won or lost' }),
  rateBasisPoints: Rate,
  offersRaised: Count,
  offersWon: Count,
  offersPending: Count,
  valueMinor: Amount,
  owner: Owner,
});
/** Expansion events by customer (S54). */
export const ExpandedReport = listReportOf(ExpandedCustomer, {
  total: Type.Integer({ description: 'customers on all pages' }),
});
export type ExpandedReport = Static<typeof ExpandedReport>;
