import type { ScoreValue } from '@bellwether/events';
import { contributionsOf } from './churn-parts.ts';
import { logOddsPartsOf, type PublishedChurn } from './published-churn.ts';

/**
 * Churn as it was published, in basis points of probability. Its parts: the base, what each signal and the agreements
 * contribute (a missing signal has none), and by `<part>.raw` their readings. The label `riskBand` is the tier that
 * stands also while nothing can be scored (S42).
 */
export function churnValueOf(churn: PublishedChurn): Omit<ScoreValue, 'currency'> {
  const { lowBasisPoints, highBasisPoints, missing, uncertain, model } = churn;
  const parts: { [part: string]: number | null } = {};
  const contributions = contributionsOf(logOddsPartsOf(churn), churn.valueBasisPoints);
  churn.parts.forEach(([signal, raw], index) => {
    parts[signal] = contributions[index] ?? 0;
    parts[`${signal}.raw`] = raw;
  });
  return {
    unit: 'basis-points',
    value: churn.valueBasisPoints,
    band: churn.band,
    parts,
    labels: { riskBand: churn.riskBand },
    coverage: churn.coverageHundredths,
    confidence: churn.confidenceHundredths,
    ...(lowBasisPoints === null ? {} : { low: lowBasisPoints }),
    ...(highBasisPoints === null ? {} : { high: highBasisPoints }),
    uncertain,
    missing,
    model,
  };
}
