import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenAgreement } from '../customer/test-support.ts';
import { agreementValueOn, termsOn } from './terms-on.ts';
import { agreementsAfter, anyAgreementEvent, shuffled, TODAY } from './test-support.ts';

describe('agreements on a day of the past (S15, D11)', () => {
  it('are as their amendments by then made them, found out late or not', () => {
    const anyDay = fc.integer({ min: TODAY - 500, max: TODAY });
    const plain = anyAgreementEvent.filter(({ data }) => !('startDate' in data));
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 12 }), anyDay, (events, day) => {
        const known = agreementsAfter(events.filter((event) => event.day <= day));
        const later = agreementsAfter(events);
        for (const agreement of later) {
          const then = known.find(({ agreementId }) => agreementId === agreement.agreementId);
          expect(termsOn(agreement, day)).toEqual(then?.terms ?? null);
        }
        expect(agreementValueOn(later, day)).toEqual(agreementValueOn(known, day));
      }),
    );
  });

  it('count from their start or signature where the source learned of them later', () => {
    const told = givenAgreement('created', TODAY, {
      valueMinor: 700,
      signedDate: '2024-08-01',
      startDate: '2024-09-01',
    });
    const agreements = agreementsAfter([told]);
    const signed = Date.UTC(2024, 7, 1) / 86_400_000;
    expect(agreementValueOn(agreements, signed - 1)).toMatchObject({ contractedMinor: 0, agreements: 0 });
    expect(agreementValueOn(agreements, signed)).toEqual({
      contractedMinor: 700,
      activeMinor: 700,
      agreements: 1,
      activeAgreements: 1,
    });
  });

  it('do not depend on the order of arrival (N5)', () => {
    fc.assert(
      fc.property(shuffled(anyAgreementEvent), ([one, other]) => {
        const day = TODAY - 100;
        expect(agreementValueOn(agreementsAfter(other), day)).toEqual(
          agreementValueOn(agreementsAfter(one), day),
        );
      }),
    );
  });
});
