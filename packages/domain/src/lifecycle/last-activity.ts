import { DAY_MS, type Feed, type FeedStatuses, type MissingSignal } from '@bellwether/events';
import type { AgreementList } from '../agreements/agreement-state.ts';
import { lastPurchaseDayOf } from '../rfm/payments-state.ts';
import type { LifecycleSources } from './journey-evidence.ts';

/** Days without any activity after which a customer is dormant (D11). */
export const DORMANT_AFTER_DAYS = 90;

/** The last sign of life of a customer, and whether its silence since can be told from missing data. */
export interface LastActivity {
  /** Null: never a sign. */
  readonly day: number | null;
  /** Why silence says nothing (S76, D20); undefined: silence is silence. */
  readonly why: MissingSignal['why'] | undefined;
}

interface Behaviour {
  readonly feed: Feed;
  readonly lastDay: (sources: LifecycleSources) => number | null;
}

/** What customers do of themselves, day by day. */
const BEHAVIOURS: readonly Behaviour[] = [
  { feed: 'activity', lastDay: ({ signals }) => signals.activity.lastDay },
  {
    feed: 'ticket',
    lastDay: ({ signals }) =>
      signals.tickets.reduce<number | null>(
        (last, { opened }) => latest(last, opened?.[1] ?? null),
        signals.firstTicketDay,
      ),
  },
  {
    feed: 'feedback',
    lastDay: ({ signals: { nps, csat, ces }, relationship: { touches } }) =>
      [nps, csat, ces].reduce<number | null>(
        (last, { last: answer }) => latest(last, answer?.day ?? null),
        touches.comments.at(-1)?.[0] ?? touches.firstFeedbackDay,
      ),
  },
  { feed: 'engagement', lastDay: ({ signals }) => signals.engagement.lastMeetingDay },
];

/**
 * The last day on which a customer did anything (S35, D11): used the product, opened a ticket, answered or commented,
 * met somebody, paid, or had an agreement made, amended or renewed. That it did nothing since can be told only while
 * every feed of its behaviour that it was ever seen in is fresh, and there is one: for somebody without agreements
 * purchases are behaviour too.
 */
export function lastActivityOf(sources: LifecycleSources, feeds: FeedStatuses): LastActivity {
  const seen: Behaviour[] = BEHAVIOURS.filter(({ lastDay }) => lastDay(sources) !== null);
  const purchaseDay = lastPurchaseDayOf(sources.payments);
  if (sources.agreements.length === 0 && purchaseDay !== null)
    seen.push({ feed: 'payment', lastDay: () => purchaseDay });
  let day = latest(purchaseDay, lastAgreementDay(sources.agreements));
  for (const { lastDay } of seen) day = latest(day, lastDay(sources));
  return { day, why: whyUnheard(seen, feeds) };
}

function whyUnheard(seen: readonly Behaviour[], feeds: FeedStatuses): MissingSignal['why'] | undefined {
  if (seen.some(({ feed }) => feeds[feed]?.status === 'stale')) return 'feed-stale';
  if (seen.some(({ feed }) => feeds[feed] !== undefined)) return undefined;
  return BEHAVIOURS.some(({ feed }) => feeds[feed] !== undefined) ? 'no-data' : 'feed-absent';
}

/** What takes effect later was agreed on the (UTC) day on which the source tells it. */
function lastAgreementDay(agreements: AgreementList): number | null {
  let last: number | null = null;
  for (const { amendments } of agreements) {
    for (const { kind, day, time } of amendments) {
      if (kind !== 'expired' && kind !== 'terminated')
        last = latest(last, Math.min(day, Math.floor(time / DAY_MS)));
    }
  }
  return last;
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
