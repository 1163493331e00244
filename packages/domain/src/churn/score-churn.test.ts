import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHURN_FEATURES, CHURN_SIGNALS, extentOf, standardise } from './churn-features.ts';
import type { ChurnInput } from './churn-input.ts';
import { CHURN_DEFAULT, type ChurnModel } from './churn-model.ts';
import { type ChurnScore, riskBandOf, scoreChurn } from './score-churn.ts';
import { anyInput, anyRetention, BUYER, RANGE, TODAY, USUAL, WITH } from './test-support.ts';

const score = (input: ChurnInput): ChurnScore => scoreChurn(input, { today: TODAY });
const probabilityAt = (input: ChurnInput) => score(input).valueBasisPoints ?? Number.NaN;
const sumOf = ({ parts }: ChurnScore) =>
  parts.reduce((sum, { contributionBasisPoints }) => sum + contributionBasisPoints, 0);
const partOf = ({ parts }: ChurnScore, name: string) => parts.find(({ signal }) => signal === name);

/** Log-odds of the default model by plain floating-point arithmetic. */
function plainLogOdds(input: ChurnInput, nearness: number, retention: number): number {
  let logOdds = (1 - nearness) * Math.log(0.2 / 0.8) + nearness * Math.log((1 - retention) / retention);
  for (const { signal, coefficientBasisPoints } of CHURN_DEFAULT.terms) {
    const reading = CHURN_FEATURES[signal].read(input, TODAY);
    if (reading === null || 'missing' in reading) continue;
    const { curve, shape } = CHURN_FEATURES[signal];
    const above = curve.findIndex(([raw]) => raw > reading.raw);
    const [left, leftRisk] = curve[above === -1 ? curve.length - 1 : Math.max(0, above - 1)] ?? [0, 0];
    const [right, rightRisk] = curve[above === -1 ? curve.length - 1 : above] ?? [0, 0];
    const isBetween = shape === 'line' && right > left && reading.raw > left;
    const risk = isBetween
      ? leftRisk + ((rightRisk - leftRisk) * (reading.raw - left)) / (right - left)
      : leftRisk;
    logOdds += ((coefficientBasisPoints / 10_000) * risk * (signal === 'tenure' ? 1 - nearness : 1)) / 100;
  }
  return logOdds;
}

function plainNearness({ contract }: ChurnInput): number {
  const days = contract?.decisionDay == null ? Number.POSITIVE_INFINITY : contract.decisionDay - TODAY;
  return [180, 120, 90, 60, 30, 7].filter((checkpoint) => days <= checkpoint).length / 6;
}

describe('the churn probability (S29, D8)', () => {
  it('is the logistic of the base and what each reading adds', () => {
    fc.assert(
      fc.property(anyInput, anyRetention, (input, contractual) => {
        const { valueBasisPoints } = scoreChurn(input, { today: TODAY, contractual });
        if (valueBasisPoints === null) return;
        const retention = Math.min(
          0.9999,
          Math.max(0.0001, (contractual?.retentionBasisPoints ?? 0) / 10_000),
        );
        const nearness = contractual === null ? 0 : plainNearness(input);
        const own = 10_000 / (1 + Math.exp(-plainLogOdds(input, nearness, retention)));
        const isBound = (input.contract?.boundUntilDay ?? 0) >= TODAY + 365;
        const isTold = input.contract?.isTerminationTold === true;
        const plain = isBound ? own / 10 : isTold ? Math.max(9_500, own) : own;
        expect(Math.abs(valueBasisPoints - plain)).toBeLessThan(3);
      }),
      { numRuns: 500 },
    );
  });

  it('is in a band from 30 and from 60 % on, as the risk tiers have it (S42, S51)', () => {
    expect([1, 2_999, 3_000, 5_999, 6_000, 9_999].map(riskBandOf)).toEqual([
      'low',
      'low',
      'medium',
      'medium',
      'high',
      'high',
    ]);
  });

  it('never falls when a signal reads worse, whatever else is known and whatever the tenant’s renewals say', () => {
    const case_ = fc.constantFrom(...CHURN_SIGNALS).chain((signal) => {
      const [least, most] = RANGE[signal];
      const raw = fc.integer({ min: least, max: most });
      return fc.record({
        signal: fc.constant(signal),
        one: raw,
        other: raw,
        input: anyInput,
        contractual: anyRetention,
      });
    });
    fc.assert(
      fc.property(case_, ({ signal, one, other, input, contractual }) => {
        const feature = CHURN_FEATURES[signal];
        const [better = 0, worse = 0] = [one, other].sort(
          (a, b) => standardise(feature, a) - standardise(feature, b),
        );
        const at = (raw: number) =>
          scoreChurn(WITH[signal](input, raw), { today: TODAY, contractual }).valueBasisPoints ?? 0;
        expect(at(worse)).toBeGreaterThanOrEqual(at(better));
      }),
      { numRuns: 2_000 },
    );
  });

  it('rises visibly from the best reading to the worst, by every signal', () => {
    for (const { signal } of CHURN_DEFAULT.terms) {
      const usual = signal === 'purchase-rhythm' ? BUYER : USUAL;
      const values = RANGE[signal].map((raw) => probabilityAt(WITH[signal](usual, raw)));
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(500);
    }
  });
});

describe('the parts of a probability (N1)', () => {
  it('sum exactly to it, and each has the sign of what it adds', () => {
    fc.assert(
      fc.property(anyInput, anyRetention, (input, contractual) => {
        const scored = scoreChurn(input, { today: TODAY, contractual });
        expect(sumOf(scored)).toBe(scored.valueBasisPoints ?? 0);
        for (const { signal, logOddsBasisPoints, contributionBasisPoints } of scored.parts) {
          expect(Object.is(contributionBasisPoints, -0)).toBe(false);
          if (signal !== 'base')
            expect(contributionBasisPoints * logOddsBasisPoints).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('stay in proportion also where good and bad signs cancel out', () => {
    // +0.60 by use, -0.60 by satisfaction less 0.12 of its own: the rest is small
    const torn = WITH['usage-trend'](WITH.satisfaction(USUAL, 100), -100);
    const scored = score(torn);
    const contributionOf = (name: string) => partOf(scored, name)?.contributionBasisPoints ?? 0;
    expect(contributionOf('usage-trend')).toBeGreaterThan(800);
    expect(contributionOf('satisfaction')).toBeLessThan(-600);
    expect(contributionOf('satisfaction') / contributionOf('usage-trend')).toBeCloseTo(-0.8, 2);
  });

  it('name the base first, and what is missing with nothing', () => {
    const scored = score({ ...USUAL, usageTrendPercent: { missing: 'feed-stale' } });
    expect(scored.parts[0]).toEqual({
      signal: 'base',
      raw: 2_000,
      logOddsBasisPoints: -13_863,
      contributionBasisPoints: 2_000,
      text: 'a usual customer ends within a year with 20 %',
    });
    expect(partOf(scored, 'usage-trend')).toMatchObject({ raw: null, contributionBasisPoints: 0 });
  });
});

describe('what is missing (S76, N2)', () => {
  const blind: ChurnInput = {
    ...USUAL,
    usageTrendPercent: { missing: 'feed-stale' },
    lastActivityDay: { missing: 'feed-stale' },
    satisfaction: { missing: 'feed-absent' },
  };

  it('lowers the coverage by its weight', () => {
    // 73 of weight apply to a customer with agreements: 6 + 7 + 6 are missing
    expect(score(USUAL).coverageHundredths).toBe(10_000);
    expect(score(blind).coverageHundredths).toBe(Math.round((10_000 * 54) / 73));
    expect(score(blind).missing).toEqual([
      { signal: 'usage-trend', why: 'feed-stale' },
      { signal: 'last-activity', why: 'feed-stale' },
      { signal: 'satisfaction', why: 'feed-absent' },
    ]);
  });

  it('leaves no value below half of the weight', () => {
    const little: ChurnInput = {
      ...blind,
      health: { missing: 'no-data' },
      troubledTickets: { missing: 'no-data' },
    };
    const scored = score(little);
    expect(scored).toMatchObject({
      valueBasisPoints: null,
      band: 'not-scorable',
      lowBasisPoints: null,
      highBasisPoints: null,
      uncertain: false,
      coverageHundredths: Math.round((10_000 * 33) / 73),
    });
    expect(sumOf(scored)).toBe(0);
  });

  it('leaves one at exactly half of it', () => {
    const terms = CHURN_DEFAULT.terms.filter(({ signal }) =>
      ['usage-trend', 'satisfaction'].includes(signal),
    );
    const model: ChurnModel = { ...CHURN_DEFAULT, terms };
    expect(scoreChurn({ ...blind, usageTrendPercent: 0 }, { today: TODAY, model })).toMatchObject({
      coverageHundredths: 5_000,
      valueBasisPoints: 2_000,
    });
  });

  it('makes the value neither better than the best nor worse than the worst of it, which low and high are', () => {
    const atEnd = (input: ChurnInput, end: 'best' | 'worst'): ChurnInput =>
      score(input).missing.reduce((known, { signal, why }) => {
        if (why === 'feed-absent') return known;
        const feature = CHURN_FEATURES[signal as keyof typeof CHURN_FEATURES];
        const raw = RANGE[feature.signal].find(
          (each) => standardise(feature, each) === extentOf(feature)[end],
        );
        return WITH[feature.signal](known, raw ?? Number.NaN);
      }, input);
    fc.assert(
      fc.property(anyInput, anyRetention, (input, contractual) => {
        const context = { today: TODAY, contractual };
        const {
          valueBasisPoints: value,
          lowBasisPoints: low,
          highBasisPoints: high,
        } = scoreChurn(input, context);
        if (value === null || low === null || high === null) return;
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(scoreChurn(atEnd(input, 'best'), context).valueBasisPoints).toBe(low);
        expect(scoreChurn(atEnd(input, 'worst'), context).valueBasisPoints).toBe(high);
      }),
      { numRuns: 500 },
    );
  });

  it('makes the band uncertain where it may lie in another, unless the tenant never supplies it', () => {
    expect(score(blind)).toMatchObject({ band: 'low', uncertain: true });
    const absent: ChurnInput = {
      ...blind,
      usageTrendPercent: { missing: 'feed-absent' },
      lastActivityDay: { missing: 'feed-absent' },
    };
    const scored = score(absent);
    expect(scored.uncertain).toBe(false);
    expect([scored.lowBasisPoints, scored.highBasisPoints]).toEqual([
      scored.valueBasisPoints,
      scored.valueBasisPoints,
    ]);
  });

  it('lowers the confidence more where what is there is old or doubtful', () => {
    const doubtful: ChurnInput = {
      ...USUAL,
      health: { valueHundredths: 6_500, confidenceHundredths: 5_000 },
      satisfaction: { valueHundredths: 7_000, day: TODAY - 200 },
    };
    expect(score(doubtful)).toMatchObject({
      coverageHundredths: 10_000,
      confidenceHundredths: Math.round((10_000 * (73 - 7 - 3)) / 73),
    });
  });

  it('adds what the mean of the population adds', () => {
    const terms = CHURN_DEFAULT.terms.map((term) => ({ ...term, centreBasisPoints: 2_000 }));
    const model: ChurnModel = { ...CHURN_DEFAULT, id: 'churn-fitted', terms };
    const mean = WITH.health(blind, 57.5);
    const unknown: ChurnInput = { ...blind, health: { missing: 'no-data' } };
    const [known, missing] = [mean, unknown].map((input) => scoreChurn(input, { today: TODAY, model }));
    expect(partOf(known as ChurnScore, 'health')).toMatchObject({ raw: 57.5, contributionBasisPoints: 0 });
    expect(missing?.valueBasisPoints).toBe(known?.valueBasisPoints);
    expect(known?.model).toEqual({ id: 'churn-fitted', version: '1.0.0' });
  });
});
