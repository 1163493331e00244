import {
  type FitResult,
  isWithin,
  MIN_REPEATERS,
  type ParameterRange,
  roundLogLikelihood,
  roundParameter,
} from './fit-result.ts';
import { minimise } from './minimise.ts';
import type { PurchaseRecord } from './purchase-history.ts';
import { logGamma } from './special-functions.ts';

/**
 * Parameters of the gamma-gamma model of spend (Fader, Hardie and Lee 2005, "RFM and CLV"; Fader and Hardie 2013): a
 * customer's transactions are gamma distributed with shape `p` around a mean of its own, and these means are spread by
 * a gamma distribution of the rate, with shape `q` and rate `v` (minor units). It takes how much is spent to be
 * independent of how often.
 */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** Parameters as they are published, with what they were fitted on. */
export interface GammaGammaFit extends GammaGamma {
  /** Customers with repeat transactions that were paid for. */
  readonly repeaters: number;
  readonly logLikelihood: number;
}

/** What the model needs to know of a customer's spend. */
export type SpendPattern = Pick<PurchaseRecord, 'frequency' | 'meanSpendMinor'>;

/** Mean spend of a transaction over all customers, minor units; `q` must be greater than 1. */
export function populationMeanSpend({ p, q, v }: GammaGamma): number {
  return (p * v) / (q - 1);
}

/**
 * Expected mean spend of a customer's transactions in minor units, given what was spent so far: between the customer's
 * own mean and that of all customers, the nearer to the own one the more transactions there were.
 */
export function conditionalMeanSpend({ p, q, v }: GammaGamma, pattern: SpendPattern): number {
  const { frequency, meanSpendMinor } = pattern;
  return (p * (v + frequency * meanSpendMinor)) / (p * frequency + q - 1);
}

/** Ranges of p, q and v, the latter in units of the mean spend; see those of the other models. */
const RANGES: readonly ParameterRange[] = [
  [1e-3, 1e3],
  [1e-3, 1e3],
  [1e-6, 1e6],
];
/** Start of the search, as logarithms: p = q = 2, v for a mean of one unit. */
const START = [2, 2, 0.5].map(Math.log);
/** The mean of all customers may differ from the mean that was seen by this factor, either way. */
const MEAN_FACTOR = 2;

/**
 * Parameters of greatest likelihood for the customers with repeat transactions that were paid for, in any order (N10);
 * others say nothing of spend and are left out. Refused where so few spend so much that the mean of the model does not
 * exist or says nothing of what was seen.
 */
export function fitGammaGamma(patterns: readonly SpendPattern[]): FitResult<GammaGammaFit> {
  const rows = patterns
    .filter(({ frequency, meanSpendMinor }) => frequency > 0 && meanSpendMinor > 0)
    .sort((one, other) => one.frequency - other.frequency || one.meanSpendMinor - other.meanSpendMinor);
  if (rows.length < MIN_REPEATERS) return { kind: 'refused', reason: 'too-few-repeaters' };
  const mean = rows.reduce((sum, { meanSpendMinor }) => sum + meanSpendMinor, 0) / rows.length;
  const table = tableOf(rows, mean);
  const { point, isConverged } = minimise((logarithms) => {
    if (!isWithin(logarithms, RANGES)) return Number.POSITIVE_INFINITY;
    return -tableLogLikelihood(table, modelAt(logarithms));
  }, START);
  if (!isConverged) return { kind: 'refused', reason: 'not-converged' };
  const { p, q, v } = modelAt(point);
  const model = { p: roundParameter(p), q: roundParameter(q), v: roundParameter(v * mean) };
  const fitted = model.q > 1 ? populationMeanSpend(model) : Number.POSITIVE_INFINITY;
  if (fitted > mean * MEAN_FACTOR || fitted < mean / MEAN_FACTOR)
    return { kind: 'refused', reason: 'no-mean' };
  const logLikelihood =
    tableLogLikelihood(table, { ...model, v: model.v / mean }) - rows.length * Math.log(mean);
  return {
    kind: 'fitted',
    fit: { ...model, repeaters: rows.length, logLikelihood: roundLogLikelihood(logLikelihood) },
  };
}

function modelAt(logarithms: readonly number[]): GammaGamma {
  const [p = 0, q = 0, v = 0] = logarithms.map(Math.exp);
  return { p, q, v };
}

/** Sorted rows in units of the mean spend, with the sums that no parameter enters. */
interface SpendTable {
  readonly frequencies: readonly number[];
  /** How many rows have each of the frequencies. */
  readonly counts: readonly number[];
  /** Of each row: frequency, and frequency times mean spend. */
  readonly rows: readonly (readonly [frequency: number, spend: number])[];
  /** Sum of ln m, and of x ln(x m). */
  readonly logMeans: number;
  readonly logSpends: number;
}

function tableOf(sorted: readonly SpendPattern[], mean: number): SpendTable {
  const counts = new Map<number, number>();
  let logMeans = 0;
  let logSpends = 0;
  const rows = sorted.map(({ frequency, meanSpendMinor }) => {
    const spend = (frequency * meanSpendMinor) / mean;
    counts.set(frequency, (counts.get(frequency) ?? 0) + 1);
    logMeans += Math.log(meanSpendMinor / mean);
    logSpends += frequency * Math.log(spend);
    return [frequency, spend] as const;
  });
  return { frequencies: [...counts.keys()], counts: [...counts.values()], rows, logMeans, logSpends };
}

function tableLogLikelihood(table: SpendTable, { p, q, v }: GammaGamma): number {
  const { frequencies, counts, rows, logMeans, logSpends } = table;
  let sum = p * logSpends - logMeans + rows.length * (q * Math.log(v) - logGamma(q));
  frequencies.forEach((frequency, index) => {
    const shape = p * frequency;
    sum += (counts[index] ?? 0) * (logGamma(shape + q) - logGamma(shape));
  });
  for (const [frequency, spend] of rows) sum -= (p * frequency + q) * Math.log(spend + v);
  return sum;
}
