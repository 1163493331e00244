import fc from 'fast-check';
import { CHURN_SIGNALS, type ChurnSignal } from './churn-features.ts';
import type { ChurnContract, ChurnInput, Fact } from './churn-input.ts';
import type { ChurnReadings } from './churn-model.ts';

/** For tests only: customers by what a churn probability depends on. */

export const TODAY = 20_000;

/** One agreement that renews by itself, to be decided far ahead. */
export const AGREEMENT: ChurnContract = {
  activeCount: 1,
  decisionDay: TODAY + 300,
  renewsByItself: true,
  boundUntilDay: TODAY + 330,
  isTerminationTold: false,
};

/** A customer of whom everything is known, and nothing is out of the ordinary. */
export const USUAL: ChurnInput = {
  health: { valueHundredths: 6_500, confidenceHundredths: 10_000 },
  usageTrendPercent: 0,
  lastActivityDay: TODAY - 8,
  troubledTickets: 0,
  sponsorsLeft: 0,
  satisfaction: { valueHundredths: 7_000, day: TODAY - 10 },
  customerSinceDay: TODAY - 800,
  overduePayments: 0,
  contractionPercent: 0,
  contract: AGREEMENT,
  purchases: { missing: 'no-data' },
};

/** A customer without agreements who buys every thirty days. */
export const BUYER: ChurnInput = {
  ...USUAL,
  contract: null,
  purchases: { firstDay: TODAY - 330, lastDay: TODAY - 30, count: 11 },
};

const missing = fc
  .constantFrom('feed-absent', 'feed-stale', 'no-data')
  .map((why) => ({ missing: why }) as const);
const fact = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Fact<Value>> =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: missing });
const hundredths = fc.integer({ min: 0, max: 10_000 });
const ago = (most: number) => fc.integer({ min: 0, max: most }).map((days) => TODAY - days);

/** Any agreements that are not all over. */
export const anyContract: fc.Arbitrary<ChurnContract> = fc.record({
  activeCount: fc.integer({ min: 1, max: 12 }),
  decisionDay: fc.option(fc.integer({ min: TODAY, max: TODAY + 500 })),
  renewsByItself: fc.option(fc.boolean()),
  boundUntilDay: fc.option(fc.integer({ min: TODAY, max: TODAY + 800 })),
  isTerminationTold: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
});

/** Any customer who has not ended. */
export const anyInput: fc.Arbitrary<ChurnInput> = fc.record({
  health: fact(fc.record({ valueHundredths: hundredths, confidenceHundredths: hundredths })),
  usageTrendPercent: fact(fc.integer({ min: -1_000, max: 1_000 }).map((tenths) => tenths / 10)),
  lastActivityDay: fact(ago(100)),
  troubledTickets: fact(fc.integer({ min: 0, max: 8 })),
  sponsorsLeft: fact(fc.integer({ min: 0, max: 3 })),
  satisfaction: fact(fc.record({ valueHundredths: hundredths, day: ago(365) })),
  customerSinceDay: fact(ago(5_000)),
  overduePayments: fact(fc.integer({ min: 0, max: 6 })),
  contractionPercent: fact(fc.integer({ min: 0, max: 100 })),
  contract: fc.option(anyContract),
  purchases: fact(
    fc.record({
      span: fc.integer({ min: 20, max: 900 }),
      last: ago(900),
      count: fc.integer({ min: 1, max: 20 }),
    }),
  ).map((bought) =>
    'missing' in bought
      ? bought
      : {
          firstDay: bought.last - (bought.count === 1 ? 0 : bought.span),
          lastDay: bought.last,
          count: bought.count,
        },
  ),
});

/** What the tenant's renewals may say. */
export const anyRetention = fc.option(
  fc.integer({ min: 0, max: 10_000 }).map((retentionBasisPoints) => ({ retentionBasisPoints })),
);

/** Numbers 0 to below 1 that come in the same order every time (Park and Miller 1988). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The least and the greatest reading that tells one signal from another, in its own unit. */
export const RANGE: { readonly [S in ChurnSignal]: readonly [number, number] } = {
  health: [20, 95],
  'usage-trend': [-100, 50],
  'last-activity': [0, 60],
  'service-trouble': [0, 4],
  'sponsor-left': [0, 2],
  satisfaction: [0, 100],
  tenure: [0, 3_650],
  'overdue-payments': [0, 4],
  'renews-by-itself': [0, 1],
  'active-agreements': [1, 8],
  contraction: [0, 50],
  'purchase-rhythm': [0, 500],
};

/** Readings at random, each signal known with this chance. */
export function randomReadings(chance: () => number, known: number): ChurnReadings {
  return Object.fromEntries(
    CHURN_SIGNALS.flatMap((signal) => {
      const [least, most] = RANGE[signal];
      const reading = least + Math.floor(chance() * (most - least + 1));
      return chance() < known ? [[signal, reading]] : [];
    }),
  );
}

/** The customer with one signal reading this. */
export const WITH: { readonly [S in ChurnSignal]: (input: ChurnInput, raw: number) => ChurnInput } = {
  health: (input, raw) => ({
    ...input,
    health: { valueHundredths: Math.round(raw * 100), confidenceHundredths: 10_000 },
  }),
  'usage-trend': (input, usageTrendPercent) => ({ ...input, usageTrendPercent }),
  'last-activity': (input, raw) => ({ ...input, lastActivityDay: TODAY - raw }),
  'service-trouble': (input, troubledTickets) => ({ ...input, troubledTickets }),
  'sponsor-left': (input, sponsorsLeft) => ({ ...input, sponsorsLeft }),
  satisfaction: (input, raw) => ({
    ...input,
    satisfaction: { valueHundredths: Math.round(raw * 100), day: TODAY },
  }),
  tenure: (input, raw) => ({ ...input, customerSinceDay: TODAY - raw }),
  'overdue-payments': (input, overduePayments) => ({ ...input, overduePayments }),
  'renews-by-itself': (input, raw) => ({
    ...input,
    contract: { ...(input.contract ?? AGREEMENT), renewsByItself: raw === 1 },
  }),
  'active-agreements': (input, activeCount) => ({
    ...input,
    contract: { ...(input.contract ?? AGREEMENT), activeCount },
  }),
  contraction: (input, contractionPercent) => ({
    ...input,
    contract: input.contract ?? AGREEMENT,
    contractionPercent,
  }),
  'purchase-rhythm': (input, raw) => ({
    ...input,
    contract: null,
    purchases: { firstDay: TODAY - raw - 1_000, lastDay: TODAY - raw, count: 11 },
  }),
};
