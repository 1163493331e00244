import { describe, expect, it } from 'vitest';
import type { ChurnInput } from './churn-input.ts';
import { CHURN_DEFAULT } from './churn-model.ts';
import { type ChurnScore, scoreChurn } from './score-churn.ts';
import { AGREEMENT, TODAY, USUAL } from './test-support.ts';

const score = (input: ChurnInput, retention: number | null = null): ChurnScore =>
  scoreChurn(input, {
    today: TODAY,
    contractual: retention === null ? null : { retentionBasisPoints: retention },
  });
const probabilityAt = (input: ChurnInput, retention: number | null = null) =>
  score(input, retention).valueBasisPoints ?? Number.NaN;
const partOf = ({ parts }: ChurnScore, name: string) => parts.find(({ signal }) => signal === name);

describe('what the agreements make of it', () => {
  const deciding = (days: number): ChurnInput => ({
    ...USUAL,
    contract: { ...AGREEMENT, decisionDay: TODAY + days },
  });

  it('is nothing new beyond 180 days before a decision, and the tenant’s own retention at it (N10, N18)', () => {
    const plain = probabilityAt(USUAL);
    expect(probabilityAt(deciding(181), 9_500)).toBe(plain);
    const nearing = [180, 120, 90, 60, 30, 7, 0].map((days) => probabilityAt(deciding(days), 9_500));
    expect(nearing).toEqual(nearing.toSorted((a, b) => b - a));
    expect(new Set(nearing).size).toBe(6);
    const rising = [180, 120, 90, 60, 30, 7].map((days) => probabilityAt(deciding(days), 4_000));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(rising[0]).toBeGreaterThan(plain);
  });

  it('is that retention alone for a customer who is usual in everything', () => {
    const zero = CHURN_DEFAULT.terms.map((term) => ({ ...term, coefficientBasisPoints: 1 }));
    const context = { today: TODAY, model: { ...CHURN_DEFAULT, terms: zero } };
    const contractual = { retentionBasisPoints: 8_500 };
    expect(scoreChurn(deciding(7), { ...context, contractual }).valueBasisPoints).toBe(1_500);
    expect(scoreChurn(deciding(7), { ...context, contractual: null }).valueBasisPoints).toBe(2_000);
  });

  it('counts the tenure no more, which that retention knows of already', () => {
    const young = { ...deciding(7), customerSinceDay: TODAY - 10 };
    const old = { ...deciding(7), customerSinceDay: TODAY - 4_000 };
    expect(probabilityAt(young, 8_500)).toBe(probabilityAt(old, 8_500));
    expect(probabilityAt(young)).toBeGreaterThan(probabilityAt(old));
    expect(partOf(score(young, 8_500), 'contractual-retention')).toMatchObject({ raw: 8_500 });
  });

  it('is a tenth where nothing ends within the year', () => {
    const until = (days: number): ChurnInput => ({
      ...USUAL,
      contract: { ...AGREEMENT, boundUntilDay: TODAY + days },
    });
    const free = probabilityAt(until(364));
    expect(free).toBe(probabilityAt(USUAL));
    const bound = score(until(365));
    expect(bound.valueBasisPoints).toBe(Math.round(free / 10));
    expect(partOf(bound, 'bound-by-agreement')).toMatchObject({
      raw: TODAY + 365,
      contributionBasisPoints: Math.round(free / 10) - free,
      text: 'bound by agreement until 2025-10-04',
    });
  });

  it('is all but certain once a termination is told for each, unless that lies beyond the year', () => {
    const told: ChurnInput = { ...USUAL, contract: { ...AGREEMENT, isTerminationTold: true } };
    expect(score(told)).toMatchObject({ valueBasisPoints: 9_500, band: 'high' });
    expect(partOf(score(told), 'termination-told')?.text).toBe(
      'a termination has been told for every active agreement',
    );
    const later = {
      ...told,
      contract: { ...AGREEMENT, isTerminationTold: true, boundUntilDay: TODAY + 400 },
    };
    expect(probabilityAt(later)).toBeLessThan(1_000);
  });

  it('is no probability at all once the last agreement is over', () => {
    const over: ChurnInput = { ...USUAL, contract: { ...AGREEMENT, activeCount: 0 } };
    expect(score(over)).toMatchObject({ valueBasisPoints: null, band: 'ended', missing: [], parts: [] });
  });
});
