import {
  CHURN_WARNINGS,
  type ChurnFindings,
  churnModelIn,
  LEAST_DECIDED,
  type RevenueFindings,
} from '@bellwether/domain';
import { formatDay } from '@bellwether/events';
import type { Static } from 'typebox';
import {
  CalibrationRow,
  ChurnModelReport,
  LeadTimeReport,
  RevenuePredictionReport,
  VariantBacktest,
  WarningLeadTime,
} from '../../report-schemas/model-reports.ts';
import { type Body, dateOf, type Told } from './portfolio.ts';
import { type Report, report } from './report.ts';

/** What the tenant's own past says of the models that its customers are told by. */
export const MODEL_REPORTS: readonly Report[] = [
  report({
    name: 'churn-model',
    summary:
      'The churn model in use, what came of its last fit, and probabilities against outcomes (S29, N11)',
    parameters: {},
    answer: ChurnModelReport,
    answerOf: ({ view: { judged } }) => churnModelOf(judged?.churn),
    table: {
      item: CalibrationRow,
      rowsOf: ({ told, inUse }) => [...curveOf('told', told), ...curveOf('in-use', inUse)],
    },
  }),
  report({
    name: 'lead-time',
    summary: 'How early ends were seen coming, and how often warnings were right (N11)',
    parameters: {},
    answer: LeadTimeReport,
    answerOf: ({ view: { judged } }) => leadTimesOf(judged?.churn),
    table: { item: WarningLeadTime, rowsOf: ({ warnings }) => warnings },
  }),
  report({
    name: 'revenue-prediction',
    summary:
      'Both predictions of revenue against what was paid, and the win rates behind the second (S67, D24)',
    parameters: {},
    answer: RevenuePredictionReport,
    answerOf: ({ view: { judged } }) => revenuePredictionOf(judged?.revenue),
    table: { item: VariantBacktest, rowsOf: ({ variants }) => variants },
  }),
];

function churnModelOf(findings: ChurnFindings | undefined): Body<typeof ChurnModelReport> {
  const { id, version, baseLogOddsBasisPoints, terms } = churnModelIn(findings);
  const trainedUntil = dateOf(findings?.trainedUntilDay ?? null);
  return {
    judgedOn: dateOf(findings?.judgedDay ?? null),
    model: { id, version, baseLogOddsBasisPoints, trainedUntil, terms },
    fit: findings === undefined ? null : fitOf(findings.fit),
    told: findings?.told ?? null,
    inUse: findings?.inUse ?? null,
  };
}

function fitOf({ backtest, ...fit }: ChurnFindings['fit']): Body<typeof ChurnModelReport>['fit'] {
  if (backtest === null) return { ...fit, backtest };
  const { trainUntilDay, current, candidate } = backtest;
  return { ...fit, backtest: { trainUntil: formatDay(trainUntilDay), current, candidate } };
}

function curveOf(
  curve: string,
  calibration: Body<typeof ChurnModelReport>['told'],
): readonly Told<Static<typeof CalibrationRow>>[] {
  return (calibration?.bins ?? []).map((bin) => ({ curve, ...bin }));
}

function leadTimesOf(findings: ChurnFindings | undefined): Body<typeof LeadTimeReport> {
  if (findings === undefined) return { judgedOn: null, chanceBasisPoints: null, warnings: [] };
  const warnings = CHURN_WARNINGS.map((warning) => ({ warning, ...findings.leadTimes[warning] }));
  const { count = 0, endedCount = 0 } = warnings[0] ?? {};
  return {
    judgedOn: formatDay(findings.judgedDay),
    chanceBasisPoints: count === 0 ? null : Math.round((10_000 * endedCount) / count),
    warnings,
  };
}

function revenuePredictionOf(findings: RevenueFindings | undefined): Body<typeof RevenuePredictionReport> {
  const backtest = findings?.backtest ?? null;
  return {
    judgedOn: dateOf(findings?.judgedDay ?? null),
    decided: findings?.decided ?? null,
    leastDecided: LEAST_DECIDED,
    winRates: findings?.winRates ?? null,
    predictedFrom: dateOf(backtest?.fromDay ?? null),
    predictedTo: dateOf(backtest?.toDay ?? null),
    variants: backtest === null ? [] : [variantOf('v1', backtest.v1), variantOf('v2', backtest.v2)],
  };
}

function variantOf(
  variant: string,
  { customers, meanActualMinor, maeMinor, biasMinor }: NonNullable<RevenueFindings['backtest']>['v1'],
): Told<Static<typeof VariantBacktest>> {
  return { variant, customers, meanActualMinor, maeMinor, biasMinor };
}
