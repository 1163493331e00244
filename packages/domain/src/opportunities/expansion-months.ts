import { epochMonthOf } from '../portfolio/months.ts';
import { amountOf, closedDayOf, type OpportunityList } from './opportunities-state.ts';

/** What customers are sold more by (S54). */
export const EXPANSION_KINDS = ['upsell', 'cross-sell'] as const;
export type ExpansionKind = (typeof EXPANSION_KINDS)[number];

/** An upsell or cross-sell opportunity that was won or lost. */
export interface ClosedOffer {
  readonly kind: ExpansionKind;
  /** Epoch day on which it was closed. */
  readonly day: number;
  readonly isWon: boolean;
  /** Minor units; 0 where no amount was told. */
  readonly amountMinor: number;
}

/** The upsell and cross-sell opportunities that were closed, by day. */
export function closedOffersOf(opportunities: OpportunityList): readonly ClosedOffer[] {
  const closed: ClosedOffer[] = [];
  for (const opportunity of opportunities) {
    const kind = EXPANSION_KINDS.find((one) => one === opportunity.kind?.value);
    const day = closedDayOf(opportunity);
    if (kind === undefined || day === null || opportunity.outcome === null) continue;
    closed.push({ kind, day, isWon: opportunity.outcome.value, amountMinor: amountOf(opportunity) });
  }
  return closed.sort((one, other) => one.day - other.day);
}

/** Epoch month of the first day that is known of any opportunity; null: none is. */
export function opportunitiesSince(opportunities: OpportunityList): number | null {
  let first: number | null = null;
  for (const { createdDay, wonDay, lostDay } of opportunities) {
    for (const day of [createdDay, wonDay, lostDay]) {
      if (day !== null && (first === null || day < first)) first = day;
    }
  }
  return first === null ? null : epochMonthOf(first);
}

/** One kind in one month: won and lost, what was won, and the rate. */
export interface ExpansionMonth {
  /** Epoch month. */
  readonly month: number;
  readonly kind: ExpansionKind;
  readonly won: number;
  readonly lost: number;
  /** Minor units. */
  readonly wonMinor: bigint;
}

/** Offers closed from one epoch month to another, both included, by month and kind; months without any too (S54). */
export function expansionByMonth(
  closed: Iterable<ClosedOffer>,
  { from, to }: { readonly from: number; readonly to: number },
): readonly ExpansionMonth[] {
  const rows = new Map<string, { -readonly [F in keyof ExpansionMonth]: ExpansionMonth[F] }>();
  for (let month = from; month <= to; month++) {
    for (const kind of EXPANSION_KINDS)
      rows.set(`${month} ${kind}`, { month, kind, won: 0, lost: 0, wonMinor: 0n });
  }
  for (const { kind, day, isWon, amountMinor } of closed) {
    const row = rows.get(`${epochMonthOf(day)} ${kind}`);
    if (row === undefined) continue;
    if (isWon) row.won += 1;
    else row.lost += 1;
    if (isWon) row.wonMinor += BigInt(amountMinor);
  }
  return [...rows.values()];
}

/** An offer to make that was raised: when a customer was found fit for an upsell or cross-sell. */
export interface RaisedOffer {
  readonly kind: ExpansionKind;
  /** Epoch day. */
  readonly day: number;
}

/** Days within which an offer that was raised counts as followed by a deal. */
export const OFFER_DAYS = 180;

/** What became of offers that were raised (S54). */
export interface OfferOutcomes {
  readonly raised: number;
  /** Followed by a deal of the same kind within 180 days. */
  readonly won: number;
  /** Not yet, and the 180 days are not over. */
  readonly pending: number;
}

/**
 * What became of the offers raised to one customer. A deal belongs to the earliest offer of its kind that waits for
 * one and was raised on its day or up to 180 days before; an offer takes one deal.
 */
export function offerOutcomesOf(
  raised: readonly RaisedOffer[],
  closed: readonly ClosedOffer[],
  today: number,
): OfferOutcomes {
  const waiting = [...raised].sort((one, other) => one.day - other.day);
  let won = 0;
  for (const deal of closed) {
    if (!deal.isWon) continue;
    const at = waiting.findIndex(
      ({ kind, day }) => kind === deal.kind && day <= deal.day && deal.day - day <= OFFER_DAYS,
    );
    if (at === -1) continue;
    waiting.splice(at, 1);
    won += 1;
  }
  const pending = waiting.filter(({ day }) => today - day <= OFFER_DAYS).length;
  return { raised: raised.length, won, pending };
}
