import { describe, expect, it } from 'vitest';
import type { PaymentsState } from '../rfm/payments-state.ts';
import { initialPayments } from '../rfm/payments-state.ts';
import { FORECAST_DAYS, type ForecastRecord, forecastsOf, nextForecastDay } from './forecast-record.ts';

/** 20,000 = 109 x 183 + 53: the day of the half-year of this slot, 53 x 1024 / 183 = 296.6. */
const TODAY = 20_000;
const SLOT = 297;
const BOTH = { v1Minor: 700, v2Minor: 400 };

const paid = (...tiles: readonly (readonly [day: number, minor: number])[]): PaymentsState => ({
  ...initialPayments(),
  tiles: tiles.map(([day, minor]) => [day, 1, minor, 0]),
});

interface Given {
  readonly payments?: PaymentsState;
  readonly isPaymentHeard?: boolean;
  readonly predicted?: typeof BOTH | null;
}

function on(today: number, previous: ForecastRecord | null, given: Given = {}): ForecastRecord | null {
  const { payments = paid(), isPaymentHeard = true, predicted = BOTH } = given;
  return forecastsOf(previous, {
    slot: SLOT,
    today,
    payments,
    isPaymentHeard,
    predicted: () => predicted,
  });
}

describe('predictions of revenue, noted to be judged (D24)', () => {
  it('are those of both variants on the customer’s own day of the half-year', () => {
    expect(on(TODAY, null)).toEqual({ open: { day: TODAY, ...BOTH }, judged: null });
    expect(on(TODAY - 1, null)).toBeNull();
    expect(on(TODAY, null, { predicted: null })).toBeNull();
    expect(on(TODAY, null, { isPaymentHeard: false })).toBeNull();
  });

  it('are judged by what was paid in the six months after, no day more', () => {
    const first = on(TODAY, null);
    expect(on(TODAY + FORECAST_DAYS - 1, first)).toBe(first);
    const payments = paid([TODAY, 1], [TODAY + 1, 10], [TODAY + 183, 100], [TODAY + 184, 1_000]);
    const then = on(TODAY + FORECAST_DAYS, first, { payments });
    expect(then).toEqual({
      open: { day: TODAY + FORECAST_DAYS, ...BOTH },
      judged: { day: TODAY, ...BOTH, paidMinor: 110 },
    });
    const next = on(TODAY + 2 * FORECAST_DAYS, then, { payments, predicted: null });
    expect(next).toEqual({
      open: null,
      judged: { day: TODAY + FORECAST_DAYS, ...BOTH, paidMinor: 1_000 },
    });
  });

  it('are not judged where payments have fallen silent', () => {
    const first = on(TODAY, null);
    expect(on(TODAY + FORECAST_DAYS, first, { isPaymentHeard: false })).toEqual({ open: null, judged: null });
  });

  it('name the next day that matters', () => {
    const next = (today: number, record: ForecastRecord | null, isPredicted = true) =>
      nextForecastDay(record, { slot: SLOT, today, isPredicted });
    expect(next(TODAY - 1, null)).toBe(TODAY);
    expect(next(TODAY, null)).toBe(TODAY + FORECAST_DAYS);
    expect(next(TODAY, null, false)).toBeNull();
    expect(next(TODAY + 5, on(TODAY, null), false)).toBe(TODAY + FORECAST_DAYS);
  });
});
