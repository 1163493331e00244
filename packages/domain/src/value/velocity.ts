import { type Feed, type FeedStatuses, type MissingSignal, roundedQuotient } from '@bellwether/events';
import { nextTurn } from '../opportunities/next-turn.ts';
import type { Opportunity } from '../opportunities/opportunities-state.ts';
import { wonBetween } from '../opportunities/opportunity-summary.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';
import { basisPointsOf } from '../statistics/exact.ts';

/** Days of the window, and its months (D5). */
export const VELOCITY_DAYS = 90;
const VELOCITY_MONTHS = 3n;

/** What revenue velocity is read from. */
export interface VelocityInput {
  readonly payments: PaymentsState;
  readonly opportunities: readonly Opportunity[];
  /** First day of the relation; null: not known. */
  readonly sinceDay: number | null;
  readonly today: number;
  readonly feeds: FeedStatuses;
}

/** Money that came in a month (S26). */
export interface Velocity {
  /** Paid and won in the last 90 days, over 3; null below 90 days of age, or where a feed has stopped. */
  readonly monthlyMinor: number | null;
  /**
   * This window over the 90 days before, less 1, in basis points; null below 180 days, or where these brought
   * nothing.
   */
  readonly growthBasisPoints: number | null;
  /** Feeds that it had to do without. An absent one is left out of the sum; one that has stopped leaves no sum. */
  readonly missing: readonly MissingSignal[];
}

const SOURCES: readonly Feed[] = ['payment', 'opportunity'];

/** `revenue_velocity_monthly` (S26, D5) and its growth (S49). */
export function velocityOf({ payments, opportunities, sinceDay, today, feeds }: VelocityInput): Velocity {
  const missing = SOURCES.flatMap((feed): MissingSignal[] => {
    const status = feeds[feed]?.status;
    if (status === 'fresh') return [];
    return [{ signal: feed, why: status === undefined ? 'feed-absent' : 'feed-stale' }];
  });
  const isAbsent = missing.length === SOURCES.length;
  const ageDays = sinceDay === null ? 0 : today - sinceDay;
  if (isAbsent || ageDays < VELOCITY_DAYS || missing.some(({ why }) => why === 'feed-stale'))
    return { monthlyMinor: null, growthBasisPoints: null, missing };
  const cameBetween = (fromDay: number, toDay: number): bigint => {
    const paid = paidBetween(payments, fromDay, toDay);
    return BigInt(paid) + BigInt(wonBetween(opportunities, { fromDay, toDay }).amountMinor);
  };
  const fromDay = today - VELOCITY_DAYS + 1;
  const now = cameBetween(fromDay, Number.POSITIVE_INFINITY);
  const before = cameBetween(fromDay - VELOCITY_DAYS, fromDay - 1);
  return {
    monthlyMinor: Number(roundedQuotient(now, VELOCITY_MONTHS)),
    growthBasisPoints: ageDays < 2 * VELOCITY_DAYS ? null : basisPointsOf(now - before, before),
    missing,
  };
}

/** What was paid from one day to another, both included, as far back as day tiles are kept. */
export function paidBetween({ tiles }: PaymentsState, fromDay: number, toDay: number): number {
  let sumMinor = 0;
  for (const [day, , amountMinor] of tiles) if (day >= fromDay && day <= toDay) sumMinor += amountMinor;
  return sumMinor;
}

/** First day after today on which velocity or growth may differ with no new event: never late; null: never. */
export function nextVelocityDay(input: VelocityInput): number | null {
  const { payments, opportunities, sinceDay, today } = input;
  const won = opportunities.map(({ outcome, wonDay }) => (outcome?.value === true ? wonDay : null));
  const days = [...payments.tiles.map(([day]) => day), ...won, sinceDay];
  const turns = days.flatMap((day) => (day === null ? [] : [day + VELOCITY_DAYS, day + 2 * VELOCITY_DAYS]));
  return nextTurn(turns, today);
}
