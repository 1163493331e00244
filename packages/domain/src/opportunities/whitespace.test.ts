import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingsOf } from '../agreements/agreement-status.ts';
import { givenAgreement } from '../customer/test-support.ts';
import { agreementsAfter, TODAY } from '../value/test-support.ts';
import { type Holding, holdingsOf, peerOfferingsOf, whitespaceOf } from './whitespace.ts';

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
  const own = [holding('SOW', 'hosting', 900)];
  const others = [
    [holding('SOW', 'hosting', 400), holding('service', 'training', 100)],
    [holding('SOW', 'hosting', 200)],
    [holding('service', 'training', 100)],
    [holding('service', 'training', 100), holding('service', 'advisory', 1_000)],
  ];

  it('is what the other customers hold and this one does not, first what would bring most', () => {
    expect(whitespaceOf(own, peerOfferingsOf([own, ...others]))).toEqual([
      {
        agreementType: 'service',
        serviceLine: 'advisory',
        peers: 4,
        holders: 1,
        meanValueMinor: 1_000,
        holdingBasisPoints: 2_500,
        expectedMinor: 250,
      },
      {
        agreementType: 'service',
        serviceLine: 'training',
        peers: 4,
        holders: 3,
        meanValueMinor: 100,
        holdingBasisPoints: 7_500,
        expectedMinor: 75,
      },
    ]);
  });

  it('is told as far as it is asked for', () => {
    const [first] = whitespaceOf(own, peerOfferingsOf([own, ...others]), 1);
    expect(first?.serviceLine).toBe('advisory');
    expect(whitespaceOf(own, peerOfferingsOf([own, ...others]), 1)).toHaveLength(1);
  });

  it('is not told of fewer than four peers', () => {
    expect(peerOfferingsOf([[holding('SOW', 'hosting')], [], [], []])).toEqual([]);
    expect(peerOfferingsOf([])).toEqual([]);
  });

  it('is nothing that everybody holds', () => {
    const all = Array.from({ length: 5 }, () => [holding('MSA', null)]);
    expect(peerOfferingsOf(all)).toEqual([]);
  });

  it('names everything that some peer holds and the customer lacks, by expected value (all peers looked at)', () => {
    const lines = fc.constantFrom('a', 'b', null);
    const types = fc.constantFrom('SOW', 'service');
    const any = fc.uniqueArray(
      fc.record({ agreementType: types, serviceLine: lines, valueMinor: fc.nat(1_000) }),
      { maxLength: 4, selector: ({ agreementType, serviceLine }) => `${agreementType}/${serviceLine}` },
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 4, maxLength: 8 }), any, (customers, mine) => {
        const items = whitespaceOf(mine, peerOfferingsOf([mine, ...customers]));
        const isLike = (a: Omit<Holding, 'valueMinor'>, b: Omit<Holding, 'valueMinor'>) =>
          a.agreementType === b.agreementType && a.serviceLine === b.serviceLine;
        for (const held of customers.flat()) {
          expect(items.some((item) => isLike(item, held))).toBe(!mine.some((one) => isLike(one, held)));
        }
        for (const item of items) {
          const values = customers.flat().filter((held) => isLike(held, item));
          const sum = values.reduce((total, { valueMinor }) => total + valueMinor, 0);
          expect([item.holders, item.peers]).toEqual([values.length, customers.length]);
          expect(Math.abs(item.expectedMinor - sum / customers.length)).toBeLessThanOrEqual(0.5);
        }
        const expected = items.map(({ expectedMinor }) => expectedMinor);
        expect(expected).toEqual(expected.toSorted((a, b) => b - a));
        expect(whitespaceOf(mine, peerOfferingsOf([...customers.toReversed(), mine]))).toEqual(items);
      }),
    );
  });
});
