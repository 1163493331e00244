import type { CustomerEventOf, Fault, QuarantineReason } from '@bellwether/events';
import { MAX_PAID_MINOR, type PaymentsState, type PaymentTile, TILE_HORIZON_DAYS } from './payments-state.ts';

export type PaymentEvolution =
  | { readonly kind: 'ok'; readonly payments: PaymentsState }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/**
 * Adds one payment to the day it belongs to, however late it comes (S27). A payment of nothing is a purchase too.
 * Quarantines `amount-out-of-range` when the lifetime sum would leave the exact range.
 */
export function evolvePayments(
  payments: PaymentsState,
  event: CustomerEventOf<'payment.paid'>,
  today: number,
): PaymentEvolution {
  const { amountMinor, agreementId } = event.data;
  const paidMinor = payments.paidMinor + amountMinor;
  if (paidMinor > MAX_PAID_MINOR) {
    const expected = `at most ${MAX_PAID_MINOR} minor units paid by one customer`;
    return {
      kind: 'quarantined',
      reason: 'amount-out-of-range',
      faults: [{ path: '/data/amountMinor', expected, got: String(paidMinor) }],
    };
  }
  const folded = foldOldTiles(payments, today);
  const isOld = event.day < today - TILE_HORIZON_DAYS;
  return {
    kind: 'ok',
    payments: {
      paidMinor,
      otherPaidMinor: payments.otherPaidMinor + (agreementId === undefined ? amountMinor : 0),
      olderDays: isOld ? withDay(folded.olderDays, event.day) : folded.olderDays,
      tiles: isOld ? folded.tiles : withPayment(folded.tiles, event.day, amountMinor),
    },
  };
}

/** Moves tiles that the horizon has left to the older purchase days; the same reference when there is none. */
export function foldOldTiles(payments: PaymentsState, today: number): PaymentsState {
  const horizon = today - TILE_HORIZON_DAYS;
  const oldest = payments.tiles[0];
  if (oldest === undefined || oldest[0] >= horizon) return payments;
  const kept = payments.tiles.filter(([day]) => day >= horizon);
  const left = payments.tiles.slice(0, payments.tiles.length - kept.length);
  return { ...payments, olderDays: [...payments.olderDays, ...left.map(([day]) => day)], tiles: kept };
}

function withPayment(
  tiles: readonly PaymentTile[],
  day: number,
  amountMinor: number,
): readonly PaymentTile[] {
  const index = placeOf(tiles, day, ([tileDay]) => tileDay);
  const tile = tiles[index];
  const isSameDay = tile !== undefined && tile[0] === day;
  const next = tiles.slice();
  const grown: PaymentTile = isSameDay ? [day, tile[1] + 1, tile[2] + amountMinor] : [day, 1, amountMinor];
  next.splice(index, isSameDay ? 1 : 0, grown);
  return next;
}

function withDay(days: readonly number[], day: number): readonly number[] {
  const index = placeOf(days, day, (known) => known);
  if (days[index] === day) return days;
  const next = days.slice();
  next.splice(index, 0, day);
  return next;
}

/** First index whose day is not before `day`, looked for from the end, where most payments belong. */
function placeOf<Item>(items: readonly Item[], day: number, dayOf: (item: Item) => number): number {
  let index = items.length;
  for (; index > 0; index--) {
    const earlier = items[index - 1];
    if (earlier === undefined || dayOf(earlier) < day) break;
  }
  return index;
}
