import { logistic } from './logistic.ts';

/** Outcomes to be explained by readings, and what is believed of the coefficients beforehand. */
export interface RidgeProblem {
  /** One list of readings a row, all of the length of `prior`. */
  readonly rows: readonly (readonly number[])[];
  readonly outcomes: readonly boolean[];
  /** The coefficients that few rows end near, 0 or more each. */
  readonly prior: readonly number[];
  /** How strongly they are held: 1 / variance of a normal belief about each coefficient. */
  readonly precision: number;
}

/** Log-odds of an outcome = base + the sum of coefficient × reading. */
export interface RidgeFit {
  readonly base: number;
  readonly coefficients: readonly number[];
}

const MOST_STEPS = 50;
const MOST_HALVINGS = 30;
const MOST_SWEEPS = 500;
const LEAST_MOVE = 1e-12;

/**
 * Logistic regression that stays near a prior (ridge) and keeps every coefficient at 0 or more. It minimises
 *
 *   sum of ln(1 + e^x) - outcome × x over all rows  +  precision / 2 × sum of (coefficient - prior)²
 *
 * by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani, Friedman 2009, 4.4.1), each step the
 * least of the quadratic within the bounds (found coordinate by coordinate), halved until it lowers the sum. The sum is
 * convex, so there is one answer; it is the same for the same rows in the same order. The base is not held.
 */
export function fitRidgeLogistic(problem: RidgeProblem): RidgeFit {
  const happened = problem.outcomes.reduce((sum, outcome) => sum + Number(outcome), 0);
  const base = Math.log((happened + 0.5) / (problem.outcomes.length - happened + 0.5));
  let point = [base, ...problem.prior];
  let least = costAt(problem, point);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = nextPoint(problem, point, least);
    if (next === null) break;
    ({ point, cost: least } = next);
  }
  const [fitted = 0, ...coefficients] = point;
  return { base: fitted, coefficients };
}

/** Null: no step lowers the cost, so this is the least there is. */
function nextPoint(problem: RidgeProblem, point: readonly number[], least: number) {
  const direction = boundedStep(slopesAt(problem, point), point);
  let share = 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving += 1) {
    const candidate = point.map((value, index) => {
      const moved = value + share * (direction[index] ?? 0);
      return index === 0 ? moved : Math.max(0, moved);
    });
    const cost = costAt(problem, candidate);
    if (cost < least) return { point: candidate, cost };
    share /= 2;
  }
  return null;
}

function logOddsAt(point: readonly number[], row: readonly number[]): number {
  let logOdds = point[0] ?? 0;
  for (let index = 0; index < row.length; index += 1) logOdds += (point[index + 1] ?? 0) * (row[index] ?? 0);
  return logOdds;
}

function costAt({ rows, outcomes, prior, precision }: RidgeProblem, point: readonly number[]): number {
  let cost = 0;
  rows.forEach((row, index) => {
    const logOdds = logOddsAt(point, row);
    // ln(1 + e^x) without overflow
    cost += Math.max(0, logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds)));
    if (outcomes[index]) cost -= logOdds;
  });
  prior.forEach((believed, index) => {
    cost += (precision / 2) * ((point[index + 1] ?? 0) - believed) ** 2;
  });
  return cost;
}

interface Slopes {
  readonly gradient: number[];
  /** Second derivatives, all of the square. */
  readonly curvature: number[][];
}

function slopesAt({ rows, outcomes, prior, precision }: RidgeProblem, point: readonly number[]): Slopes {
  const size = point.length;
  const gradient = [0, ...prior.map((believed, index) => precision * ((point[index + 1] ?? 0) - believed))];
  const curvature = Array.from({ length: size }, (_, index) =>
    Array.from({ length: size }, (_, other) => (index === other && index > 0 ? precision : 0)),
  );
  rows.forEach((row, place) => {
    const probability = logistic(logOddsAt(point, row));
    const miss = probability - Number(outcomes[place] ?? false);
    const weight = probability * (1 - probability);
    for (let index = 0; index < size; index += 1) {
      const reading = index === 0 ? 1 : (row[index - 1] ?? 0);
      if (reading === 0) continue;
      gradient[index] = (gradient[index] ?? 0) + miss * reading;
      addTo(curvature[index] ?? [], row, weight * reading);
    }
  });
  return { gradient, curvature };
}

function addTo(line: number[], row: readonly number[], amount: number): void {
  line[0] = (line[0] ?? 0) + amount;
  for (let index = 0; index < row.length; index += 1)
    line[index + 1] = (line[index + 1] ?? 0) + amount * (row[index] ?? 0);
}

/** The step that is best by slope and curvature and leaves no coefficient below 0. */
function boundedStep({ gradient, curvature }: Slopes, point: readonly number[]): number[] {
  const step = gradient.map(() => 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let moved = 0;
    curvature.forEach((line, index) => {
      const here = step[index] ?? 0;
      const slope = line.reduce(
        (sum, value, other) => sum + value * (step[other] ?? 0),
        gradient[index] ?? 0,
      );
      const least = index === 0 ? Number.NEGATIVE_INFINITY : -(point[index] ?? 0);
      const there = Math.max(least, here - slope / (line[index] ?? 1));
      moved = Math.max(moved, Math.abs(there - here));
      step[index] = there;
    });
    if (moved < LEAST_MOVE) break;
  }
  return step;
}
