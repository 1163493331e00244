import { describe, expect, it } from 'vitest';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf } from '../quantiles/test-support.ts';
import { rfmBandOf, rfmOf } from './rfm-score.ts';
import { type Fifth, rfmSegmentOf } from './rfm-segment.ts';
import { hundredCustomers, partsWith } from './test-support.ts';
import { winBackOf } from './win-back.ts';

const DAY = 19_844;
const BREAKPOINTS = hundredCustomers(DAY);
const FRESH = { status: 'fresh', lastDay: DAY } as const;
const FIFTHS: readonly Fifth[] = [1, 2, 3, 4, 5];

describe('RFM scores (S27, D6)', () => {
  it('are fifths of recency, frequency and money, and their plain mean', () => {
    const parts = partsWith({ lastPurchaseDay: DAY - 20, frequency365: 61, monetary365Minor: 60_99 });
    expect(rfmOf(parts, BREAKPOINTS, FRESH)).toEqual({
      parts,
      scores: { recency: 5, frequency: 4, monetary: 3, compositeHundredths: 400, segment: 'champions' },
      lack: null,
      breakpointsDay: DAY,
      isPaymentFeedStale: false,
    });
  });

  it.each([
    [419, 'excellent'],
    [418, 'excellent'],
    [400, 'excellent'],
    [399, 'good'],
    [300, 'good'],
    [299, 'fair'],
    [200, 'fair'],
    [199, 'poor'],
    [183, 'poor'],
    [149, 'poor'],
    [null, 'not-scorable'],
  ])('of %s hundredths are %s', (composite, band) => {
    expect(rfmBandOf(composite)).toBe(band);
  });

  it('are not made without breakpoints, or where fewer than five customers ever bought (D14)', () => {
    const parts = partsWith({ lastPurchaseDay: DAY });
    expect(rfmOf(parts, null, FRESH)).toMatchObject({ scores: null, lack: 'no-breakpoints' });
    const empty = breakpointsOf([], DAY);
    expect(rfmOf(parts, empty, FRESH)).toMatchObject({ scores: null, lack: 'few-customers' });
  });

  it('take recency as of the day of the breakpoints: later purchases are the best, waiting changes nothing', () => {
    const bought = (day: number) =>
      rfmOf(partsWith({ lastPurchaseDay: day }), BREAKPOINTS, FRESH).scores?.recency;
    expect([DAY + 9, DAY - 20, DAY - 21, DAY - 80, DAY - 81, DAY - 900].map(bought)).toEqual([
      5, 5, 4, 2, 1, 1,
    ]);
  });

  it('give the lowest fifth to nothing in the window, also where most have nothing', () => {
    const rows = [0, 0, 0, 0, 0, 0, 0, 3].map((n) =>
      rowOf({ lastPurchaseDay: DAY - 500, frequency365: n, monetary365Minor: n }),
    );
    const parts = partsWith({ lastPurchaseDay: DAY - 500, frequency365: 0, monetary365Minor: 0 });
    const { scores } = rfmOf(parts, breakpointsOf(rows, DAY), FRESH);
    expect(scores).toMatchObject({ frequency: 1, monetary: 1 });
  });
});

describe('named segments (S87, D6)', () => {
  const LETTERS = {
    C: 'champions',
    L: 'loyal',
    P: 'potential-loyalist',
    N: 'new',
    p: 'promising',
    A: 'need-attention',
    S: 'about-to-sleep',
    R: 'at-risk',
    '!': 'cant-lose',
    H: 'hibernating',
    x: 'lost',
  } as const;
  /** Recency 5 first; from left to right the mean of frequency and monetary score, 1 to 5. */
  const GRID = ['NPPCC', 'pPPLL', 'SSALL', 'HHRR!', 'xHRR!'];

  it('cover every cell of the grid, each once', () => {
    const seen = new Set<string>();
    for (const recency of FIFTHS) {
      for (const frequency of FIFTHS) {
        for (const monetary of FIFTHS) {
          const mean = (frequency + monetary) / 2;
          const column = mean % 1 === 0 ? mean : mean + 0.5;
          const letter = GRID[5 - recency]?.charAt(column - 1) as keyof typeof LETTERS;
          expect(rfmSegmentOf(recency, frequency, monetary)).toBe(LETTERS[letter]);
          seen.add(LETTERS[letter]);
        }
      }
    }
    expect([...seen].sort()).toEqual(Object.values(LETTERS).sort());
  });
});

describe('win-back (S86)', () => {
  const gone = { lastPurchaseDay: DAY - 70, transactions: 61, paidMinor: 61_00, frequency365: 0 };
  const fresh = { held: false, isPaymentFeedStale: false };

  it('is for those who bought often and much once, and not for long', () => {
    expect(winBackOf(partsWith(gone), BREAKPOINTS, fresh)).toEqual({
      isCandidate: true,
      recency: 2,
      pastFrequency: 4,
      pastMonetary: 4,
    });
    const others = [
      { ...gone, lastPurchaseDay: DAY - 60 },
      { ...gone, transactions: 60 },
      { ...gone, paidMinor: 60_99 },
    ];
    for (const other of others)
      expect(winBackOf(partsWith(other), BREAKPOINTS, fresh).isCandidate).toBe(false);
  });

  it('stays one score longer, so that new breakpoints on an edge make no flicker', () => {
    const held = { ...fresh, held: true };
    const was = (changed: object) =>
      winBackOf(partsWith({ ...gone, ...changed }), BREAKPOINTS, held).isCandidate;
    expect(was({ lastPurchaseDay: DAY - 60, transactions: 41, paidMinor: 41_00 })).toBe(true);
    expect(was({ lastPurchaseDay: DAY - 40 })).toBe(false);
    expect(was({ transactions: 40 })).toBe(false);
    expect(was({ lastPurchaseDay: DAY })).toBe(false);
  });

  it('neither begins nor ends while payments are silent, or while it cannot be told', () => {
    const silent = { isPaymentFeedStale: true };
    for (const held of [true, false]) {
      expect(winBackOf(partsWith(gone), BREAKPOINTS, { held, ...silent }).isCandidate).toBe(held);
      const back = partsWith({ lastPurchaseDay: DAY });
      expect(winBackOf(back, BREAKPOINTS, { held, ...silent }).isCandidate).toBe(held);
      expect(winBackOf(partsWith(gone), null, { held, isPaymentFeedStale: false }).isCandidate).toBe(held);
    }
  });
});
