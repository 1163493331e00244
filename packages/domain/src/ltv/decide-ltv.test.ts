import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementEvent, AgreementList } from '../agreements/agreement-state.ts';
import { standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { initialPayments, type PaymentsState } from '../rfm/payments-state.ts';
import { decideLtv, type LtvSide, type LtvTotals, ltvTotalsOf, ltvValueOf } from './decide-ltv.ts';

const NOTHING: LtvSide<null> = { totals: null, agreements: [] };
const TODAY = day('2024-06-01');

function sideOf(
  agreements: AgreementList,
  paid: Partial<PaymentsState> = {},
  today = TODAY,
): LtvSide<LtvTotals> {
  const payments = { ...initialPayments(), ...paid };
  return { totals: ltvTotalsOf(standingsOf(agreements, today), payments), agreements };
}

function withEvent(agreements: AgreementList, event: AgreementEvent): AgreementList {
  const evolved = evolveAgreements(agreements, event);
  return evolved.kind === 'ok' ? evolved.result : agreements;
}

const decided = (before: LtvSide<LtvTotals | null>, after: LtvSide<LtvTotals>) =>
  decideLtv({ before, after, currency: 'USD' });

describe('lifetime value (S1, S2, D23)', () => {
  const sow = withEvent(
    [],
    givenAgreement('created', '2024-01-01', { valueMinor: 500_00, agreementType: 'SOW' }),
  );

  it('tells the first value with the reasons that make it up', () => {
    const change = decided(NOTHING, sideOf(sow, { paidMinor: 30_00, otherPaidMinor: 20_00 }));
    expect(change).toMatchObject({
      unit: 'minor',
      currency: 'USD',
      value: 520_00,
      previous: null,
      delta: null,
    });
    expect(change?.parts).toEqual({
      contractedMinor: 500_00,
      activeMinor: 500_00,
      paidMinor: 30_00,
      otherPaidMinor: 20_00,
      agreements: 1,
      activeAgreements: 1,
    });
    expect(change?.reasons).toEqual([
      {
        signal: 'agreement:A',
        contribution: 500_00,
        before: null,
        after: 500_00,
        text: 'SOW A adds 500.00 USD',
      },
      expect.objectContaining({ signal: 'payments', contribution: 20_00 }),
    ]);
  });

  it('names only the agreement that moved, with what it was worth before', () => {
    const two = withEvent(
      sow,
      givenAgreement('created', '2024-01-01', { agreementId: 'B', valueMinor: 1_00 }),
    );
    const less = withEvent(two, givenAgreement('amended', '2024-02-01', { deltaMinor: -50_00 }));
    expect(decided(sideOf(two), sideOf(less))).toMatchObject({
      previous: 501_00,
      delta: -50_00,
      reasons: [
        {
          signal: 'agreement:A',
          contribution: -50_00,
          before: 500_00,
          after: 450_00,
          text: 'SOW A is worth 450.00 USD, 50.00 USD less than before',
        },
      ],
    });
  });

  it('counts ended agreements as contracted, not as active; an end date that passes moves only the parts', () => {
    const ending = withEvent(
      [],
      givenAgreement('created', '2024-01-01', { valueMinor: 9_00, endDate: '2024-06-01' }),
    );
    const change = decided(sideOf(ending), sideOf(ending, {}, TODAY + 1));
    expect(change).toMatchObject({
      value: 9_00,
      delta: 0,
      reasons: [],
      parts: { activeMinor: 0, agreements: 1 },
    });
  });

  it('leaves void agreements out altogether', () => {
    const start = givenAgreement('created', '2024-01-01', { valueMinor: 9_00, startDate: '2024-09-01' });
    const signed = withEvent([], start);
    const void_ = withEvent(signed, givenAgreement('terminated', '2024-05-01'));
    expect(decided(sideOf(signed), sideOf(void_))).toMatchObject({
      value: 0,
      delta: -9_00,
      parts: { agreements: 0 },
    });
  });

  it('publishes nothing when nothing differs', () => {
    expect(decided(sideOf(sow), sideOf(sow))).toBeNull();
  });

  it('always has reasons that sum exactly to the delta, or to the first value (N1)', () => {
    const facts: fc.Arbitrary<AgreementFacts> = fc.record(
      {
        agreementId: fc.constantFrom('A', 'B', 'C'),
        valueMinor: fc.integer({ min: 0, max: 1_000_000 }),
        deltaMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        startDate: fc.constantFrom('2024-01-01', '2024-08-01'),
        endDate: fc.constantFrom('2024-12-31', '2024-05-31'),
      },
      { requiredKeys: ['agreementId'] },
    );
    const kind = fc.constantFrom('created', 'amended', 'renewed', 'terminated', 'expired');
    const step = fc.record({ kind, facts, otherPaidMinor: fc.nat(10_000) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), (steps) => {
        let before: LtvSide<LtvTotals | null> = NOTHING;
        let otherPaidMinor = 0;
        for (const told of steps) {
          otherPaidMinor += told.otherPaidMinor;
          const agreements = withEvent(
            before.agreements,
            givenAgreement(told.kind, '2024-03-01', told.facts),
          );
          const after = sideOf(agreements, { paidMinor: otherPaidMinor, otherPaidMinor });
          const change = decided(before, after);
          const sum = change?.reasons.reduce((total, { contribution }) => total + contribution, 0) ?? 0;
          const previous = before.totals === null ? 0 : ltvValueOf(before.totals);
          expect(sum).toBe(ltvValueOf(after.totals) - previous);
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  });
});
