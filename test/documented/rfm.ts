import type { Breakpoints } from '../../packages/domain/src/quantiles/breakpoints.ts';
import { breakpointsOf } from '../../packages/domain/src/quantiles/breakpoints-of.ts';
import { rankOf } from '../../packages/domain/src/quantiles/rank-of.ts';
import { rowOf } from '../../packages/domain/src/quantiles/test-support.ts';
import { decideRfmScore } from '../../packages/domain/src/rfm/decide-rfm-score.ts';
import type { RfmParts } from '../../packages/domain/src/rfm/rfm-parts.ts';
import { rfmBandOf, rfmOf } from '../../packages/domain/src/rfm/rfm-score.ts';
import { type Fifth, rfmSegmentOf } from '../../packages/domain/src/rfm/rfm-segment.ts';
import { winBackOf } from '../../packages/domain/src/rfm/win-back.ts';
import { parseDate } from '../../packages/events/src/time.ts';

const DAY = 19_844;
const FRESH = { status: 'fresh', lastDay: DAY } as const;

interface Buying {
  readonly lastPurchaseDay: number;
  readonly frequency365?: number;
  readonly monetary365Minor?: number;
  readonly transactions?: number;
  readonly paidMinor?: number;
}

interface Moment {
  readonly breakpoints: string;
  readonly lastPurchase: string;
  readonly frequency365: number;
  readonly monetary365Minor: number;
}

/** The worked examples of `docs/scoring/rfm.md`. */
export const examples = {
  fifths: (given: { readonly population: readonly number[]; readonly values: readonly number[] }) => {
    const rows = given.population.map((frequency365) => rowOf({ frequency365 }));
    const { frequency365: edges } = breakpointsOf(rows, DAY);
    const classes = given.values.map((value) => {
      const rank = rankOf(edges, value);
      return rank === null ? null : rank + 1;
    });
    return { ...edges, classes };
  },

  rfm: (given: {
    readonly customers: number;
    readonly daysSinceLastPurchase: number;
    readonly frequency365: number;
    readonly monetary365Minor: number;
  }) => {
    const { customers, daysSinceLastPurchase, ...known } = given;
    const parts = partsOf({ lastPurchaseDay: DAY - daysSinceLastPurchase, ...known });
    const { scores, lack } = rfmOf(parts, oneToMany(customers, DAY), FRESH);
    const none = { recency: null, frequency: null, monetary: null, compositeHundredths: null, segment: null };
    return { ...(scores ?? none), band: rfmBandOf(scores?.compositeHundredths ?? null), lack };
  },

  segment: (given: { readonly recency: Fifth; readonly frequency: Fifth; readonly monetary: Fifth }) => ({
    segment: rfmSegmentOf(given.recency, given.frequency, given.monetary),
  }),

  'rfm-change': (given: { readonly before: Moment; readonly after: Moment }) => {
    const standing = (moment: Moment) => {
      const { breakpoints, lastPurchase, ...known } = moment;
      const parts = partsOf({ lastPurchaseDay: dayOf(lastPurchase), ...known });
      return rfmOf(parts, oneToMany(100, dayOf(breakpoints)), FRESH);
    };
    const breakpoints = oneToMany(100, dayOf(given.after.breakpoints));
    return decideRfmScore(standing(given.before), standing(given.after), { breakpoints, currency: 'USD' });
  },

  'win-back': (given: {
    readonly customers: number;
    readonly daysSinceLastPurchase: number;
    readonly transactions: number;
    readonly paidMinor: number;
  }) => {
    const { customers, daysSinceLastPurchase, ...known } = given;
    const parts = partsOf({ lastPurchaseDay: DAY - daysSinceLastPurchase, ...known });
    return winBackOf(parts, oneToMany(customers, DAY), { held: false, isPaymentFeedStale: false });
  },
} satisfies { readonly [name: string]: (given: never) => unknown };

/** The first customer bought a day ago, on one day, for 1.00; the second two days ago, on two days, for 2.00 ... */
function oneToMany(customers: number, day: number): Breakpoints {
  const rows = Array.from({ length: customers }, (_, index) => {
    const n = index + 1;
    const buying = { frequency365: n, monetary365Minor: n * 100, transactions: n, paidMinor: n * 100 };
    return rowOf({ ...buying, lastPurchaseDay: day - n });
  });
  return breakpointsOf(rows, day);
}

function partsOf({ lastPurchaseDay, ...known }: Buying): RfmParts {
  return {
    transactions: 1,
    frequency: 0,
    firstPurchaseDay: lastPurchaseDay,
    lastPurchaseDay,
    frequency365: 0,
    monetary365Minor: 0,
    greatest365Minor: null,
    gini365BasisPoints: null,
    paidMinor: 0,
    ...known,
  };
}

function dayOf(date: string): number {
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`${date} is no date`);
  return day;
}
