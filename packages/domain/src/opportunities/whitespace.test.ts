import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingsOf } from '../agreements/agreement-status.ts';
import { givenAgreement } from '../customer/test-support.ts';
import { agreementsAfter, TODAY } from '../value/test-support.ts';
import { type Holding, holdingsOf, peerHoldingsOf, whitespaceOf } from './whitespace.ts';

const holding = (
  agreementType: Holding['agreementType'],
  serviceLine: string | null,
  valueMinor = 100,
): Holding => ({
  agreementType,
  serviceLine,
  valueMinor,
});

describe('what a customer holds', () => {
  it('is each type and service line of its active agreements once', () => {
    const events = [
      { agreementId: 'A', agreementType: 'SOW', serviceLine: 'hosting', valueMinor: 5 },
      { agreementId: 'B', agreementType: 'SOW', serviceLine: 'hosting', valueMinor: 7 },
      { agreementId: 'C', agreementType: 'MSA' },
      { agreementId: 'D', agreementType: 'service', endDate: '2000-01-01' },
      { agreementId: 'E', valueMinor: 9 },
    ] as const;
    const list = agreementsAfter(events.map((facts) => givenAgreement('created', TODAY - 9, facts)));
    expect(holdingsOf(standingsOf(list, TODAY))).toEqual([
      holding('MSA', null, 0),
      holding('SOW', 'hosting', 12),
    ]);
  });
});

describe('whitespace (S8)', () => {
  const peers = peerHoldingsOf([
    [holding('SOW', 'hosting', 400), holding('service', 'training', 100)],
    [holding('SOW', 'hosting', 200)],
    [holding('service', 'training', 100)],
    [holding('service', 'training', 100), holding('service', 'advisory', 1_000)],
  ]);

  it('is what peers hold and the customer does not, first what would bring most', () => {
    const items = whitespaceOf([holding('SOW', 'hosting')], peers);
    expect(items).toMatchObject([
      { serviceLine: 'advisory', holders: 1, peers: 4, holdingBasisPoints: 2_500, expectedMinor: 250 },
      {
        serviceLine: 'training',
        holders: 3,
        holdingBasisPoints: 7_500,
        meanValueMinor: 100,
        expectedMinor: 75,
      },
    ]);
  });

  it('is not told of fewer than four peers', () => {
    expect(whitespaceOf([], peerHoldingsOf([[holding('SOW', 'hosting')], [], []]))).toEqual([]);
  });

  it('names everything that some peer holds and the customer lacks, ordered by expected value (all peers looked at)', () => {
    const lines = fc.constantFrom('a', 'b', null);
    const types = fc.constantFrom('SOW', 'service');
    const any = fc.uniqueArray(
      fc.record({ agreementType: types, serviceLine: lines, valueMinor: fc.nat(1_000) }),
      { maxLength: 4, selector: ({ agreementType, serviceLine }) => `${agreementType}/${serviceLine}` },
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 4, maxLength: 8 }), any, (customers, own) => {
        const items = whitespaceOf(own, peerHoldingsOf(customers));
        const isLike = (a: Omit<Holding, 'valueMinor'>, b: Omit<Holding, 'valueMinor'>) =>
          a.agreementType === b.agreementType && a.serviceLine === b.serviceLine;
        for (const held of customers.flat()) {
          expect(items.some((item) => isLike(item, held))).toBe(!own.some((one) => isLike(one, held)));
        }
        for (const item of items) {
          const values = customers.flat().filter((held) => isLike(held, item));
          const sum = values.reduce((total, { valueMinor }) => total + valueMinor, 0);
          expect(item.holders).toBe(values.length);
          expect(Math.abs(item.expectedMinor - sum / customers.length)).toBeLessThanOrEqual(1);
        }
        const expected = items.map(({ expectedMinor }) => expectedMinor);
        expect(expected).toEqual(expected.toSorted((a, b) => b - a));
        expect(whitespaceOf(own, peerHoldingsOf(customers.toReversed()))).toEqual(items);
      }),
    );
  });
});
