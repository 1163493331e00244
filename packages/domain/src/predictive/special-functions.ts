/** Coefficients of Lanczos' approximation for g = 7 and nine terms (Godfrey 2001); good to about 15 digits. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;
const LANCZOS_G = 7;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Natural logarithm of the gamma function at a positive argument, to 13 digits (absolute near its zeros 1 and 2). */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const z = x - 1;
  let sum: number = LANCZOS[0];
  LANCZOS.forEach((coefficient, index) => {
    if (index > 0) sum += coefficient / (z + index);
  });
  const base = z + LANCZOS_G + 0.5;
  return HALF_LOG_TWO_PI + (z + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Natural logarithm of the beta function at positive arguments. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** A beta distribution with the logarithm of its normalising constant, which is worked out once. */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
  readonly logConstant: number;
}

/** Shape of the beta distribution with the positive parameters `a` and `b`. */
export function betaShape(a: number, b: number): BetaShape {
  return { a, b, logConstant: logBeta(a, b) };
}

/** Share of a beta distribution below `y` (0..1): the regularised incomplete beta function. */
export function betaBelow({ a, b, logConstant }: BetaShape, y: number): number {
  if (y <= 0) return 0;
  if (y >= 1) return 1;
  const front = Math.exp(a * Math.log(y) + b * Math.log1p(-y) - logConstant);
  // The continued fraction converges fast on the near side of the mean; the other side is its mirror image.
  if (y < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, y)) / a;
  return 1 - (front * betaFraction(b, a, 1 - y)) / b;
}

const FRACTION_STEPS = 2_000;
const FRACTION_PRECISION = 1e-13;
const TINY = 1e-300;

/** Continued fraction of the incomplete beta function (DLMF 8.17.22) by the method of Lentz. */
function betaFraction(a: number, b: number, y: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * y) / (a + 1));
  let result = d;
  for (let m = 1; m <= FRACTION_STEPS; m++) {
    const even = (m * (b - m) * y) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * y) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < FRACTION_PRECISION) break;
  }
  return result;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
