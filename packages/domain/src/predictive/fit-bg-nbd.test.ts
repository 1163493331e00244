import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BgNbd, BuyingPattern } from './bg-nbd.ts';
import { bgNbdLogLikelihood, fitBgNbd } from './fit-bg-nbd.ts';
import { drawsFrom, meanOverRate, meanOverShare } from './test-support.ts';

const anyPattern: fc.Arbitrary<BuyingPattern> = fc
  .tuple(fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 5), fc.integer({ min: 10, max: 250 }), fc.nat(200))
  .map(([frequency, recency, silence]) => ({
    frequency,
    recencyDays: frequency === 0 ? 0 : recency,
    ageDays: (frequency === 0 ? 0 : recency) + silence,
  }));
/** Customers who buy slowly or fast and leave soon or late, over 26 to 40 weeks. */
const anyCustomers = fc.nat().map((seed) => {
  const draw = drawsFrom(seed);
  return Array.from({ length: 120 }, (): BuyingPattern => {
    const ratePerDay = [0.004, 0.02, 0.08][Math.floor(draw() * 3)] ?? 0;
    const leaving = draw() < 0.5 ? 0.05 : 0.4;
    const ageDays = 182 + Math.floor(draw() * 98);
    let frequency = 0;
    let recencyDays = 0;
    for (let day = 1; day <= ageDays; day++) {
      if (draw() > ratePerDay) continue;
      frequency += 1;
      recencyDays = day;
      if (draw() < leaving) break;
    }
    return { frequency, recencyDays, ageDays };
  });
});

/** Log likelihood by numeric integration over all rates and all chances to leave. */
function likelihood({ r, alpha, a, b }: BgNbd, customers: readonly BuyingPattern[]): number {
  const buys = (x: number, days: number) =>
    meanOverRate({ shape: r, rate: alpha }, (rate) => rate ** x * Math.exp((-rate * days) / 7));
  const fates = new Map<number, { readonly stays: number; readonly leaves: number }>();
  for (const { frequency: x } of customers) {
    if (fates.has(x)) continue;
    const stays = meanOverShare({ a, b }, (_, staying) => staying ** x);
    const leaves = meanOverShare({ a, b }, (leaving, staying) => leaving * staying ** (x - 1));
    fates.set(x, { stays, leaves: x === 0 ? 0 : leaves });
  }
  return customers.reduce((sum, { frequency: x, recencyDays, ageDays }) => {
    const { stays = 0, leaves = 0 } = fates.get(x) ?? {};
    const left = leaves === 0 ? 0 : leaves * buys(x, recencyDays);
    return sum + Math.log(stays * buys(x, ageDays) + left);
  }, 0);
}

describe('fitting purchases', () => {
  it('adds up what numeric integration finds for each customer', () => {
    const parameter = fc.double({ min: 0.4, max: 8, noNaN: true });
    const model = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter });
    fc.assert(
      fc.property(model, fc.array(anyPattern, { minLength: 1, maxLength: 3 }), (parameters, customers) => {
        expect(bgNbdLogLikelihood(parameters, customers)).toBeCloseTo(likelihood(parameters, customers), 6);
      }),
    );
  });

  it('finds parameters that no others near by are likelier than', () => {
    fc.assert(
      fc.property(anyCustomers, (customers) => {
        const result = fitBgNbd(customers);
        if (result.kind === 'refused') throw new Error(result.reason);
        const { r, alpha, a, b } = result.fit;
        // Beyond what the numeric integration can follow.
        if (Math.max(r, a, b) > 200 || Math.min(r, a, b) < 0.1) return;
        const found = { r, alpha, a, b };
        const best = likelihood(found, customers);
        for (const name of ['r', 'alpha', 'a', 'b'] as const) {
          for (const factor of [1.02, 1 / 1.02]) {
            const other = { ...found, [name]: found[name] * factor };
            expect(likelihood(other, customers)).toBeLessThan(best + 1e-5);
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  it('gives the same parameters, to the last digit, whatever order the customers come in', () => {
    const shuffled = anyCustomers.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(fitBgNbd(other)).toEqual(fitBgNbd(list));
      }),
      { numRuns: 10 },
    );
  });

  it('ends within its ranges where nobody ever leaves', () => {
    // Each buys every four weeks, up to the last week.
    const loyal = Array.from({ length: 120 }, (_, index) => {
      const frequency = 5 + (index % 4);
      return { frequency, recencyDays: frequency * 28, ageDays: frequency * 28 + (index % 7) };
    });
    const result = fitBgNbd(loyal);
    if (result.kind === 'refused') throw new Error(result.reason);
    const { r, alpha, a, b } = result.fit;
    expect(r / alpha).toBeCloseTo(1 / 4, 1);
    expect(a / (a + b)).toBeLessThan(0.01);
  });

  it('refuses too few customers, and too few who came back', () => {
    const once = { frequency: 0, recencyDays: 0, ageDays: 90 };
    const twice = { frequency: 1, recencyDays: 20, ageDays: 90 };
    const some = (count: number, pattern: BuyingPattern) => Array.from({ length: count }, () => pattern);
    expect(fitBgNbd(some(99, twice))).toEqual({ kind: 'refused', reason: 'too-few-customers' });
    expect(fitBgNbd([...some(29, twice), ...some(100, once)])).toEqual({
      kind: 'refused',
      reason: 'too-few-repeaters',
    });
    expect(fitBgNbd([])).toEqual({ kind: 'refused', reason: 'too-few-customers' });
  });
});
