import { nextTurn } from './next-turn.ts';
import {
  amountOf,
  closedDayOf,
  lastToldDayOf,
  type Opportunity,
  type OpportunityKind,
  type OpportunityList,
} from './opportunities-state.ts';

/** Epoch days from `fromDay` to `toDay`, both included. */
export interface DayRange {
  readonly fromDay: number;
  readonly toDay: number;
}

/** Opportunities and what they are worth together, minor units. */
export interface Deals {
  readonly count: number;
  readonly amountMinor: number;
}
const NO_DEALS: Deals = { count: 0, amountMinor: 0 };

/** Days of the window of the summary. */
export const SUMMARY_DAYS = 365;

/** The sales opportunities of a customer at a glance (S54, S66, S67, S78). */
export interface OpportunitySummary {
  readonly open: Deals;
  /** Open ones without an amount: they are in the count of `open`, not in its money. */
  readonly openWithoutAmount: number;
  readonly won: Deals;
  readonly lost: Deals;
  /** Won in the last 365 days, by kind; those of no known kind are left out. */
  readonly wonByKind365: { readonly [K in OpportunityKind]: Deals };
  /** Day on which the first one was created; null: none is known. */
  readonly firstCreatedDay: number | null;
  /** Newest day on which something was told about any of them; null: there are none. */
  readonly lastToldDay: number | null;
}

/** All opportunities as they stand, and those won in the window that ends on the epoch day `today`. */
export function opportunitySummaryOf(opportunities: OpportunityList, today: number): OpportunitySummary {
  let open = NO_DEALS;
  let openWithoutAmount = 0;
  let won = NO_DEALS;
  let lost = NO_DEALS;
  let firstCreatedDay: number | null = null;
  let lastToldDay: number | null = null;
  for (const opportunity of opportunities) {
    const { createdDay, outcome, amount } = opportunity;
    if (createdDay !== null && (firstCreatedDay === null || createdDay < firstCreatedDay))
      firstCreatedDay = createdDay;
    const toldDay = lastToldDayOf(opportunity);
    if (toldDay !== null && (lastToldDay === null || toldDay > lastToldDay)) lastToldDay = toldDay;
    if (outcome === null) {
      open = withDeal(open, opportunity);
      if (amount === null) openWithoutAmount += 1;
    } else if (outcome.value) won = withDeal(won, opportunity);
    else lost = withDeal(lost, opportunity);
  }
  const window = { fromDay: today - SUMMARY_DAYS + 1, toDay: Number.POSITIVE_INFINITY };
  const wonOf = (kind: OpportunityKind) => wonBetween(opportunities, { ...window, kinds: [kind] });
  return {
    open,
    openWithoutAmount,
    won,
    lost,
    wonByKind365: {
      new: wonOf('new'),
      upsell: wonOf('upsell'),
      'cross-sell': wonOf('cross-sell'),
      renewal: wonOf('renewal'),
    },
    firstCreatedDay,
    lastToldDay,
  };
}

/** Opportunities won in a range of days, of all kinds unless some are named. */
export function wonBetween(
  opportunities: OpportunityList,
  { fromDay, toDay, kinds }: DayRange & { readonly kinds?: readonly OpportunityKind[] },
): Deals {
  let deals = NO_DEALS;
  for (const opportunity of opportunities) {
    if (opportunity.outcome?.value !== true) continue;
    if (kinds !== undefined && (opportunity.kind === null || !kinds.includes(opportunity.kind.value)))
      continue;
    const day = closedDayOf(opportunity);
    if (day !== null && day >= fromDay && day <= toDay) deals = withDeal(deals, opportunity);
  }
  return deals;
}

function withDeal({ count, amountMinor }: Deals, opportunity: Opportunity): Deals {
  return { count: count + 1, amountMinor: amountMinor + amountOf(opportunity) };
}

/** First day after today on which an opportunity leaves the window of the summary; null: none is in it. */
export function nextOpportunityDay(opportunities: OpportunityList, today: number): number | null {
  const turns = opportunities.map((opportunity) => closedDayOf(opportunity));
  return nextTurn(
    turns.flatMap((day) => (day === null ? [] : [day + SUMMARY_DAYS])),
    today,
  );
}
