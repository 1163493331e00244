/** For tests only: numeric integration, which shares no code with what it tests. */

const STEP = 1 / 32;
const REACH = 5;

/**
 * Integral from 0 to 1 by the double exponential rule; ends where the integrand grows without bound do no harm. The
 * integrand is given x and 1 - x, both exact near their ends.
 */
export function integrateShare(integrand: (x: number, rest: number) => number): number {
  let sum = 0;
  for (let t = -REACH; t <= REACH; t += STEP) {
    const bend = Math.PI * Math.sinh(t);
    const x = 1 / (1 + Math.exp(-bend));
    const rest = 1 / (1 + Math.exp(bend));
    sum += integrand(x, rest) * x * rest * Math.PI * Math.cosh(t);
  }
  return sum * STEP;
}

/** Integral from 0 to infinity by the double exponential rule. */
export function integrateRate(integrand: (x: number) => number): number {
  let sum = 0;
  for (let t = -REACH; t <= REACH; t += STEP) {
    const x = Math.exp((Math.PI / 2) * Math.sinh(t));
    const value = integrand(x);
    if (value !== 0) sum += value * x * (Math.PI / 2) * Math.cosh(t);
  }
  return sum * STEP;
}

/** Mean of a function of a gamma distributed rate, integrated around the mean of that rate. */
export function meanOverRate(
  { shape, rate }: { readonly shape: number; readonly rate: number },
  value: (x: number) => number,
): number {
  const density = (u: number): number => Math.exp((shape - 1) * Math.log(u) - shape * (u - 1));
  const middle = shape / rate;
  const weighted = (u: number): number => {
    const weight = density(u);
    return weight === 0 ? 0 : weight * value(u * middle);
  };
  return integrateRate(weighted) / integrateRate(density);
}

/** Mean of a function of a beta distributed share. */
export function meanOverShare(
  { a, b }: { readonly a: number; readonly b: number },
  value: (x: number, rest: number) => number,
): number {
  const density = (x: number, rest: number): number =>
    Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(rest));
  return integrateShare((x, rest) => density(x, rest) * value(x, rest)) / integrateShare(density);
}

/** Gauss' hypergeometric function by its plain series, for |z| < 1. */
export function hypergeometric(
  { a, b, c }: { readonly a: number; readonly b: number; readonly c: number },
  z: number,
): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < 100_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return sum;
}

/** Numbers from 0 to 1 that look random: the same for the same seed (Lehmer, minimal standard). */
export function drawsFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
