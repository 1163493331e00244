import { type CustomerEvent, slotOf } from '@bellwether/events';
import type { AgreementList } from '../agreements/agreement-state.ts';
import type { Complexity } from '../complexity/decide-complexity.ts';
import type { DataGaps } from '../gaps/data-gaps.ts';
import type { PublishedHealth } from '../health/published-health.ts';
import type { LtvTotals } from '../ltv/decide-ltv.ts';
import type { CrossSellCode } from '../opportunities/cross-sell.ts';
import type { RenewalNotice } from '../renewals/decide-renewals.ts';
import type { RfmParts } from '../rfm/decide-rfm.ts';
import { initialPayments, type PaymentsState } from '../rfm/payments-state.ts';
import { initialSignals, type SignalState } from '../signals/state.ts';
import { NO_SCORES, type ScoreSequences } from './number-scores.ts';
import type { Profile } from './profile.ts';
import { initialRecentIds, type RecentIds } from './recent-ids.ts';

/** Version of the rules that made a state or a change; other rules, other scores, other version. */
export const ENGINE_VERSION = '1.0.0';

/** First epoch day after the last decision on which each part may change with no new event; null: never. */
export interface NextDays {
  readonly agreements: number | null;
  readonly payments: number | null;
  readonly signals: number | null;
}

/** What was published last: the next change is told as the difference from it. Null: nothing yet. */
export interface Published {
  readonly ltv: LtvTotals | null;
  readonly rfm: RfmParts | null;
  readonly complexity: Complexity | null;
  readonly crossSell: CrossSellCode | null;
  readonly notices: readonly RenewalNotice[];
  readonly health: PublishedHealth | null;
  /** How many changes of each score were published. */
  readonly scoreSequences: ScoreSequences;
  /** Currency of the lifetime value. */
  readonly currency: string | null;
  /** Of the last change: the instant that it holds for, and when what caused it was received, epoch ms. */
  readonly asOf: number | null;
  readonly knownAt: number | null;
  /** Value that the portfolio knows of. */
  readonly contributionMinor: number | null;
  readonly nextDays: NextDays;
  /** What the last change said of data that may be missing, epoch ms; absent: nothing. */
  readonly staleSince?: number;
}

/**
 * Everything scoring keeps of a customer. Built in one key order always, so that equal records in equal order give
 * equal JSON. All but `sequence`, `contextVersion`, `nextReviewDay`, `recentIds`, `published` and `gaps` is free of the
 * order in which events arrive.
 */
export interface CustomerState {
  readonly tenant: string;
  readonly customerId: string;
  readonly slot: number;
  readonly engineVersion: string;
  /** Number of the last published change; 0 before the first. */
  readonly sequence: number;
  /** Version of the tenant's context under which the customer was decided last. */
  readonly contextVersion: number;
  /** First epoch day on which some score may change with no new event; null: never. */
  readonly nextReviewDay: number | null;
  readonly firstEventDay: number;
  /** Time of the latest event, epoch ms. */
  readonly lastEventAt: number;
  readonly profile: Profile;
  readonly agreements: AgreementList;
  readonly payments: PaymentsState;
  readonly signals: SignalState;
  readonly recentIds: RecentIds;
  readonly published: Published;
  /**
   * What of its data may be missing (N14); absent for a customer of whom nothing of the kind was ever told. What was
   * told before the first event of the customer is not in it.
   */
  readonly gaps?: DataGaps;
}

export const NOTHING_PUBLISHED: Published = {
  ltv: null,
  rfm: null,
  complexity: null,
  crossSell: null,
  notices: [],
  health: null,
  scoreSequences: NO_SCORES,
  currency: null,
  asOf: null,
  knownAt: null,
  contributionMinor: null,
  nextDays: { agreements: null, payments: null, signals: null },
};

/** A customer as the first event finds it: nothing but the customer's existence is known. */
export function initialCustomer(event: CustomerEvent): CustomerState {
  return {
    tenant: event.tenant,
    customerId: event.customerId,
    slot: slotOf(event.customerId),
    engineVersion: ENGINE_VERSION,
    sequence: 0,
    contextVersion: 0,
    nextReviewDay: null,
    firstEventDay: event.day,
    lastEventAt: event.time,
    profile: {},
    agreements: [],
    payments: initialPayments(),
    signals: initialSignals(),
    recentIds: initialRecentIds(),
    published: NOTHING_PUBLISHED,
  };
}
