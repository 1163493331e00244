import {
  ageByTierOf,
  BOX_MEASURES,
  type BoxMeasure,
  boxPlotsBy,
  compareGroups,
  DIMENSIONS,
  monthOf,
  npsByTier,
  quarterOf,
  riskMatrixOf,
} from '@bellwether/domain';
import Type from 'typebox';
import { choice } from '../../query.ts';
import {
  AgeByTierReport,
  DistributionReport,
  DistributionRow,
  GroupSummaryRow,
  NpsReport,
  RiskCell,
  RiskMatrixReport,
  SegmentReport,
  TierAgeRow,
  TierNps,
} from '../../report-schemas/group-reports.ts';
import { ratioOf } from './group-ratio.ts';
import { nameOf } from './portfolio.ts';
import { type Report, report } from './report.ts';

const MEASURES = Object.keys(BOX_MEASURES) as BoxMeasure[];
const UNITS: { readonly [M in BoxMeasure]: string } = {
  health: 'hundredths',
  churn: 'basis-points',
  rfm: 'hundredths',
  value: 'minor',
  accountAge: 'days',
};
/** What customers are grouped by. */
export const by = Type.Optional(choice(DIMENSIONS, 'what customers are grouped by; `segment` if not given'));

/** Groups of customers side by side. */
export const GROUP_REPORTS: readonly Report[] = [
  report({
    name: 'segments',
    summary: 'Classes of customers side by side, and the ratio of two (S24, S25, S28, S80, S81)',
    parameters: {
      by,
      ratio: Type.Optional(
        Type.String({ maxLength: 500, description: 'two of the groups, a comma between: enterprise,smb' }),
      ),
    },
    answer: SegmentReport,
    answerOf: ({ rows }, { by = 'segment', ratio }) => {
      const groups = compareGroups(rows, by);
      return { by, groups, ratio: ratio === undefined ? null : ratioOf(ratio, by, groups) };
    },
    table: {
      item: GroupSummaryRow,
      rowsOf: ({ groups }) =>
        groups.map(({ means, known, valueMinor: totalMinor, ...group }) => ({
          ...group,
          totalMinor,
          ...means,
          knownValue: known.value,
          knownRfm: known.rfm,
          knownAccountAge: known.accountAge,
          knownHealth: known.health,
          knownChurn: known.churn,
          knownVelocity: known.velocity,
        })),
    },
  }),
  report({
    name: 'distributions',
    summary: 'Median, quartiles and outliers of a measure by group (S82)',
    parameters: { by, measure: Type.Optional(choice(MEASURES, '`health` if not given')) },
    answer: DistributionReport,
    answerOf: (portfolio, { by = 'segment', measure = 'health' }) => ({
      by,
      measure,
      unit: UNITS[measure],
      groups: boxPlotsBy(portfolio.rows, by, measure).map(({ box, ...group }) => ({
        ...group,
        box: box && {
          ...box,
          outliers: box.outliers.map(({ id, value }) => ({
            customerId: id,
            name: nameOf(portfolio, id),
            value,
          })),
        },
      })),
    }),
    table: {
      item: DistributionRow,
      rowsOf: ({ groups }) => groups.map(({ box, ...group }) => ({ ...group, ...box })),
    },
  }),
  report({
    name: 'risk-matrix',
    summary: 'Industry by company size: customers with a health below 50, and the value at risk (S63, S75)',
    parameters: {},
    answer: RiskMatrixReport,
    answerOf: ({ rows }) => riskMatrixOf(rows),
    table: { item: RiskCell, rowsOf: ({ cells }) => cells },
  }),
  report({
    name: 'age-by-tier',
    summary: 'Age of the accounts by value tier, and whether older ones are worth more (S81, S83)',
    parameters: {},
    answer: AgeByTierReport,
    answerOf: ({ rows }) => ageByTierOf(rows),
    table: {
      item: TierAgeRow,
      rowsOf: ({ tiers }) =>
        tiers.flatMap(({ valueTier, ages }) => ages.map((age) => ({ valueTier, ...age }))),
    },
  }),
  report({
    name: 'nps',
    summary: 'Net promoter score by value tier, each customer by its latest answer (S53)',
    parameters: {
      quarter: Type.Optional(
        Type.String({
          pattern: '^[0-9]{4}-Q[1-4]$',
          description: 'a calendar quarter such as 2024-Q3; that of the tenant’s date if not given',
        }),
      ),
    },
    answer: NpsReport,
    answerOf: ({ rows, view }, { quarter = quarterOf(monthOf(view.today)) }) => ({
      quarter,
      tiers: npsByTier(rows, quarter),
    }),
    table: { item: TierNps, rowsOf: ({ tiers }) => tiers },
  }),
];
