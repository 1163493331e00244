import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgreementList } from '../agreements/agreement-state.ts';
import { day, givenAgreement } from '../customer/test-support.ts';
import { monthStartOf, nextMonthStartOf } from './month.ts';
import { mrrOn } from './mrr.ts';
import { movementBetween, NO_MOVEMENTS, revenueRetentionOf, withMovement } from './mrr-movement.ts';
import { agreementsAfter, anyAgreementEvent, TODAY } from './test-support.ts';

const cohort = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.reduce((sums, [start, end]) => withMovement(sums, movementBetween(start, end)), NO_MOVEMENTS);

/** Null where either end is not known. */
function movementOf(agreements: AgreementList, { fromDay, toDay }: { fromDay: number; toDay: number }) {
  const [start, end] = [fromDay, toDay].map((on) => mrrOn({ agreements, recurring: [] }, on).mrrMinor);
  return start == null || end == null ? null : movementBetween(start, end);
}

describe('movements of recurring revenue (S109, D17)', () => {
  it('are each one thing: new, expansion, contraction or churn', () => {
    expect(movementBetween(0, 50)).toMatchObject({ newMinor: 50, expansionMinor: 0 });
    expect(movementBetween(100, 130)).toMatchObject({ expansionMinor: 30, newMinor: 0 });
    expect(movementBetween(100, 70)).toMatchObject({ contractionMinor: 30, churnMinor: 0 });
    expect(movementBetween(100, 0)).toMatchObject({ contractionMinor: 0, churnMinor: 100 });
  });

  it('always lead from the start to the end', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (start, end) => {
        const { newMinor, expansionMinor, contractionMinor, churnMinor } = movementBetween(start, end);
        expect(start + newMinor + expansionMinor - contractionMinor - churnMinor).toBe(end);
        expect(
          [newMinor, expansionMinor, contractionMinor, churnMinor].filter((part) => part > 0).length,
        ).toBe(start === end ? 0 : 1);
      }),
    );
  });

  it('are read from the agreements of a customer, month by month', () => {
    const agreements = agreementsAfter([
      givenAgreement('created', '2023-01-01', {
        valueMinor: 16_000,
        startDate: '2023-01-01',
        endDate: '2024-05-01',
      }),
      givenAgreement('amended', '2023-03-15', { deltaMinor: 1_600 }),
    ]);
    const months: number[] = [];
    let fromDay = day('2023-01-01');
    for (let month = 0; month < 4; month += 1) {
      const toDay = nextMonthStartOf(fromDay);
      months.push(movementOf(agreements, { fromDay, toDay })?.expansionMinor ?? -1);
      fromDay = toDay;
    }
    expect(months).toEqual([0, 0, 100, 0]);
    expect(monthStartOf(day('2024-02-29'))).toBe(day('2024-02-01'));
    expect(nextMonthStartOf(day('2023-12-31'))).toBe(day('2024-01-01'));
  });

  it('add up over months to the movement of the whole time', () => {
    fc.assert(
      fc.property(fc.array(anyAgreementEvent, { maxLength: 12 }), (events) => {
        const agreements = agreementsAfter(events);
        const days = [TODAY - 300, TODAY - 200, TODAY - 100, TODAY];
        const steps = days.slice(1).map((toDay, index) => ({ fromDay: days[index] ?? 0, toDay }));
        const moved = steps.map((step) => movementOf(agreements, step));
        const whole = movementOf(agreements, { fromDay: TODAY - 300, toDay: TODAY });
        if (whole === null || moved.includes(null)) return;
        const net = moved.reduce((sum, step) => sum + (step?.endMinor ?? 0) - (step?.startMinor ?? 0), 0);
        expect(net).toBe(whole.endMinor - whole.startMinor);
      }),
    );
  });

  it('are not told of what was not known: it is not new', () => {
    const agreements = agreementsAfter([
      givenAgreement('created', '2023-01-01', { valueMinor: 16_000, startDate: '2023-01-01' }),
      givenAgreement('amended', '2023-06-01', { endDate: '2024-05-01' }),
    ]);
    const range = { fromDay: day('2023-05-01'), toDay: day('2023-07-01') };
    expect(movementOf(agreements, range)).toBeNull();
  });
});

describe('net and gross revenue retention (S109, D17)', () => {
  it('are the seed form, the one with contraction, and the one without growth', () => {
    const sums = cohort([1_000, 1_200], [500, 400], [300, 0], [0, 900]);
    expect(revenueRetentionOf(sums)).toEqual({
      nrrSeedBasisPoints: 9_444, // (1800 + 200 - 300) / 1800
      nrrBasisPoints: 8_889, // less 100
      grrBasisPoints: 7_778, // (1800 - 100 - 300) / 1800
    });
  });

  it('are not told without a start', () => {
    expect(revenueRetentionOf(cohort([0, 900]))).toEqual({
      nrrSeedBasisPoints: null,
      nrrBasisPoints: null,
      grrBasisPoints: null,
    });
  });

  it('keep their order: gross at most net, net at most the seed form, gross at most all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(999)), { minLength: 1 }),
        (pairs) => {
          const { nrrSeedBasisPoints, nrrBasisPoints, grrBasisPoints } = revenueRetentionOf(cohort(...pairs));
          const start = pairs.reduce((sum, [from]) => sum + from, 0);
          const end = pairs.reduce((sum, [, to]) => sum + to, 0);
          const kept = pairs.reduce((sum, [from, to]) => sum + Math.min(from, to), 0);
          expect(nrrBasisPoints).toBe(Math.round((10_000 * end) / start));
          expect(grrBasisPoints).toBe(Math.round((10_000 * kept) / start));
          expect(Number(grrBasisPoints)).toBeLessThanOrEqual(10_000);
          expect(Number(grrBasisPoints)).toBeLessThanOrEqual(Number(nrrBasisPoints));
          expect(Number(nrrBasisPoints)).toBeLessThanOrEqual(Number(nrrSeedBasisPoints));
        },
      ),
    );
  });

  it('stay exact past what a number holds', () => {
    const many = { ...NO_MOVEMENTS, start: 30_000_000_000_000_000n, churn: 10_000_000_000_000_000n };
    expect(revenueRetentionOf(many).grrBasisPoints).toBe(6_667);
  });
});
