import type { Told } from '../customer/profile.ts';
import type { ClosedOffer } from '../opportunities/expansion-months.ts';
import type { Written } from '../signals/written.ts';
import { type MonthCourse, type MonthTelling, tellingAt, valueAt, withMonth } from './month-course.ts';
import { epochMonthOf } from './months.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** What the KPIs of a month read of the published scores of a customer, always in this order. */
const MEASURES = [
  'valueMinor',
  'velocityMinor',
  'mrrMinor',
  'mrrMonthStartMinor',
  'healthHundredths',
  'churnBasisPoints',
  'valueTier',
  'segment',
  'engagementModel',
] as const;
type Measure = (typeof MEASURES)[number];

/** The measures as they stand. */
export type KpiMeasures = Pick<PortfolioRow, Measure>;

/** How the measures of a customer stood at the ends of months. A measure that was never known has no course. */
export type MeasureMonths = {
  /** Epoch month in which something was published of the customer for the first time. */
  readonly since: number;
} & { readonly [M in Measure]?: MonthCourse<PortfolioRow[M]> };

/** Takes the measures as they stand in a month; the same reference when nothing differs. */
export function foldMonth(months: MeasureMonths | null, month: number, measures: KpiMeasures): MeasureMonths {
  const next: { [name: string]: unknown } = { since: months?.since ?? month };
  let isChanged = months === null;
  for (const measure of MEASURES) {
    const before: MonthCourse<unknown> | undefined = months?.[measure];
    const after = withMonth<unknown>(before, { month, value: measures[measure] });
    if (after !== before && (before !== undefined || after.months.length > 0)) isChanged = true;
    if (after.months.length > 0) next[measure] = after;
  }
  return isChanged || months === null ? (next as MeasureMonths) : months;
}

/** What is kept of a customer month by month, from wherever it comes. */
export interface CustomerMonths {
  readonly customerId: string;
  /** Null: nothing was ever published of it. */
  readonly measures: MeasureMonths | null;
  /** Account managers, and answers to the recommendation survey (hundredths of 0..100), as they were told. */
  readonly owners: readonly MonthTelling<Told<string>>[];
  readonly answers: readonly MonthTelling<Written<number>>[];
  /** Upsell and cross-sell opportunities that were won or lost. */
  readonly closed: readonly ClosedOffer[];
  /** Epoch month in which the first sales opportunity was known; null: none is. */
  readonly opportunitiesSince: number | null;
}

/**
 * A customer as it stood at the end of a month, with all that KPIs read; the rest is null. Null: nothing was published
 * of it by then.
 */
export function rowAtMonth(customer: CustomerMonths, month: number): PortfolioRow | null {
  const { measures, owners, answers } = customer;
  if (measures === null || measures.since > month) return null;
  const answer = tellingAt(answers, month);
  return {
    customerId: customer.customerId,
    parentCustomerId: null,
    valueMinor: valueAt(measures.valueMinor, month),
    activeMinor: null,
    mrrMinor: valueAt(measures.mrrMinor, month),
    mrrMonthStartMinor: valueAt(measures.mrrMonthStartMinor, month),
    velocityMinor: valueAt(measures.velocityMinor, month),
    healthHundredths: valueAt(measures.healthHundredths, month),
    healthBand: null,
    churnBasisPoints: valueAt(measures.churnBasisPoints, month),
    churnBand: null,
    rfmHundredths: null,
    complexityHundredths: null,
    accountAgeDays: null,
    npsHundredths: answer?.value ?? null,
    npsDay: answer?.day ?? null,
    valueTier: valueAt(measures.valueTier, month),
    segment: valueAt(measures.segment, month),
    industry: null,
    sizeBand: null,
    engagementModel: valueAt(measures.engagementModel, month),
    owner: tellingAt(owners, month)?.value ?? null,
    renewals: [],
  };
}

/**
 * What the months before a month read of a customer, as text: while it is the same, nothing that was told of those
 * months differs. Of a customer that was not there it is that of one of whom nothing was known.
 */
export function pastTextOf(customer: CustomerMonths | undefined, month: number): string {
  const { measures, owners = [], answers = [], closed = [], opportunitiesSince } = customer ?? {};
  const isPast = (one: { readonly month: number }) => one.month < month;
  const pastMonth = (one: number | null | undefined) => (one != null && one < month ? one : null);
  return JSON.stringify([
    pastMonth(measures?.since),
    MEASURES.map((measure) => pastPointsOf(measures?.[measure], month)),
    owners.filter(isPast),
    answers.filter(isPast),
    closed.filter(({ day }) => epochMonthOf(day) < month),
    pastMonth(opportunitiesSince),
  ]);
}

function pastPointsOf(course: MonthCourse<unknown> | undefined, month: number): readonly unknown[] {
  const { months, values } = course ?? { months: [], values: [] };
  const past = months.findLastIndex((one) => one < month) + 1;
  return [months.slice(0, past), values.slice(0, past)];
}
