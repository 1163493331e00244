import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementList } from '../agreements/agreement-state.ts';
import { standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { complexityOf, decideComplexity } from './decide-complexity.ts';

const TODAY = day('2024-06-01');

function complexityWith(...facts: readonly AgreementFacts[]) {
  let list: AgreementList = [];
  for (const [index, fact] of facts.entries()) {
    const event = givenAgreement('created', '2024-01-01', { agreementId: `A${index}`, ...fact });
    const evolved = evolveAgreements(list, event);
    if (evolved.kind === 'ok') list = evolved.result;
  }
  return complexityOf(standingsOf(list, TODAY));
}

describe('relationship complexity (S3, D1)', () => {
  it('is 40 x types + 30 x renewal-date spread + 30 x payment-term spread', () => {
    const complexity = complexityWith(
      { agreementType: 'MSA', endDate: '2025-01-31', paymentTerms: 'net 30' },
      { agreementType: 'SOW', endDate: '2025-06-30', paymentTerms: 'net 30' },
      { agreementType: 'SOW', endDate: '2025-06-30', paymentTerms: 'net 60' },
      { agreementType: 'service', endDate: '2026-06-30', paymentTerms: 'net 30' },
    );
    // types (3-1)/(4-1), dates (3-1)/(4-1), terms (2-1)/(4-1)
    expect(complexity).toMatchObject({
      types: 2_667,
      renewalDates: 2_000,
      paymentTerms: 1_000,
      value: 5_667,
    });
    expect(complexity.band).toBe('medium');
  });

  it('is 0 for a single agreement and 100 for as much variety as there can be', () => {
    expect(complexityWith({ agreementType: 'MSA' })).toMatchObject({ value: 0, band: 'low' });
    const types = ['MSA', 'SOW', 'service', 'other'] as const;
    const all = types.map((agreementType, index) => ({
      agreementType,
      endDate: `202${5 + index}-01-01`,
      paymentTerms: `net ${index}`,
    }));
    expect(complexityWith(...all)).toMatchObject({ value: 10_000, band: 'high' });
  });

  it('looks at active agreements only, and is not scored without any', () => {
    const ended = { agreementType: 'SOW', endDate: '2024-01-31' } as const;
    expect(complexityWith({ agreementType: 'MSA' }, ended)).toMatchObject({ value: 0, activeAgreements: 1 });
    expect(complexityWith(ended)).toMatchObject({ value: null, band: 'no-agreements' });
    expect(decideComplexity(null, complexityWith(ended))).toBeNull();
  });

  it('tells a customer whose last agreement ended as not scored', () => {
    const change = decideComplexity(complexityWith({}), complexityWith());
    expect(change).toMatchObject({
      value: null,
      previous: 0,
      delta: null,
      band: 'no-agreements',
      reasons: [],
    });
  });

  it('has parts that sum exactly to the value and reasons that sum exactly to the delta (N1)', () => {
    const fact: fc.Arbitrary<AgreementFacts> = fc.record(
      {
        agreementType: fc.constantFrom('MSA', 'SOW', 'service', 'other'),
        endDate: fc.constantFrom('2025-01-01', '2025-02-01', '2025-03-01', '2024-01-02'),
        paymentTerms: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      },
      { requiredKeys: [] },
    );
    const facts = fc.array(fact, { maxLength: 9 });
    fc.assert(
      fc.property(facts, facts, (first, second) => {
        const [before, after] = [complexityWith(...first), complexityWith(...second)];
        if (after.value !== null)
          expect(after.types + after.renewalDates + after.paymentTerms).toBe(after.value);
        const change = decideComplexity(before, after);
        const sum = change?.reasons.reduce((total, { contribution }) => total + contribution, 0);
        if (change?.value != null) expect(sum).toBe(change.delta ?? change.value);
      }),
    );
  });
});
