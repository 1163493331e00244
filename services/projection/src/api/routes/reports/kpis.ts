import {
  epochMonthNamed,
  KPI_DEFINITIONS,
  type Kpi,
  type KpiDefinition,
  type KpiName,
  kpisAt,
  kpisOf,
  MONTHS_KEPT,
  monthNamed,
  publishable,
} from '@bellwether/domain';
import Type, { type Static } from 'typebox';
import type { KpiSource } from '../../../read/month-table.ts';
import { invalidRequest } from '../../problem.ts';
import { choice } from '../../query.ts';
import {
  KpiCourseReport,
  KpiOfMonth,
  KpiPoint,
  KpiReport,
  RetentionMonth,
  RetentionReport,
} from '../../report-schemas/kpi-reports.ts';
import type { Told } from './portfolio.ts';
import { type Report, report } from './report.ts';

const KPI_NAMES = Object.keys(KPI_DEFINITIONS) as KpiName[];
const USUAL_MONTHS = 13;

/** How many months, the present one included; fewer are told where fewer are known. */
export const months = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: MONTHS_KEPT,
    description: `months up to the present one, 1 to ${MONTHS_KEPT}; ${USUAL_MONTHS} if not given`,
  }),
);

/** The KPI set by month, and recurring revenue (S47 to S54, S109, S110, D17). */
export const KPI_REPORTS: readonly Report[] = [
  report({
    name: 'kpis',
    summary: 'All KPIs of a month with their targets (S47, S48, S49, S50, S51, S52, S53, S54, S109, S110)',
    parameters: {
      month: Type.Optional(
        Type.String({
          pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
          description: 'a calendar month YYYY-MM; the present one, so far, if not given',
        }),
      ),
    },
    answer: KpiReport,
    answerOf: ({ table }, { month }) => {
      const source = table.kpiSource();
      const wanted = wantedMonth(month, source);
      return {
        month: monthNamed(wanted),
        isOver: wanted < source.told.to,
        ...rangeOf(source),
        kpis: kpisAt(wanted, source).map((kpi) => ({
          kpi: kpi.name,
          ...kindOf(kpi.name),
          ...findingOf(kpi),
        })),
      };
    },
    table: { item: KpiOfMonth, rowsOf: ({ kpis }) => kpis },
  }),
  report({
    name: 'kpi-course',
    summary: 'One KPI over months, oldest first (S47 to S54, S109, S110)',
    parameters: {
      kpi: Type.Optional(choice(KPI_NAMES, 'which one; `mean-health` if not given')),
      months,
    },
    answer: KpiCourseReport,
    answerOf: ({ table }, { kpi: name = 'mean-health', months: count }) => {
      const source = table.kpiSource();
      return {
        kpi: name,
        ...kindOf(name),
        ...rangeOf(source),
        course: monthsOf(source, count).flatMap((month) =>
          kpisAt(month, source)
            .filter((kpi) => kpi.name === name)
            .map((kpi) => ({ ...momentOf(month, source), ...findingOf(kpi) })),
        ),
      };
    },
    table: { item: KpiPoint, rowsOf: ({ course }) => course },
  }),
  report({
    name: 'retention',
    summary: 'Movements of recurring revenue by month, net and gross retention (S109, D17)',
    parameters: { months },
    answer: RetentionReport,
    answerOf: ({ table }, { months: count }) => {
      const source = table.kpiSource();
      return {
        ...rangeOf(source),
        months: monthsOf(source, count).map((month) => retentionIn(month, source)),
      };
    },
    table: { item: RetentionMonth, rowsOf: (body) => body.months },
  }),
];

/** @throws ProblemError 400 when the month cannot be told */
function wantedMonth(month: string | undefined, { told: { from, to } }: KpiSource): number {
  if (month === undefined) return to;
  const wanted = epochMonthNamed(month);
  if (wanted >= from && wanted <= to) return wanted;
  const expected = `a month from ${monthNamed(from)} to ${monthNamed(to)}`;
  throw invalidRequest([{ path: '?month', expected, got: JSON.stringify(month) }]);
}

/** The last so many months that can be told, oldest first. */
export function monthsOf({ told: { from, to } }: KpiSource, count: number = USUAL_MONTHS): readonly number[] {
  const first = Math.max(from, to - count + 1);
  return Array.from({ length: to - first + 1 }, (_, index) => first + index);
}

function rangeOf({ told: { from, to } }: KpiSource) {
  return { from: monthNamed(from), to: monthNamed(to) };
}

function momentOf(month: number, { told }: KpiSource) {
  return { month: monthNamed(month), isOver: month < told.to };
}

function kindOf(name: KpiName) {
  const { requirement, unit, target }: KpiDefinition = KPI_DEFINITIONS[name];
  return { requirement, unit, targetIs: target?.is ?? null, target: target?.value ?? null };
}

function findingOf({ group, value, status, population, known, reason }: Kpi) {
  return { group, value, status, population, known, reason };
}

function retentionIn(month: number, source: KpiSource): Told<Static<typeof RetentionMonth>> {
  const snapshot = source.snapshotAt(month);
  const { customers: known, ...sums } = snapshot.recurring;
  const kpis = kpisOf(snapshot, []);
  const kpiOf = (name: KpiName) => kpis.find((kpi) => kpi.name === name);
  const [seed, net, gross] = [kpiOf('nrr-seed'), kpiOf('nrr'), kpiOf('grr')];
  const endMinor =
    BigInt(sums.startMinor) +
    BigInt(sums.newMinor) +
    BigInt(sums.expansionMinor) -
    BigInt(sums.contractionMinor) -
    BigInt(sums.churnMinor);
  // Of nobody it is not known that there was none.
  const amount = (sum: string | bigint) => (known === 0 ? null : publishable(BigInt(sum)));
  return {
    ...momentOf(month, source),
    customers: snapshot.customers,
    known,
    startMinor: amount(sums.startMinor),
    newMinor: amount(sums.newMinor),
    expansionMinor: amount(sums.expansionMinor),
    contractionMinor: amount(sums.contractionMinor),
    churnMinor: amount(sums.churnMinor),
    endMinor: amount(endMinor),
    nrrSeedBasisPoints: seed?.value ?? null,
    nrrSeedStatus: seed?.status ?? 'unknown',
    nrrBasisPoints: net?.value ?? null,
    nrrStatus: net?.status ?? 'unknown',
    grrBasisPoints: gross?.value ?? null,
    reason: net?.reason ?? null,
  };
}
