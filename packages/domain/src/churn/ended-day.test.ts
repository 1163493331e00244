import { describe, expect, it } from 'vitest';
import type { AgreementEvent } from '../agreements/agreement-state.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { given, givenAgreement } from '../customer/test-support.ts';
import { evolvePayments } from '../rfm/evolve-payments.ts';
import { initialPayments } from '../rfm/payments-state.ts';
import { keptReadings } from './churn-record.ts';
import { endedDayOf } from './ended-day.ts';

/** 2024-01-01; the 365 days after it end with 2024-12-31. */
const OBSERVED = 19_723;
const observed = (activeCount?: number) => ({
  day: OBSERVED,
  toldBasisPoints: 2_000,
  readings: keptReadings(activeCount === undefined ? {} : { 'active-agreements': activeCount }),
  warned: [null, null, null],
});

function agreementsOf(...events: readonly AgreementEvent[]) {
  return events.reduce<Parameters<typeof evolveAgreements>[0]>((agreements, event) => {
    const evolved = evolveAgreements(agreements, event);
    if (evolved.kind !== 'ok') throw new Error(evolved.kind);
    return evolved.result;
  }, []);
}

function boughtOn(...days: readonly number[]) {
  return days.reduce((payments, day) => {
    const event = given('payment.paid', day, { data: { amountMinor: 100 } });
    const evolved = evolvePayments(payments, event, OBSERVED + 365);
    if (evolved.kind !== 'ok') throw new Error(evolved.kind);
    return evolved.payments;
  }, initialPayments());
}

const YEAR = givenAgreement('created', '2023-07-01', { startDate: '2023-07-01', endDate: '2024-06-30' });
const ended = (...events: readonly AgreementEvent[]) =>
  endedDayOf({ agreements: agreementsOf(...events), payments: boughtOn() }, observed(1));

describe('the day on which a customer with agreements ended (S29, N11)', () => {
  it('is the first on which none of them stands', () => {
    expect(ended(YEAR)).toBe(OBSERVED + 182); // 2024-07-01
    const terminated = givenAgreement('terminated', '2024-02-01', { effectiveDate: '2024-03-01' });
    expect(ended(YEAR, terminated)).toBe(OBSERVED + 60); // 2024 is a leap year
  });

  it('is not that of one agreement while another stands', () => {
    const other = givenAgreement('created', '2023-07-01', { agreementId: 'B', endDate: '2024-09-30' });
    expect(ended(YEAR, other)).toBe(OBSERVED + 274);
    const endless = givenAgreement('created', '2023-07-01', { agreementId: 'B', perpetual: true });
    expect(ended(YEAR, endless)).toBeNull();
  });

  it('never came where it was renewed, though that was told late', () => {
    expect(ended(YEAR, givenAgreement('renewed', '2024-08-10', { endDate: '2025-06-30' }))).toBeNull();
  });

  it('stands though the customer came back with another agreement', () => {
    const again = givenAgreement('created', '2024-09-01', { agreementId: 'B', startDate: '2024-09-01' });
    expect(ended(YEAR, again)).toBe(OBSERVED + 182);
    const before = givenAgreement('created', '2024-09-01', {
      agreementId: 'B',
      signedDate: '2024-06-20',
      startDate: '2024-09-01',
    });
    expect(ended(YEAR, before)).toBeNull();
  });

  it('counts to the last of the 365 days and no further', () => {
    const until = (endDate: string) => ended(givenAgreement('created', '2023-07-01', { endDate }));
    expect(until('2024-12-30')).toBe(OBSERVED + 365);
    expect(until('2024-12-31')).toBeNull();
  });

  it('cannot be told where no agreement was in force after all', () => {
    expect(endedDayOf({ agreements: [], payments: boughtOn() }, observed(1))).toBeUndefined();
  });
});

describe('the end of a customer who never had an agreement (N11)', () => {
  const after = (...days: readonly number[]) =>
    endedDayOf({ agreements: [], payments: boughtOn(...days) }, observed());

  it('is a year without a purchase', () => {
    expect(after(OBSERVED - 10, OBSERVED)).toBe(OBSERVED + 365);
    expect(after(OBSERVED - 10, OBSERVED + 1)).toBeNull();
  });

  it('did not come where an agreement was signed instead', () => {
    const agreements = agreementsOf(givenAgreement('created', '2024-05-01', { perpetual: true }));
    expect(endedDayOf({ agreements, payments: boughtOn(OBSERVED) }, observed())).toBeNull();
  });
});
