import Type, { type Static } from 'typebox';
import { Day, Nullable } from '../schema-parts.ts';
import {
  Amount,
  Count,
  listReportOf,
  MaybeDay,
  MaybeHealth,
  Name,
  Owner,
  Risk,
  reportOf,
} from './report-parts.ts';

const DueValue = Type.Object({
  agreements: Count,
  customers: Count,
  valueMinor: Amount,
  autoRenewMinor: Amount,
  toRenewMinor: Amount,
  atRiskAgreements: Type.Integer({ description: 'of customers at high risk' }),
  atRiskMinor: Amount,
  unvalued: Type.Integer({ description: 'agreements of which no amount was told: they add nothing' }),
});
const month = { month: Type.String({ description: 'YYYY-MM' }) };
const DueDates = Type.Object({
  months: Type.Array(Type.Object({ ...month, ...DueValue.properties })),
  later: DueValue,
  passed: DueValue,
  undated: DueValue,
});
/** Value of the agreements in force by the month in which they fall due (S22, N9). */
export const RenewalWallReport = reportOf({ byNotice: DueDates, byEnd: DueDates });
export type RenewalWallReport = Static<typeof RenewalWallReport>;
/** A row of the wall as a file. */
export const RenewalWallRow = Type.Object({
  by: Type.String({ description: 'notice or end' }),
  due: Type.String({ description: 'YYYY-MM, later, passed or undated' }),
  ...DueValue.properties,
});

export const CoTerminus = Type.Object({
  customerId: Type.String(),
  name: Name,
  agreementIds: Type.Array(Type.String(), { description: 'by last day; two at least' }),
  firstEndDate: Day,
  lastEndDate: Day,
  nextNoticeDate: Nullable(
    Type.String({ description: 'YYYY-MM-DD of the next notice deadline; null: none is known or left' }),
  ),
  valueMinor: Amount,
});
/** Agreements of one customer that end together (N8). */
export const CoTerminusReport = listReportOf(CoTerminus, {});
export type CoTerminusReport = Static<typeof CoTerminusReport>;

export const ExpiringAgreement = Type.Object({
  customerId: Type.String(),
  name: Name,
  agreementId: Type.String(),
  dueDate: Day,
  due: Type.String({
    description: 'notice: the last day to give notice; end: the last day of the agreement',
  }),
  endDate: MaybeDay,
  noticeDate: MaybeDay,
  autoRenew: Nullable(Type.Boolean()),
  agreementMinor: Nullable(
    Type.Integer({ description: 'minor units; null: no amount was ever told of the agreement' }),
  ),
  valueMinor: Nullable(Type.Integer({ description: 'lifetime value of the customer; null: not known' })),
  highValue: Nullable(
    Type.Boolean({ description: 'null: neither value nor tier is known, or fewer than four values are' }),
  ),
  highValueReasons: Type.Array(Type.String({ description: 'upper-quarter, gold, platinum' })),
  healthHundredths: MaybeHealth,
  risk: Risk,
  owner: Owner,
});
/** Agreements about which something must be decided soon (S11). */
export const ExpiringReport = listReportOf(ExpiringAgreement, {
  days: Type.Integer(),
  highValueFromMinor: Nullable(
    Type.Integer({
      description:
        'minor units; the upper quarter by value begins here. Null: fewer than four values are known',
    }),
  ),
});
export type ExpiringReport = Static<typeof ExpiringReport>;
