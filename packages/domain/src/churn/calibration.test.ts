import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aucOf,
  brierOf,
  calibrationBinsOf,
  calibrationOf,
  type Forecast,
  logLossOf,
  wilsonOf,
} from './calibration.ts';
import { leadTimeOf } from './lead-time.ts';

const told = (probabilityBasisPoints: number, ended: boolean): Forecast => ({
  probabilityBasisPoints,
  ended,
});
const times = (count: number, forecast: Forecast) => Array.from({ length: count }, () => forecast);
const anyForecast = fc.record({
  probabilityBasisPoints: fc.integer({ min: 1, max: 9_999 }),
  ended: fc.boolean(),
});

describe('the Brier score (N11)', () => {
  it('is the squared miss: 0.09 for a true 70 %, 0.49 for a true 30 %, 0.25 for an even chance', () => {
    expect(brierOf([told(7_000, true)])).toBe(900);
    expect(brierOf([told(3_000, true)])).toBe(4_900);
    expect(brierOf([told(5_000, false)])).toBe(2_500);
    expect(brierOf([told(7_000, true), told(3_000, true), told(2_000, false)])).toBe(2_067);
  });
});

describe('the log loss', () => {
  it('is minus the logarithm of what was given to what came', () => {
    expect(logLossOf([told(5_000, true)])).toBe(6_931);
    expect(logLossOf([told(9_000, true)])).toBe(1_054);
    expect(logLossOf([told(9_000, false)])).toBe(23_026);
    // (0.1054 + 0.2231 + 1.2040) / 3
    expect(logLossOf([told(9_000, true), told(2_000, false), told(3_000, true)])).toBe(5_108);
  });
});

describe('the area under the curve', () => {
  it('is the published one of 109 rated scans with many ties (Hanley, McNeil 1982)', () => {
    const normal = [33, 6, 6, 11, 2];
    const abnormal = [3, 2, 2, 11, 33];
    const scans = [1, 2, 3, 4, 5].flatMap((rating, at) => [
      ...times(normal[at] ?? 0, told(rating * 1_000, false)),
      ...times(abnormal[at] ?? 0, told(rating * 1_000, true)),
    ]);
    expect(aucOf(scans)).toBe(8_932);
  });

  it('is whole for perfect order, half for none, and unknown with one kind only', () => {
    expect(aucOf([told(1_000, false), told(2_000, true)])).toBe(10_000);
    expect(aucOf([told(2_000, false), told(1_000, true)])).toBe(0);
    expect(aucOf(times(3, told(4_000, true)).concat(times(2, told(4_000, false))))).toBe(5_000);
    expect(aucOf(times(3, told(4_000, true)))).toBeNull();
  });

  it('is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(fc.array(anyForecast, { maxLength: 40 }), (forecasts) => {
        let [pairs, right] = [0, 0];
        for (const one of forecasts.filter(({ ended }) => ended)) {
          for (const other of forecasts.filter(({ ended }) => !ended)) {
            pairs += 1;
            const ahead = one.probabilityBasisPoints - other.probabilityBasisPoints;
            right += ahead > 0 ? 1 : ahead === 0 ? 0.5 : 0;
          }
        }
        expect(aucOf(forecasts)).toBe(pairs === 0 ? null : Math.round((10_000 * right) / pairs));
      }),
    );
  });
});

describe('the bounds of a share', () => {
  it.each([
    // Newcombe 1998, table I, method 3
    { hits: 81, count: 263, low: 2_553, high: 3_662 },
    { hits: 15, count: 148, low: 624, high: 1_605 },
    { hits: 0, count: 20, low: 0, high: 1_611 },
    { hits: 1, count: 29, low: 61, high: 1_718 },
    { hits: 20, count: 20, low: 8_389, high: 10_000 },
  ])('$hits of $count lie between $low and $high', ({ hits, count, low, high }) => {
    expect(wilsonOf(hits, count)).toEqual({ low, high });
  });
});

describe('the calibration curve (N11)', () => {
  it('sets expected against observed by tenths of the forecasts', () => {
    const forecasts = Array.from({ length: 100 }, (_, index) => told((index + 1) * 90, index % 10 < 2));
    const bins = calibrationBinsOf(forecasts);
    expect(bins).toHaveLength(10);
    expect(bins[0]).toEqual({
      count: 10,
      endedCount: 2,
      expectedBasisPoints: 495,
      observedBasisPoints: 2_000,
      lowBasisPoints: 567,
      highBasisPoints: 5_098,
    });
    expect(bins[9]?.expectedBasisPoints).toBe(8_595);
  });

  it('keeps equal probabilities together, in the tenth where they begin', () => {
    const forecasts = [...times(15, told(2_000, false)), ...times(5, told(6_000, true))];
    expect(calibrationBinsOf(forecasts).map(({ count, endedCount }) => [count, endedCount])).toEqual([
      [15, 0],
      [5, 5],
    ]);
  });

  it('loses nobody, whatever the forecasts', () => {
    fc.assert(
      fc.property(fc.array(anyForecast, { maxLength: 60 }), (forecasts) => {
        const bins = calibrationBinsOf(forecasts);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(forecasts.length);
        for (const { observedBasisPoints, lowBasisPoints, highBasisPoints } of bins) {
          expect(lowBasisPoints).toBeLessThanOrEqual(observedBasisPoints);
          expect(highBasisPoints).toBeGreaterThanOrEqual(observedBasisPoints);
        }
      }),
    );
  });
});

describe('how good forecasts were', () => {
  it('is all of it at once, and nothing without any', () => {
    expect(calibrationOf([])).toBeNull();
    const forecasts = [told(9_000, true), told(2_000, false), told(3_000, true)];
    expect(calibrationOf(forecasts)).toMatchObject({
      count: 3,
      endedCount: 2,
      expectedBasisPoints: 4_667,
      observedBasisPoints: 6_667,
      brierBasisPoints: 1_800,
      logLossBasisPoints: 5_108,
      aucBasisPoints: 10_000,
    });
  });

  it('does not depend on the order in which they are given', () => {
    const reordered = fc
      .array(anyForecast, { minLength: 1, maxLength: 40 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(reordered, ([forecasts, shuffled]) => {
        expect(calibrationOf(shuffled)).toEqual(calibrationOf(forecasts));
      }),
    );
  });
});

describe('how early an end was seen coming (N11)', () => {
  it('is counted over those who ended, the warned ones with their days', () => {
    const ended = (endedDay: number, warnedDay: number | null) => ({ endedDay, warnedDay });
    const stayed = (warnedDay: number | null) => ({ endedDay: null, warnedDay });
    const warnedInTime = [ended(400, 100), ended(400, 310), ended(400, 390)];
    // Two too late or never, one false alarm: 3 of 5 found, 3 of 4 warnings right.
    expect(
      leadTimeOf([...warnedInTime, ended(400, null), ended(400, 400), stayed(150), stayed(null)]),
    ).toEqual({
      count: 7,
      endedCount: 5,
      warnedCount: 4,
      foundCount: 3,
      found90Count: 2,
      found180Count: 1,
      falseAlarmCount: 1,
      medianDays: 90,
      foundBasisPoints: 6_000,
      precisionBasisPoints: 7_500,
    });
    expect(leadTimeOf([ended(400, 200), ended(400, 300)])).toMatchObject({ medianDays: 100 });
    expect(leadTimeOf([])).toMatchObject({
      endedCount: 0,
      medianDays: null,
      foundBasisPoints: null,
      precisionBasisPoints: null,
    });
    expect(leadTimeOf([stayed(null)])).toMatchObject({ foundBasisPoints: null, precisionBasisPoints: null });
  });
});
