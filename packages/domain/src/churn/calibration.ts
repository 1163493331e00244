import { ONE } from './logistic.ts';

/** A probability that was told, and what came of it. */
export interface Forecast {
  /** 1..9999 basis points. */
  readonly probabilityBasisPoints: number;
  readonly ended: boolean;
}

/** Forecasts of about equal probability, and how many of them came true; shares in basis points. */
export interface CalibrationBin {
  readonly count: number;
  readonly endedCount: number;
  /** Mean probability that was told. */
  readonly expectedBasisPoints: number;
  /** Share that ended ... */
  readonly observedBasisPoints: number;
  /** ... and within which bounds it is known, with 95 % (Wilson 1927). */
  readonly lowBasisPoints: number;
  readonly highBasisPoints: number;
}

/** How good forecasts were (N11). Whole basis points: of a share, of a squared error, of a natural logarithm. */
export interface Calibration {
  readonly count: number;
  readonly endedCount: number;
  readonly expectedBasisPoints: number;
  readonly observedBasisPoints: number;
  /** 0 is perfect, 2500 is what saying 50 % always gets. */
  readonly brierBasisPoints: number;
  /** 0 is perfect, 6931 is what saying 50 % always gets. */
  readonly logLossBasisPoints: number;
  /** 10000 is perfect order, 5000 is chance; null: all ended, or none. */
  readonly aucBasisPoints: number | null;
  readonly bins: readonly CalibrationBin[];
}

/** Groups of a calibration curve. */
const BINS = 10;
/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Everything that is published of how good forecasts were; null without any. The order of the forecasts is no matter.
 */
export function calibrationOf(forecasts: readonly Forecast[]): Calibration | null {
  if (forecasts.length === 0) return null;
  const endedCount = endedAmong(forecasts);
  return {
    count: forecasts.length,
    endedCount,
    expectedBasisPoints: meanProbability(forecasts),
    observedBasisPoints: Math.round((ONE * endedCount) / forecasts.length),
    brierBasisPoints: brierOf(forecasts),
    logLossBasisPoints: logLossOf(forecasts),
    aucBasisPoints: aucOf(forecasts),
    bins: calibrationBinsOf(forecasts),
  };
}

/** Mean squared difference between probability (0..1) and outcome (0 or 1), in basis points (Brier 1950). */
export function brierOf(forecasts: readonly Forecast[]): number {
  const sum = forecasts.reduce(
    (total, { probabilityBasisPoints, ended }) => total + (probabilityBasisPoints - (ended ? ONE : 0)) ** 2,
    0,
  );
  return Math.round(sum / (ONE * forecasts.length));
}

/** Mean of -ln(the probability of what came), in basis points of a nat (Good 1952). */
export function logLossOf(forecasts: readonly Forecast[]): number {
  // counted by probability, so that the order of the forecasts cannot show in the last digits
  const counts = new Map<number, number>();
  for (const { probabilityBasisPoints, ended } of forecasts) {
    const likelihood = ended ? probabilityBasisPoints : ONE - probabilityBasisPoints;
    counts.set(likelihood, (counts.get(likelihood) ?? 0) + 1);
  }
  const loss = [...counts]
    .sort(([a], [b]) => a - b)
    .reduce((sum, [likelihood, count]) => sum - count * Math.log(likelihood / ONE), 0);
  return Math.round((ONE * loss) / forecasts.length) + 0;
}

/**
 * Chance that one who ended had a greater probability than one who stayed, equal ones counting half, in basis points
 * (Mann, Whitney 1947; Hanley, McNeil 1982); null when there are none of one kind.
 */
export function aucOf(forecasts: readonly Forecast[]): number | null {
  const endedCount = endedAmong(forecasts);
  const pairs = endedCount * (forecasts.length - endedCount);
  if (pairs === 0) return null;
  let stayedBelow = 0;
  let halves = 0;
  for (const group of byProbability(forecasts)) {
    const ended = endedAmong(group);
    const stayed = group.length - ended;
    halves += ended * (2 * stayedBelow + stayed);
    stayedBelow += stayed;
  }
  return Math.round((ONE * halves) / (2 * pairs));
}

/**
 * The calibration curve: tenths of the forecasts by ascending probability, expected against observed. Equal
 * probabilities stay together, in the tenth in which the first of them falls; a tenth without any is left out.
 */
export function calibrationBinsOf(forecasts: readonly Forecast[]): CalibrationBin[] {
  const bins: Forecast[][] = Array.from({ length: BINS }, () => []);
  let placed = 0;
  for (const group of byProbability(forecasts)) {
    bins[Math.floor((BINS * placed) / forecasts.length)]?.push(...group);
    placed += group.length;
  }
  return bins.filter((bin) => bin.length > 0).map(toBin);
}

function toBin(bin: readonly Forecast[]): CalibrationBin {
  const endedCount = endedAmong(bin);
  const { low, high } = wilsonOf(endedCount, bin.length);
  return {
    count: bin.length,
    endedCount,
    expectedBasisPoints: meanProbability(bin),
    observedBasisPoints: Math.round((ONE * endedCount) / bin.length),
    lowBasisPoints: low,
    highBasisPoints: high,
  };
}

/** The 95 % score interval of a share, `hits` of `count` (1 or more), in basis points (Wilson 1927; Newcombe 1998). */
export function wilsonOf(hits: number, count: number): { readonly low: number; readonly high: number } {
  const share = hits / count;
  const square = (Z * Z) / count;
  const middle = share + square / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  const bound = (value: number) => Math.min(ONE, Math.max(0, Math.round((ONE * value) / (1 + square)))) + 0;
  return { low: bound(middle - reach), high: bound(middle + reach) };
}

function endedAmong(forecasts: readonly Forecast[]): number {
  return forecasts.reduce((sum, { ended }) => sum + Number(ended), 0);
}

function meanProbability(forecasts: readonly Forecast[]): number {
  const sum = forecasts.reduce((total, { probabilityBasisPoints }) => total + probabilityBasisPoints, 0);
  return Math.round(sum / forecasts.length);
}

/** The forecasts in groups of equal probability, ascending. */
function byProbability(forecasts: readonly Forecast[]): Forecast[][] {
  const groups = new Map<number, Forecast[]>();
  for (const forecast of forecasts) {
    const group = groups.get(forecast.probabilityBasisPoints);
    if (group === undefined) groups.set(forecast.probabilityBasisPoints, [forecast]);
    else group.push(forecast);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}
