import { formatDay, parseDate } from '@bellwether/events';
import { isToldLater, type Told } from '../../packages/domain/src/customer/profile.ts';
import { coTerminusOf } from '../../packages/domain/src/portfolio/co-terminus.ts';
import {
  type CustomerMonths,
  foldMonth,
  type KpiMeasures,
  type MeasureMonths,
  rowAtMonth,
} from '../../packages/domain/src/portfolio/customer-months.ts';
import {
  type ConcentrationPoint,
  diversificationOf,
} from '../../packages/domain/src/portfolio/diversification.ts';
import type { Dimension } from '../../packages/domain/src/portfolio/groups.ts';
import {
  concentrationOfHolders,
  customerHolders,
  ranked,
} from '../../packages/domain/src/portfolio/holders.ts';
import { type ExpansionOutcomes, kpiSnapshotOf } from '../../packages/domain/src/portfolio/kpi-snapshot.ts';
import { kpisOf } from '../../packages/domain/src/portfolio/kpis.ts';
import { type MonthTelling, withTelling } from '../../packages/domain/src/portfolio/month-course.ts';
import { epochMonthNamed, epochMonthOf } from '../../packages/domain/src/portfolio/months.ts';
import { concentrationByParent } from '../../packages/domain/src/portfolio/parents.ts';
import type { PortfolioRow, RenewalRow } from '../../packages/domain/src/portfolio/portfolio-row.ts';
import { renewalWall } from '../../packages/domain/src/portfolio/renewal-wall.ts';
import { riskMatrixOf } from '../../packages/domain/src/portfolio/risk-matrix.ts';
import { compareGroups, ratiosOf } from '../../packages/domain/src/portfolio/segment-comparison.ts';
import { loseTop, type StressScenario } from '../../packages/domain/src/portfolio/stress.ts';
import { givenRenewal, givenRow, worth } from '../../packages/domain/src/portfolio/test-support.ts';
import { valueComplexityOf } from '../../packages/domain/src/portfolio/value-complexity.ts';
import { valueQuartersOf } from '../../packages/domain/src/portfolio/value-quarters.ts';
import { valueRiskOf } from '../../packages/domain/src/portfolio/value-risk.ts';
import { boxPlotOf } from '../../packages/domain/src/statistics/box-plot.ts';
import { giniOf } from '../../packages/domain/src/statistics/gini.ts';
import { spearmanOf } from '../../packages/domain/src/statistics/spearman.ts';

/** A customer as a document writes it: calendar dates instead of epoch days. */
type Written = Partial<Omit<PortfolioRow, 'renewals' | 'npsDay'>> & {
  readonly npsDate?: string;
  readonly renewals?: readonly (Partial<Omit<RenewalRow, 'endDay' | 'noticeDay'>> & {
    readonly agreementId: string;
    readonly endDate?: string;
    readonly noticeDate?: string;
  })[];
};
interface Customers {
  readonly customers: readonly Written[];
}
interface Month extends Customers {
  readonly month: string;
  readonly expansion?: ExpansionOutcomes;
}

interface GivenMonths {
  readonly scores: readonly (Partial<KpiMeasures> & { readonly on: string })[];
  readonly owners: readonly { readonly on: string; readonly owner: string }[];
  readonly months: readonly string[];
}
const { valueMinor, velocityMinor, mrrMinor, mrrMonthStartMinor, ...classes } = givenRow();
const { healthHundredths, churnBasisPoints, valueTier, segment, engagementModel } = classes;
const NOTHING_KNOWN: KpiMeasures = {
  valueMinor,
  velocityMinor,
  mrrMinor,
  mrrMonthStartMinor,
  healthHundredths,
  churnBasisPoints,
  valueTier,
  segment,
  engagementModel,
};

function dayOf(date: string | undefined): number | null {
  return date === undefined ? null : (parseDate(date) ?? null);
}

function rowsOf({ customers }: Customers): readonly PortfolioRow[] {
  return customers.map(({ npsDate, renewals = [], ...facts }) =>
    givenRow({
      ...facts,
      npsDay: dayOf(npsDate),
      renewals: renewals.map(({ agreementId, endDate, noticeDate, ...terms }) =>
        givenRenewal(agreementId, { ...terms, endDay: dayOf(endDate), noticeDay: dayOf(noticeDate) }),
      ),
    }),
  );
}

function snapshotOf(month: Month) {
  return kpiSnapshotOf(rowsOf(month), { month: month.month, expansion: month.expansion ?? null });
}

/** The worked examples of `docs/scoring/portfolio.md`. */
export const examples = {
  concentration: (given: { readonly values: readonly number[] }) =>
    concentrationOfHolders(ranked(customerHolders(worth(...given.values)))),

  parents: (given: Customers) => concentrationByParent(rowsOf(given)),

  'lose-top': (given: Customers & StressScenario) => loseTop(rowsOf(given), given),

  diversification: (given: Customers & { readonly history: readonly ConcentrationPoint[] }) =>
    diversificationOf(rowsOf(given), given.history),

  'renewal-wall': (given: Customers & { readonly today: string; readonly months: number }) =>
    renewalWall(rowsOf(given), { today: dayOf(given.today) ?? 0, months: given.months }),

  'co-terminus': (given: Customers & { readonly today: string }) => ({
    clusters: coTerminusOf(rowsOf(given), dayOf(given.today) ?? 0).map(
      ({ firstEndDay, lastEndDay, nextNoticeDay, ...cluster }) => ({
        ...cluster,
        firstEnd: formatDay(firstEndDay),
        lastEnd: formatDay(lastEndDay),
        nextNotice: nextNoticeDay === null ? null : formatDay(nextNoticeDay),
      }),
    ),
  }),

  'value-quarters': (given: { readonly values: readonly number[] }) =>
    valueQuartersOf(worth(...given.values)),

  'value-risk': (given: Customers) => valueRiskOf(rowsOf(given)),

  'rank-correlation': (given: { readonly pairs: readonly (readonly [number, number])[] }) =>
    spearmanOf(given.pairs),

  'value-complexity': (given: Customers) => valueComplexityOf(rowsOf(given)),

  'risk-matrix': (given: Customers) => riskMatrixOf(rowsOf(given)),

  segments: (given: Customers & { readonly by: Dimension; readonly ratio: readonly [string, string] }) => {
    const groups = compareGroups(rowsOf(given), given.by);
    const [one, other] = given.ratio.map((name) => groups.find(({ group }) => group === name));
    return { groups, ratios: one && other ? ratiosOf(one, other) : null };
  },

  'box-plot': (given: { readonly values: readonly number[] }) =>
    boxPlotOf(given.values.map((value, index) => ({ id: String(index), value }))),

  gini: (given: { readonly amounts: readonly number[] }) => ({ giniBasisPoints: giniOf(given.amounts) }),

  kpis: ({ earlier = [], ...month }: Month & { readonly earlier?: readonly Month[] }) =>
    Object.fromEntries(
      kpisOf(snapshotOf(month), earlier.map(snapshotOf)).map((kpi) => [
        kpi.group === null ? kpi.name : `${kpi.name} ${kpi.group}`,
        kpi,
      ]),
    ),
  'month-ends': ({ scores, owners, months }: GivenMonths) => {
    let measures: MeasureMonths | null = null;
    for (const { on, ...known } of scores) {
      measures = foldMonth(measures, epochMonthOf(dayOf(on) ?? 0), { ...NOTHING_KNOWN, ...known });
    }
    const told = owners.reduce<CustomerMonths['owners']>((all, { on, owner }, index) => {
      const time = dayOf(on) ?? 0;
      const telling: MonthTelling<Told<string>> = {
        month: epochMonthOf(time),
        told: { value: owner, time, sequence: 0, id: String(index) },
      };
      return withTelling(all, telling, isToldLater);
    }, []);
    const customer = { customerId: 'acme', measures, owners: told, answers: [], closed: [] };
    const rows = months.map((month) =>
      rowAtMonth({ ...customer, opportunitiesSince: null }, epochMonthNamed(month)),
    );
    return {
      healths: rows.map((row) => row?.healthHundredths ?? null),
      owners: rows.map((row) => row?.owner ?? null),
    };
  },
} satisfies { readonly [name: string]: (given: never) => unknown };
