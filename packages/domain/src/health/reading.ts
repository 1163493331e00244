import type { FeedStatus, MissingSignal } from '@bellwether/events';
import type { SignalState } from '../signals/state.ts';
import type { HealthFacts } from './health-facts.ts';

/** What a signal is read from. */
export interface ReadingInput {
  readonly facts: HealthFacts;
  /** Those of the facts that most signals are read from. */
  readonly signals: SignalState;
  /** First epoch day of the signal's window; -Infinity where it looks at facts of any age. */
  readonly fromDay: number;
  readonly windowDays: number;
  readonly today: number;
  /** How the tenant's feed does; undefined: it never delivered anything. */
  readonly feed: FeedStatus | undefined;
}

/**
 * A signal's reading in its own unit, to one decimal, or why there is none. `evidenceDay` is the day of the newest fact
 * behind it; null where a fresh feed vouches for today (nothing reported means that nothing happened). `norm` is what
 * the reading is compared with, in the same unit; null or absent: nothing.
 */
export type Reading =
  | { readonly raw: number; readonly evidenceDay: number | null; readonly norm?: number | null }
  | { readonly missing: MissingSignal['why'] };

/**
 * Silence is not absence (design 3.4): counts of a customer, zero included, hold as long as the tenant's feed is fresh
 * and the customer was ever seen in it.
 *
 * @returns why the signal is missing, undefined when it can be read
 */
export function whyMissing(
  feed: FeedStatus | undefined,
  { wasEverSeen }: { readonly wasEverSeen: boolean },
): MissingSignal['why'] | undefined {
  if (feed === undefined) return 'feed-absent';
  if (!wasEverSeen) return 'no-data';
  return feed.status === 'stale' ? 'feed-stale' : undefined;
}

/** Without any fact the feed tells whether one could have come. */
export function noFacts(feed: FeedStatus | undefined): Reading {
  return { missing: feed === undefined ? 'feed-absent' : 'no-data' };
}

/** The last day up to which silence of a feed means that nothing happened; -Infinity where it never delivered. */
export function heardUntilDay(feed: FeedStatus | undefined, today: number): number {
  if (feed === undefined) return Number.NEGATIVE_INFINITY;
  return feed.status === 'fresh' ? today : feed.lastDay;
}

/** Readings are told, and scored, to one decimal. */
export function toOneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
