import { daysSinceOwnDay, nextOwnDay } from '../census/own-day.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';
import { paidBetween } from './velocity.ts';

/** Six months of predicted revenue are judged by what is paid in this many days (6 x 30.4375). */
export const FORECAST_DAYS = 183;

/** What was predicted of a customer on its day of the half-year, by both variants; minor units. */
export interface RevenueForecast {
  /** Epoch day. */
  readonly day: number;
  readonly v1Minor: number;
  readonly v2Minor: number;
}

/** A forecast whose six months are over, with what was paid in them. */
export interface JudgedForecast extends RevenueForecast {
  readonly paidMinor: number;
}

/** The forecasts of one customer. */
export interface ForecastRecord {
  /** The one whose six months are not over; null: there is none. */
  readonly open: RevenueForecast | null;
  /** The newest of the others; null: there is none. */
  readonly judged: JudgedForecast | null;
}

const NO_RECORD: ForecastRecord = { open: null, judged: null };

/** What a customer's record is moved by. */
export interface ForecastInput {
  /** Of the customer, 0..1023. */
  readonly slot: number;
  readonly today: number;
  readonly payments: PaymentsState;
  /** The feed of payments tells of this customer: otherwise nothing judges what was predicted. */
  readonly isPaymentHeard: boolean;
  /** Both variants as of today, where both predict; asked for on the day of the half-year alone. */
  readonly predicted: () => Omit<RevenueForecast, 'day'> | null;
}

/**
 * The record of a customer on a day (D24): twice a year, on a day that follows from its id, what is predicted is noted;
 * half a year later it is judged. The same reference when nothing moved.
 */
export function forecastsOf(previous: ForecastRecord | null, input: ForecastInput): ForecastRecord | null {
  const judged = judgeIfOver(previous ?? NO_RECORD, input);
  if (judged.open !== null) return previous;
  const open = forecast(input);
  const record = open === null ? judged : { ...judged, open };
  return record === NO_RECORD ? previous : record;
}

/** First day after today on which a record may move with no new event; null: never. */
export function nextForecastDay(
  record: ForecastRecord | null,
  { slot, today, isPredicted }: Pick<ForecastInput, 'slot' | 'today'> & { readonly isPredicted: boolean },
): number | null {
  const open = record?.open ?? null;
  if (open !== null) return open.day + FORECAST_DAYS;
  return isPredicted ? nextOwnDay(slot, today, FORECAST_DAYS) : null;
}

function judgeIfOver(
  record: ForecastRecord,
  { today, payments, isPaymentHeard }: ForecastInput,
): ForecastRecord {
  const { open, judged } = record;
  if (open === null || today < open.day + FORECAST_DAYS) return record;
  if (!isPaymentHeard) return { open: null, judged };
  const paidMinor = paidBetween(payments, open.day + 1, open.day + FORECAST_DAYS);
  return { open: null, judged: { ...open, paidMinor } };
}

function forecast({ slot, today, isPaymentHeard, predicted }: ForecastInput): RevenueForecast | null {
  if (!isPaymentHeard || daysSinceOwnDay(slot, today, FORECAST_DAYS) !== 0) return null;
  const both = predicted();
  return both === null ? null : { day: today, ...both };
}
