import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, givenAgreement } from '../customer/test-support.ts';
import { monthStartOf } from './month.ts';
import { mrrOn, nextMrrDay } from './mrr.ts';
import { agreementsAfter, anyAgreementEvent, expectSteadyUntilNextDay, TODAY } from './test-support.ts';

const TERM = { startDate: '2023-01-01', endDate: '2024-05-01' }; // 487 days: 16 months exactly
const sixteenMonths = (facts = {}) =>
  givenAgreement('created', '2023-01-01', { valueMinor: 16_000_00, ...TERM, ...facts });
const mrrAfter = (events: Parameters<typeof agreementsAfter>[0], on: string) =>
  mrrOn({ agreements: agreementsAfter(events), recurring: [] }, day(on));

describe('monthly recurring revenue (S109)', () => {
  it('is the value of active agreements over their months of 365.25 / 12 days', () => {
    expect(mrrAfter([sixteenMonths()], '2023-06-01')).toEqual({ mrrMinor: 1_000_00, uncounted: [] });
    expect(mrrAfter([sixteenMonths()], '2022-12-31').mrrMinor).toBe(0);
    expect(mrrAfter([sixteenMonths()], '2024-05-02').mrrMinor).toBe(0);
  });

  it('is what held on the day asked for: an amendment counts from the day it takes effect', () => {
    const more = givenAgreement('amended', '2023-09-01', { deltaMinor: 1_600_00 });
    const end = givenAgreement('terminated', '2023-11-01', { deltaMinor: 0 });
    const told = [sixteenMonths(), more, end];
    expect(mrrAfter(told, '2023-08-31').mrrMinor).toBe(1_000_00);
    expect(mrrAfter(told, '2023-09-01').mrrMinor).toBe(1_100_00);
    expect(mrrAfter(told, '2023-11-01').mrrMinor).toBe(0);
  });

  it('goes on at its rate through a renewal that tells no amount', () => {
    const renewed = givenAgreement('renewed', '2024-05-02', { endDate: '2025-08-31' });
    expect(mrrAfter([sixteenMonths(), renewed], '2024-06-01').mrrMinor).toBe(1_000_00);
    const priced = givenAgreement('renewed', '2024-05-02', { endDate: '2025-08-31', deltaMinor: 16_000_00 });
    expect(mrrAfter([sixteenMonths(), priced], '2024-06-01').mrrMinor).toBe(1_000_00);
  });

  it('is whole again once a renewal takes back a termination that told no amount', () => {
    const ended = givenAgreement('terminated', '2023-09-01', {});
    const back = givenAgreement('renewed', '2023-10-01', { endDate: '2025-08-31' });
    expect(mrrAfter([sixteenMonths(), ended], '2023-09-02').mrrMinor).toBe(0);
    expect(mrrAfter([sixteenMonths(), ended, back], '2023-10-02').mrrMinor).toBe(1_000_00);
  });

  it('counts what lasts less than a month once', () => {
    const short = { startDate: '2023-01-01', endDate: '2023-01-30', valueMinor: 900 };
    expect(mrrAfter([sixteenMonths(short)], '2023-01-10').mrrMinor).toBe(900);
  });

  it('takes what is paid regularly where an agreement has no end or no value, and says what it cannot count', () => {
    const open = givenAgreement('created', '2023-01-01', {
      agreementId: 'P',
      valueMinor: 500,
      perpetual: true,
    });
    const agreements = agreementsAfter([open]);
    const recurring = [
      { agreementId: 'P', months: 3, invoiceId: '', day: day('2023-02-01'), amountMinor: 900 },
    ];
    expect(mrrOn({ agreements, recurring }, day('2023-02-10'))).toEqual({ mrrMinor: 300, uncounted: [] });
    expect(mrrOn({ agreements, recurring: [] }, day('2023-02-10'))).toEqual({
      mrrMinor: null,
      uncounted: ['P'],
    });
    const both = agreementsAfter([open, sixteenMonths()]);
    expect(mrrOn({ agreements: both, recurring: [] }, day('2023-02-10'))).toEqual({
      mrrMinor: 1_000_00,
      uncounted: ['P'],
    });
  });

  it('leaves payments under an agreement with a rate to that agreement, and counts those under none', () => {
    const payment = { months: 1, invoiceId: '', day: day('2023-02-01'), amountMinor: 70 };
    const agreements = agreementsAfter([sixteenMonths()]);
    const sum = (agreementId: string) =>
      mrrOn({ agreements, recurring: [{ ...payment, agreementId }] }, day('2023-02-10')).mrrMinor;
    expect([sum('A'), sum(''), sum('not-known')]).toEqual([1_000_00, 1_000_70, 1_000_70]);
  });

  it('takes what is paid for an agreement whose value is nothing; where nobody pays it is known to be nothing', () => {
    const free = givenAgreement('created', '2023-01-01', { valueMinor: 0, perpetual: true });
    const agreements = agreementsAfter([free]);
    const paid = { agreementId: 'A', months: 1, invoiceId: '', day: day('2023-02-01'), amountMinor: 70 };
    expect(mrrOn({ agreements, recurring: [paid] }, day('2023-02-10')).mrrMinor).toBe(70);
    expect(mrrOn({ agreements, recurring: [] }, day('2023-02-10'))).toEqual({ mrrMinor: 0, uncounted: [] });
  });

  it('is not known where nothing is of the agreements, and a payment under none is over', () => {
    const agreements = agreementsAfter([givenAgreement('created', '2023-01-01', { perpetual: true })]);
    const paid = { agreementId: '', months: 1, invoiceId: '', day: day('2023-02-01'), amountMinor: 70 };
    // One month of 31 days, and 31 days that the next payment may be late.
    expect(mrrOn({ agreements, recurring: [paid] }, day('2023-04-03')).mrrMinor).toBe(70);
    expect(mrrOn({ agreements, recurring: [paid] }, day('2023-04-04'))).toEqual({
      mrrMinor: null,
      uncounted: ['A'],
    });
  });

  it('does not miss a frame that has no value of its own, and is nothing where there is nothing', () => {
    expect(
      mrrAfter([givenAgreement('created', '2023-01-01', { agreementType: 'MSA' })], '2023-02-01'),
    ).toEqual({
      mrrMinor: 0,
      uncounted: [],
    });
    expect(mrrOn({ agreements: [], recurring: [] }, TODAY)).toEqual({ mrrMinor: 0, uncounted: [] });
  });

  it('adds up value over 30.4375 days by length of any agreements that are active', () => {
    const term = fc.record({
      valueMinor: fc.integer({ min: 0, max: 10_000_000 }),
      start: fc.integer({ min: TODAY - 900, max: TODAY + 30 }),
      length: fc.integer({ min: 31, max: 900 }),
    });
    const date = (on: number) => new Date(on * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.array(term, { maxLength: 8 }), (terms) => {
        const events = terms.map(({ valueMinor, start, length }, index) =>
          givenAgreement('created', TODAY - 1_000, {
            agreementId: `A${index}`,
            valueMinor,
            startDate: date(start),
            endDate: date(start + length - 1),
          }),
        );
        const expected = terms
          .filter(({ start, length }) => start <= TODAY && TODAY < start + length)
          .map(({ valueMinor, length }) => valueMinor / (length / 30.4375));
        const { mrrMinor } = mrrOn({ agreements: agreementsAfter(events), recurring: [] }, TODAY);
        const sum = expected.reduce((a, b) => a + b, 0);
        expect(Math.abs((mrrMinor ?? 0) - sum)).toBeLessThanOrEqual(0.5 * expected.length + 1e-6);
      }),
    );
  });

  it('moves with no event on the days named only', () => {
    const payment = fc.record({
      agreementId: fc.constantFrom('', 'A'),
      months: fc.constantFrom(1, 3),
      invoiceId: fc.constant(''),
      day: fc.integer({ min: TODAY - 120, max: TODAY }),
      amountMinor: fc.nat(1_000),
    });
    const facts = fc.tuple(
      fc.array(anyAgreementEvent, { maxLength: 8 }),
      fc.array(payment, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(facts, ([events, recurring]) => {
        const sources = { agreements: agreementsAfter(events), recurring };
        expectSteadyUntilNextDay(
          (today) => [mrrOn(sources, today), mrrOn(sources, monthStartOf(today))],
          (today) => nextMrrDay(sources, today),
          { from: TODAY - 60, to: TODAY + 150 },
        );
      }),
      { numRuns: 40 },
    );
  });
});
