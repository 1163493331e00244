import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { CHURN_DEFAULT, type ChurnReadings } from './churn-model.ts';
import { type JudgedObservation, keptReadings } from './churn-record.ts';
import { churnModelIn, judgeChurn } from './judge-churn.ts';

const TODAY = 20_000;

interface Group {
  readonly day: number;
  readonly readings: ChurnReadings;
  readonly told: number;
  readonly ended: number;
  readonly stayed: number;
  readonly warnedDay?: number;
}

function group({ day, readings, told, ended, stayed, warnedDay }: Group): JudgedObservation[] {
  return Array.from({ length: ended + stayed }, (_, index) => ({
    day,
    toldBasisPoints: told,
    readings: keptReadings({ 'active-agreements': 2, ...readings }),
    warned: [warnedDay ?? null, null, null],
    endedDay: index < ended ? day + 200 : null,
  }));
}

/** As in docs/scoring/churn.md: healthy customers rarely end (3 %), unhealthy ones mostly (60 %). */
const OLD = [
  ...group({ day: 19_000, readings: { health: 80 }, told: 1_104, ended: 10, stayed: 290 }),
  ...group({ day: 19_000, readings: { health: 35 }, told: 4_000, ended: 90, stayed: 60, warnedDay: 19_100 }),
];
const NEW = [
  ...group({ day: 19_400, readings: { health: 80 }, told: 1_104, ended: 4, stayed: 106 }),
  ...group({ day: 19_400, readings: { health: 35 }, told: 4_000, ended: 32, stayed: 18, warnedDay: 19_500 }),
];

describe('the churn model judged by a tenant’s own outcomes (S29, N11)', () => {
  const findings = judgeChurn([...OLD, ...NEW], TODAY, undefined);

  it('is replaced by one that has proved better, named by the day', () => {
    expect(findings).toMatchObject({
      judgedDay: TODAY,
      model: { id: 'churn-fitted', version: formatDay(TODAY) },
      trainedUntilDay: 19_000,
      fit: {
        kind: 'accepted',
        reason: null,
        train: { ended: 100, stayed: 350 },
        test: { ended: 36, stayed: 124 },
      },
    });
    const { current, candidate } = findings?.fit.backtest ?? {};
    expect(candidate?.brierBasisPoints).toBeLessThan(current?.brierBasisPoints ?? 0);
    expect(churnModelIn(findings)).toBe(findings?.model);
    expect(churnModelIn(undefined)).toBe(CHURN_DEFAULT);
  });

  it('is judged on what it was not fitted to, and all that was told on what came of it', () => {
    expect(findings?.inUse).toMatchObject({ count: 160, endedCount: 36 });
    expect(findings?.inUse?.brierBasisPoints).toBe(findings?.fit.backtest?.candidate.brierBasisPoints);
    // 136 of 610 ended; told were 410 x 11.04 % and 200 x 40 %
    expect(findings?.told).toMatchObject({
      count: 610,
      endedCount: 136,
      observedBasisPoints: 2_230,
      expectedBasisPoints: 2_054,
    });
    expect(findings?.told?.bins.map(({ expectedBasisPoints }) => expectedBasisPoints)).toEqual([
      1_104, 4_000,
    ]);
  });

  it('stays in use while no better one is found, with the reason', () => {
    const again = judgeChurn([...OLD, ...NEW], TODAY + 30, findings);
    expect(again).toMatchObject({ judgedDay: TODAY + 30, fit: { kind: 'refused', reason: 'not-better' } });
    expect(again?.model).toEqual(findings?.model);
    expect(again?.trainedUntilDay).toBe(19_000);
    const few = judgeChurn(NEW, TODAY + 60, again);
    expect(few?.fit).toMatchObject({ kind: 'refused', reason: 'too-few-outcomes', backtest: null });
    expect(few?.model).toEqual(findings?.model);
  });

  it('is the default one, with the counts, while outcomes are too few', () => {
    const few = judgeChurn(NEW, TODAY, undefined);
    expect(few).toMatchObject({ model: null, fit: { reason: 'too-few-outcomes' } });
    expect(few?.inUse).toMatchObject({ count: 160 });
    expect(judgeChurn([], TODAY, undefined)).toBeUndefined();
    expect(judgeChurn([], TODAY, findings)).toBe(findings);
  });

  it('says how early each warning came, of customers with agreements', () => {
    // 122 of 136 found 100 days before the end, 78 of 200 warnings false
    expect(findings?.leadTimes['at-risk']).toMatchObject({
      count: 610,
      endedCount: 136,
      foundCount: 122,
      found90Count: 122,
      falseAlarmCount: 78,
      medianDays: 100,
      foundBasisPoints: 8_971,
      precisionBasisPoints: 6_100,
    });
    expect(findings?.leadTimes['high-churn']).toMatchObject({ warnedCount: 0, precisionBasisPoints: null });
    const buyers = [...OLD, ...NEW].map((each) => ({ ...each, readings: keptReadings({ health: 50 }) }));
    expect(judgeChurn(buyers, TODAY, undefined)?.leadTimes['at-risk'].count).toBe(0);
  });

  it('comes to the same bytes in whatever order the customers are counted, and is small', () => {
    const bytes = JSON.stringify(findings);
    expect(JSON.stringify(judgeChurn([...NEW, ...OLD].toReversed(), TODAY, undefined))).toBe(bytes);
    expect(JSON.parse(bytes)).toEqual(findings);
    expect(bytes.length).toBeLessThan(6_000);
  });
});
