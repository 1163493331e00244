import type { FeedStatuses } from '@bellwether/events';
import type { AgreementList } from '../agreements/agreement-state.ts';
import type { Standing } from '../agreements/agreement-status.ts';
import type { Profile } from '../customer/profile.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import { type AccountSince, accountSinceOf } from './account-since.ts';
import { type Consistency, consistencyOf } from './consistency-of.ts';
import { type Depth, depthOf } from './depth-of.ts';
import { type Efficiency, efficiencyOf } from './efficiency-of.ts';
import { type Paradox, paradoxOf } from './paradox-of.ts';
import { type Path, pathOf } from './path-of.ts';
import { marketingToSalesDaysOf, type PrimaryChannel, primaryChannelOf } from './primary-channel-of.ts';
import { type Qbr, qbrOf } from './qbr-of.ts';
import type { TouchSources } from './stage-touches.ts';
import { type Stakeholders, stakeholdersOf } from './stakeholders-of.ts';
import { type UsageGrowth, usageGrowthOf } from './usage-growth.ts';
import { type Voice, voiceOf } from './voice-of.ts';

/** The features of a customer that its relationship is read from. */
export interface RelationshipSources extends TouchSources {
  readonly profile: Profile;
  readonly agreements: AgreementList;
  readonly payments: PaymentsState;
  readonly firstEventDay: number;
}

/** What else the relationship depends on. */
export interface RelationshipContext {
  /** The tenant's present epoch day. */
  readonly today: number;
  readonly feeds: FeedStatuses;
  /** The agreements as they stand today. */
  readonly standings: readonly Standing[];
  /** A strategic account (S6, S30) is due a review every quarter. */
  readonly isStrategic: boolean;
  /** Lifetime value; null: none is known. */
  readonly ltvMinor: number | null;
  readonly breakpoints: Breakpoints | null;
}

/** The relationship to a customer as it stands. */
export interface Relationship {
  readonly depth: Depth;
  readonly consistency: Consistency;
  readonly paradox: Paradox | null;
  readonly efficiency: Efficiency;
  readonly marketingToSalesDays: number | null;
  readonly primaryChannel: PrimaryChannel;
  readonly stakeholders: Stakeholders;
  readonly accountSince: AccountSince;
  readonly path: Path | null;
  readonly qbr: Qbr;
  readonly voice: Voice;
  readonly usageGrowth: UsageGrowth;
}

/**
 * The relationship to a customer on a day, from its features (S10, S13, S15, S20, S31, S33, S59, S60, S77-S81, S106).
 */
export function relationshipOf(sources: RelationshipSources, context: RelationshipContext): Relationship {
  const { today, feeds, standings, breakpoints, ltvMinor, isStrategic } = context;
  const { signals, relationship } = sources;
  const moment = { today, feeds };
  const stakeholders = stakeholdersOf(signals.contacts, relationship.engagements, moment);
  const depth = depthOf({ standings, signals, stakeholders: stakeholders.there, feeds, today });
  const consistency = consistencyOf(sources, moment);
  const accountSince = accountSinceOf(sources);
  const largestShareBasisPoints = largestShareOf(sources.payments, today);
  return {
    depth,
    consistency,
    paradox: paradoxOf({ breakpoints, ltvMinor, consistency, depth, largestShareBasisPoints }),
    efficiency: efficiencyOf(sources, moment),
    marketingToSalesDays: marketingToSalesDaysOf(sources),
    primaryChannel: primaryChannelOf(sources, moment),
    stakeholders,
    accountSince,
    path: pathOf(sources.agreements),
    qbr: qbrOf({
      signals,
      engagements: relationship.engagements,
      isStrategic,
      accountSinceDay: accountSince.day,
      feeds,
    }),
    voice: voiceOf(relationship.loops, signals, moment),
    usageGrowth: usageGrowthOf(signals.activity, { feed: feeds.activity, today }),
  };
}

const SHARE_WINDOW_DAYS = 365;

/**
 * Share of the greatest purchase day in all that was paid in the last 365 days, basis points (S32, S59); null:
 * nothing was.
 */
export function largestShareOf({ tiles }: PaymentsState, today: number): number | null {
  let largest = 0;
  let sum = 0n;
  for (const [day, , amountMinor] of tiles) {
    if (day <= today - SHARE_WINDOW_DAYS) continue;
    largest = Math.max(largest, amountMinor);
    sum += BigInt(amountMinor);
  }
  return basisPointsOf(BigInt(largest), sum);
}

/** First day after today on which a purchase leaves the year that the shares are of; null: none is in it. */
export function nextShareDay({ tiles }: PaymentsState, today: number): number | null {
  const oldest = tiles.find(([day]) => day > today - SHARE_WINDOW_DAYS);
  return oldest === undefined ? null : oldest[0] + SHARE_WINDOW_DAYS;
}
