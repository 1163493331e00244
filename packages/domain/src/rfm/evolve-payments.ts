import type { CustomerEventOf, Fault, QuarantineReason } from '@bellwether/events';
import {
  type FirstOther,
  MAX_PAID_MINOR,
  type PaymentsState,
  type PaymentTile,
  TILE_HORIZON_DAYS,
} from './payments-state.ts';

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
  const purchase = { day: event.day, amountMinor, isOther: agreementId === undefined };
  const isOld = event.day < today - TILE_HORIZON_DAYS;
  return {
    kind: 'ok',
    payments: {
      paidMinor,
      otherPaidMinor: payments.otherPaidMinor + (purchase.isOther ? amountMinor : 0),
      ...(isOld ? withOldDay(folded, purchase) : olderDaysOf(folded)),
      firstOther: purchase.isOther ? withFirst(payments.firstOther, purchase) : payments.firstOther,
      tiles: isOld ? folded.tiles : withPayment(folded.tiles, purchase),
    },
  };
}

interface Purchase {
  readonly day: number;
  readonly amountMinor: number;
  /** Under no agreement. */
  readonly isOther: boolean;
}

/** The first day only ever moves back, so what was paid on it is complete in any order of arrival. */
function withFirst(first: FirstOther | null, { day, amountMinor }: Purchase): FirstOther {
  if (first === null || day < first[0]) return [day, amountMinor];
  return day === first[0] ? [day, first[1] + amountMinor] : first;
}

function withOldDay({ olderDays, olderAgreementDays }: OlderDays, { day, isOther }: Purchase): OlderDays {
  const isNew = !olderDays.includes(day);
  const isLeft = isOther && olderAgreementDays.includes(day);
  return {
    olderDays: withDay(olderDays, day),
    olderAgreementDays: isLeft
      ? olderAgreementDays.filter((known) => known !== day)
      : isNew && !isOther
        ? withDay(olderAgreementDays, day)
        : olderAgreementDays,
  };
}

function olderDaysOf({ olderDays, olderAgreementDays }: PaymentsState): OlderDays {
  return { olderDays, olderAgreementDays };
}

type OlderDays = Pick<PaymentsState, 'olderDays' | 'olderAgreementDays'>;

/** Moves tiles that the horizon has left to the older purchase days; the same reference when there is none. */
export function foldOldTiles(payments: PaymentsState, today: number): PaymentsState {
  return foldTilesBefore(payments, today - TILE_HORIZON_DAYS);
}

/** Moves the tiles before an epoch day to the older purchase days; the same reference when there is none. */
export function foldTilesBefore(payments: PaymentsState, horizon: number): PaymentsState {
  const oldest = payments.tiles[0];
  if (oldest === undefined || oldest[0] >= horizon) return payments;
  const kept = payments.tiles.filter(([day]) => day >= horizon);
  const left = payments.tiles.slice(0, payments.tiles.length - kept.length);
  const agreementDays = left.filter(([, , , otherCount]) => otherCount === 0).map(([day]) => day);
  return {
    ...payments,
    olderDays: [...payments.olderDays, ...left.map(([day]) => day)],
    olderAgreementDays: [...payments.olderAgreementDays, ...agreementDays],
    tiles: kept,
  };
}

function withPayment(
  tiles: readonly PaymentTile[],
  { day, amountMinor, isOther }: Purchase,
): readonly PaymentTile[] {
  const index = placeOf(tiles, day, ([tileDay]) => tileDay);
  const tile = tiles[index];
  const isSameDay = tile !== undefined && tile[0] === day;
  const next = tiles.slice();
  const others = isOther ? 1 : 0;
  const grown: PaymentTile = isSameDay
    ? [day, tile[1] + 1, tile[2] + amountMinor, tile[3] + others]
    : [day, 1, amountMinor, others];
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
