import { type BgNbd, type BuyingPattern, DAYS_A_WEEK } from './bg-nbd.ts';
import {
  type FitResult,
  isWithin,
  MIN_CUSTOMERS,
  MIN_REPEATERS,
  type ParameterRange,
  roundLogLikelihood,
  roundParameter,
} from './fit-result.ts';
import { minimise } from './minimise.ts';

/** Parameters as they are published, with what they were fitted on. */
export interface BgNbdFit extends BgNbd {
  readonly customers: number;
  /** Customers with at least one repeat transaction. */
  readonly repeaters: number;
  readonly logLikelihood: number;
}

/**
 * Ranges of r, alpha (weeks), a and b. Where customers hardly differ in a respect, or nobody ever leaves, the
 * likelihood rises for ever towards that limit; the parameters stop here, where the model hardly differs from it.
 */
const RANGES: readonly ParameterRange[] = [
  [1e-3, 1e3],
  [1e-2, 1e6],
  [1e-3, 1e3],
  [1e-3, 1e3],
];

/** Parameters of greatest likelihood for the customers, in any order (N10), or the reason why there are none. */
export function fitBgNbd(patterns: readonly BuyingPattern[]): FitResult<BgNbdFit> {
  const customers = patterns.length;
  const repeaters = patterns.filter(({ frequency }) => frequency > 0).length;
  if (customers < MIN_CUSTOMERS) return { kind: 'refused', reason: 'too-few-customers' };
  if (repeaters < MIN_REPEATERS) return { kind: 'refused', reason: 'too-few-repeaters' };
  const table = tableOf(patterns);
  const { point, isConverged } = minimise((logarithms) => {
    if (!isWithin(logarithms, RANGES)) return Number.POSITIVE_INFINITY;
    return -tableLogLikelihood(table, modelAt(logarithms));
  }, startFor(patterns));
  if (!isConverged) return { kind: 'refused', reason: 'not-converged' };
  const { r, alpha, a, b } = modelAt(point);
  const model = {
    r: roundParameter(r),
    alpha: roundParameter(alpha),
    a: roundParameter(a),
    b: roundParameter(b),
  };
  const logLikelihood = roundLogLikelihood(tableLogLikelihood(table, model));
  return { kind: 'fitted', fit: { ...model, customers, repeaters, logLikelihood } };
}

/** Start of the search, as logarithms: half of those who bought return at a rate that fits the greatest age. */
function startFor(patterns: readonly BuyingPattern[]): readonly number[] {
  const oldest = patterns.reduce((most, { ageDays }) => Math.max(most, ageDays), 1);
  return [0.5, oldest / DAYS_A_WEEK / 4, 0.5, 2].map(Math.log);
}

function modelAt(logarithms: readonly number[]): BgNbd {
  const [r = 0, alpha = 0, a = 0, b = 0] = logarithms.map(Math.exp);
  return { r, alpha, a, b };
}

/**
 * Customers with equal rows counted together, sorted, so that neither the order of the customers nor their number
 * shows in the sums. Rows hold indexes into `frequencies` and `days`, all that logarithms must be taken of.
 */
interface PatternTable {
  readonly frequencies: readonly number[];
  readonly days: readonly number[];
  readonly rows: readonly PatternRow[];
}
interface PatternRow {
  readonly frequencyIndex: number;
  readonly recencyIndex: number;
  readonly ageIndex: number;
  readonly count: number;
}

function tableOf(patterns: readonly BuyingPattern[]): PatternTable {
  const frequencies = distinct(patterns.map(({ frequency }) => frequency));
  const days = distinct(patterns.flatMap(({ recencyDays, ageDays }) => [recencyDays, ageDays]));
  const frequencyIndexes = new Map(frequencies.map((frequency, index) => [frequency, index]));
  const dayIndexes = new Map(days.map((day, index) => [day, index]));
  const counts = new Map<number, number>();
  for (const { frequency, recencyDays, ageDays } of patterns) {
    const key =
      ((frequencyIndexes.get(frequency) ?? 0) * days.length + (dayIndexes.get(recencyDays) ?? 0)) *
        days.length +
      (dayIndexes.get(ageDays) ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([one], [other]) => one - other)
    .map(([key, count]) => ({
      frequencyIndex: Math.floor(key / days.length / days.length),
      recencyIndex: Math.floor(key / days.length) % days.length,
      ageIndex: key % days.length,
      count,
    }));
  return { frequencies, days, rows };
}

function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** Log likelihood of customers under a model (equation 6 of the paper). */
export function bgNbdLogLikelihood(model: BgNbd, patterns: readonly BuyingPattern[]): number {
  return tableLogLikelihood(tableOf(patterns), model);
}

function tableLogLikelihood({ frequencies, days, rows }: PatternTable, model: BgNbd): number {
  const { r, alpha, a, b } = model;
  const fronts = frontsOf(frequencies, model);
  const odds = frequencies.map((frequency) => (frequency === 0 ? 0 : Math.log(a / (b + frequency - 1))));
  const logDays = days.map((day) => Math.log(alpha + day / DAYS_A_WEEK));
  let sum = 0;
  for (const { frequencyIndex, recencyIndex, ageIndex, count } of rows) {
    const frequency = frequencies[frequencyIndex] ?? 0;
    const shape = r + frequency;
    const logAge = logDays[ageIndex] ?? 0;
    let term = (fronts[frequencyIndex] ?? 0) - shape * logAge;
    if (frequency > 0) {
      const silence = shape * (logAge - (logDays[recencyIndex] ?? 0));
      term += logOnePlusExp((odds[frequencyIndex] ?? 0) + silence);
    }
    sum += count * term;
  }
  return sum;
}

/** The part of a row that depends on the frequency alone, for each of the ascending `frequencies`. */
function frontsOf(frequencies: readonly number[], { r, alpha, a, b }: BgNbd): readonly number[] {
  let front = r * Math.log(alpha);
  let reached = 0;
  return frequencies.map((frequency) => {
    for (; reached < frequency; reached++) {
      front += Math.log(((r + reached) * (b + reached)) / (a + b + reached));
    }
    return front;
  });
}

/** ln(1 + e^x) for any x. */
function logOnePlusExp(x: number): number {
  return x > 36 ? x : Math.log1p(Math.exp(x));
}
