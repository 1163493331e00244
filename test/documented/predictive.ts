import { expectedPurchases, probabilityAlive } from '../../packages/domain/src/predictive/bg-nbd.ts';
import { fitPredictive, type PredictiveRow } from '../../packages/domain/src/predictive/fit-predictive.ts';
import { fitShiftedBetaGeometric } from '../../packages/domain/src/predictive/fit-shifted-beta-geometric.ts';
import {
  conditionalMeanSpend,
  populationMeanSpend,
} from '../../packages/domain/src/predictive/gamma-gamma.ts';
import { predictedValueOf } from '../../packages/domain/src/predictive/predicted-value.ts';
import type { PurchaseHistory } from '../../packages/domain/src/predictive/purchase-history.ts';
import { countsOfCohort, renewalDecisionsOf } from '../../packages/domain/src/predictive/renewal-counts.ts';
import {
  expectedRenewals,
  retentionRate,
  type ShiftedBetaGeometric,
  survival,
} from '../../packages/domain/src/predictive/shifted-beta-geometric.ts';

/** The worked examples of `docs/scoring/predictive-value.md`. */
export const examples = {
  retention: (given: ShiftedBetaGeometric & { readonly renewals: readonly number[] }) => ({
    retentionBasisPoints: given.renewals.map((renewal) => Math.round(retentionRate(given, renewal) * 10_000)),
    survivalBasisPoints: given.renewals.map((renewal) => Math.round(survival(given, renewal) * 10_000)),
  }),

  'expected-renewals': (
    given: ShiftedBetaGeometric & {
      readonly survived: number;
      readonly renewals: number;
      readonly discountRate?: number;
    },
  ) => ({ expectedHundredths: Math.round(expectedRenewals(given, given) * 100) }),

  'renewal-counts': (given: { readonly survivors: readonly number[] }) => ({
    decisions: renewalDecisionsOf(countsOfCohort(given.survivors)),
  }),

  'fit-renewals': (given: { readonly survivors: readonly number[] }) => {
    const result = fitShiftedBetaGeometric(countsOfCohort(given.survivors));
    if (result.kind === 'refused') return { refused: result.reason };
    const { alpha, beta, decisions, losses, logLikelihood } = result.fit;
    return { alpha: threeDecimals(alpha), beta: threeDecimals(beta), decisions, losses, logLikelihood };
  },

  purchases: (
    given: { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number } & {
      readonly frequency: number;
      readonly recencyDays: number;
      readonly ageDays: number;
      readonly horizonDays: number;
    },
  ) => ({
    aliveBasisPoints: Math.round(probabilityAlive(given, given) * 10_000),
    expectedTenThousandths: Math.round(expectedPurchases(given, given, given.horizonDays) * 10_000),
  }),

  'mean-spend': (given: {
    readonly p: number;
    readonly q: number;
    readonly v: number;
    readonly frequency: number;
    readonly meanSpendMinor: number;
  }) => ({
    populationMinor: Math.round(populationMeanSpend(given)),
    expectedMinor: Math.round(conditionalMeanSpend(given, given)),
  }),

  'predicted-value': (given: Parameters<typeof predictedValueOf>[0]) => predictedValueOf(given),

  fit: (given: {
    readonly today: number;
    readonly groups: readonly (PurchaseHistory & { readonly customers: number })[];
  }) => {
    const rows = given.groups.flatMap(({ customers, ...purchases }) =>
      Array.from({ length: customers }, (): PredictiveRow => ({ purchases, agreements: [] })),
    );
    return fitPredictive(rows, given.today);
  },
} satisfies { readonly [name: string]: (given: never) => unknown };

function threeDecimals(value: number): number {
  return Math.round(value * 1000) / 1000;
}
