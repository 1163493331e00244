/** Where a search for the least value of a function ended. */
export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  /** False when the steps ran out before the corners lay together: the point is then no answer. */
  readonly isConverged: boolean;
}

type Objective = (point: readonly number[]) => number;
interface Corner {
  readonly point: readonly number[];
  readonly value: number;
}

/** Lengths of the first edges of the two searches, the second from where the first ended. */
const EDGES = [0.5, 0.1] as const;
const MAX_STEPS = 2_000;
/** Corners lie together when neither their places nor their values differ by more than this ... */
const PLACE_TOLERANCE = 1e-5;
/** ... as a share of one plus the value. */
const VALUE_TOLERANCE = 1e-13;
/** Corners this near to one another lie together whatever their values: rounding moves those. */
const SAME_PLACE = 1e-9;

/**
 * Least value of a function of a few unknowns by the downhill simplex (Nelder and Mead 1965), begun anew where it
 * ended, which frees a simplex that has become flat. Without chance: the same function and start give the same
 * answer. Infinite values are walls, so that a range can be given to an unknown.
 */
export function minimise(objective: Objective, start: readonly number[]): Minimum {
  let best: Minimum = { point: start, value: objective(start), isConverged: false };
  for (const edge of EDGES) best = search(objective, best.point, edge);
  return best;
}

function search(objective: Objective, start: readonly number[], edge: number): Minimum {
  const cornerAt = (point: readonly number[]): Corner => ({ point, value: objective(point) });
  const moved = start.map((_, moving) => start.map((x, axis) => (axis === moving ? x + edge : x)));
  let corners = sorted([start, ...moved].map(cornerAt));
  for (let step = 0; step < MAX_STEPS; step++) {
    const best = corners[0] as Corner;
    if (liesTogether(corners)) return { ...best, isConverged: true };
    const worst = corners.at(-1) as Corner;
    const others = corners.slice(0, -1);
    const better = betterCorner({ best, worst, others }, cornerAt);
    const next =
      better === null
        ? [best, ...corners.slice(1).map(({ point }) => cornerAt(between(best.point, point, 0.5)))]
        : [...others, better];
    corners = sorted(next);
  }
  return { ...(corners[0] as Corner), isConverged: false };
}

interface Simplex {
  readonly best: Corner;
  readonly worst: Corner;
  readonly others: readonly Corner[];
}

/** What takes the place of the worst corner: its reflection, twice as far, or half; null when all are worse. */
function betterCorner(
  { best, worst, others }: Simplex,
  cornerAt: (point: readonly number[]) => Corner,
): Corner | null {
  const centre = worst.point.map(
    (_, axis) => others.reduce((sum, { point }) => sum + (point[axis] ?? 0), 0) / others.length,
  );
  const along = (factor: number): Corner => cornerAt(between(centre, worst.point, factor));
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  const second = others.at(-1) ?? best;
  if (reflected.value < second.value) return reflected;
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

/** The point that lies `factor` of the way from one point to another. */
function between(from: readonly number[], to: readonly number[], factor: number): readonly number[] {
  return from.map((x, axis) => x + factor * ((to[axis] ?? 0) - x));
}

/** Best first; sorting is stable, so that equal corners keep their order. */
function sorted(corners: readonly Corner[]): readonly Corner[] {
  return corners.toSorted((one, other) => (one.value < other.value ? -1 : one.value > other.value ? 1 : 0));
}

function liesTogether(corners: readonly Corner[]): boolean {
  const best = corners[0] as Corner;
  let size = 0;
  for (const { point } of corners) {
    for (const [axis, x] of point.entries()) size = Math.max(size, Math.abs(x - (best.point[axis] ?? 0)));
  }
  if (size < SAME_PLACE) return true;
  const spread = (corners.at(-1) as Corner).value - best.value;
  return size < PLACE_TOLERANCE && spread <= VALUE_TOLERANCE * (1 + Math.abs(best.value));
}
