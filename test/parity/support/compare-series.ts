/** Measures of how well one series of numbers tells another; both have one number a customer. */

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Pearson's correlation. */
export function correlation(ones: readonly number[], others: readonly number[]): number {
  const oneMean = sumOf(ones) / ones.length;
  const otherMean = sumOf(others) / others.length;
  let product = 0;
  let oneSquare = 0;
  let otherSquare = 0;
  ones.forEach((one, index) => {
    const left = one - oneMean;
    const right = (others[index] ?? 0) - otherMean;
    product += left * right;
    oneSquare += left * left;
    otherSquare += right * right;
  });
  return product / Math.sqrt(oneSquare * otherSquare);
}

export function meanAbsoluteError(predicted: readonly number[], actual: readonly number[]): number {
  return sumOf(predicted.map((value, index) => Math.abs(value - (actual[index] ?? 0)))) / predicted.length;
}

/** Share of the pairs, one that happened and one that did not, in which the first scored higher; ties count half. */
export function areaUnderCurve(scores: readonly number[], happened: readonly boolean[]): number {
  const hits = scores.filter((_, index) => happened[index]);
  const misses = scores.filter((_, index) => !happened[index]);
  let won = 0;
  for (const hit of hits) {
    for (const miss of misses) won += hit > miss ? 1 : hit === miss ? 0.5 : 0;
  }
  return won / (hits.length * misses.length);
}
