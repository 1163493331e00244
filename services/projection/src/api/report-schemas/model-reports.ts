import Type, { type Static } from 'typebox';
import { Day, Nullable } from '../schema-parts.ts';
import { Amount, Count, MaybeDay, MaybeShare, reportOf, Share } from './report-parts.ts';

const JudgedOn = Nullable(
  Type.String({
    description: 'YYYY-MM-DD of the census that counted it; null: there is nothing to count yet',
  }),
);
const Auc = Nullable(
  Type.Integer({
    description: 'basis points: 10000 is perfect order, 5000 chance; null: all ended, or none',
  }),
);
const Brier = Type.Integer({ description: 'basis points of a squared error: 2500 is what 50 % always gets' });
const LogLoss = Type.Integer({ description: 'basis points of a nat: 6931 is what 50 % always gets' });

const CalibrationBin = Type.Object({
  count: Count,
  endedCount: Count,
  expectedBasisPoints: Share,
  observedBasisPoints: Share,
  lowBasisPoints: Share,
  highBasisPoints: Share,
});
const Calibration = Type.Object({
  ...Type.Omit(CalibrationBin, ['lowBasisPoints', 'highBasisPoints']).properties,
  brierBasisPoints: Brier,
  logLossBasisPoints: LogLoss,
  aucBasisPoints: Auc,
  bins: Type.Array(CalibrationBin, { description: 'tenths of the forecasts, by ascending probability' }),
});
const ModelQuality = Type.Object({
  brierBasisPoints: Brier,
  logLossBasisPoints: LogLoss,
  aucBasisPoints: Auc,
});
const OutcomeCounts = Type.Object({ ended: Count, stayed: Count });

/** The churn model in use, what came of the last fit, and how good the probabilities were (S29, N11). */
export const ChurnModelReport = reportOf({
  judgedOn: JudgedOn,
  model: Type.Object({
    id: Type.String({ description: 'churn-default, or churn-fitted to the outcomes of the tenant' }),
    version: Type.String(),
    baseLogOddsBasisPoints: Type.Integer(),
    trainedUntil: MaybeDay,
    terms: Type.Array(
      Type.Object({
        signal: Type.String(),
        coefficientBasisPoints: Type.Integer({
          description: 'log-odds for the most risk that the signal can tell; 10000 is 1',
        }),
        centreBasisPoints: Type.Integer({ description: 'risk that adds nothing' }),
      }),
    ),
  }),
  fit: Nullable(
    Type.Object(
      {
        kind: Type.String({ description: 'accepted or refused' }),
        reason: Nullable(
          Type.String({ description: 'too-few-outcomes or not-better; null: it was accepted' }),
        ),
        train: OutcomeCounts,
        test: OutcomeCounts,
        backtest: Nullable(
          Type.Object(
            { trainUntil: Day, current: ModelQuality, candidate: ModelQuality },
            { description: 'both models on the newer outcomes; null: too few for it' },
          ),
        ),
      },
      { description: 'the last attempt; null: there was no outcome yet' },
    ),
  ),
  told: Nullable(Calibration),
  inUse: Nullable(Calibration),
});
export type ChurnModelReport = Static<typeof ChurnModelReport>;

/** A point of a calibration curve as a file has it. */
export const CalibrationRow = Type.Object({
  curve: Type.String({
    description:
      'told: all probabilities that were told; in-use: the model in use on what it was not fitted to',
  }),
  ...CalibrationBin.properties,
});

export const WarningLeadTime = Type.Object({
  warning: Type.String({ description: 'at-risk, early-warning or high-churn' }),
  count: Type.Integer({ description: 'years of customers with agreements' }),
  endedCount: Count,
  warnedCount: Count,
  foundCount: Type.Integer({ description: 'ends with a warning before them' }),
  found90Count: Count,
  found180Count: Count,
  falseAlarmCount: Count,
  medianDays: Nullable(Type.Integer({ description: 'from the warning to the end; null: none was found' })),
  foundBasisPoints: MaybeShare,
  precisionBasisPoints: MaybeShare,
});
/** How early ends were seen coming, warning by warning (N11). */
export const LeadTimeReport = reportOf({
  judgedOn: JudgedOn,
  chanceBasisPoints: Nullable(
    Type.Integer({
      description: 'precision of warnings by lot: the share that ended; null: nothing is judged',
    }),
  ),
  warnings: Type.Array(WarningLeadTime),
});
export type LeadTimeReport = Static<typeof LeadTimeReport>;

const DecidedCounts = Type.Object({ won: Count, lost: Count });
const byKind = <Item extends ReturnType<typeof Type.Object> | typeof Share>(item: Item) => ({
  new: item,
  upsell: item,
  'cross-sell': item,
  renewal: item,
});
export const VariantBacktest = Type.Object({
  variant: Type.String({
    description: 'v1: health times won and pipeline; v2: steady revenue and win rates',
  }),
  customers: Count,
  meanActualMinor: Amount,
  maeMinor: Amount,
  biasMinor: Amount,
});
/** Both predictions of six months of revenue against what was paid, and the win rates behind the second (S67, D24). */
export const RevenuePredictionReport = reportOf({
  judgedOn: JudgedOn,
  decided: Nullable(Type.Object({ ...byKind(DecidedCounts), unknown: DecidedCounts })),
  leastDecided: Type.Integer({ description: 'with fewer decided opportunities there are no win rates' }),
  winRates: Nullable(
    Type.Object(
      { overallBasisPoints: Share, byKind: Type.Object(byKind(Share)) },
      { description: 'null: too few were decided; then v2 leaves the pipeline out' },
    ),
  ),
  predictedFrom: MaybeDay,
  predictedTo: MaybeDay,
  variants: Type.Array(VariantBacktest, {
    description: 'both over the same customers; none: nothing is judged',
  }),
});
export type RevenuePredictionReport = Static<typeof RevenuePredictionReport>;
