import { type CustomerEvent, slotOf } from '@bellwether/events';
import type { AgreementList } from '../agreements/agreement-state.ts';
import type { ChurnRecord } from '../churn/churn-record.ts';
import type { PublishedChurn } from '../churn/published-churn.ts';
import type { Complexity } from '../complexity/decide-complexity.ts';
import type { DataGaps } from '../gaps/data-gaps.ts';
import type { PublishedHealth } from '../health/published-health.ts';
import type { ShadowHealth } from '../health/shadow-health.ts';
import type { LifecycleValue } from '../lifecycle/decide-lifecycle.ts';
import type { ToldStage } from '../lifecycle/told-stages.ts';
import type { LtvTotals } from '../ltv/decide-ltv.ts';
import type { Member } from '../merging/members.ts';
import type { Membership } from '../merging/membership.ts';
import type { CrossSellCode } from '../opportunities/cross-sell.ts';
import { initialOpportunities, type OpportunityList } from '../opportunities/opportunities-state.ts';
import type { UpsellCode } from '../opportunities/upsell.ts';
import type { PublishedLoopOverdue } from '../relationship/decide-loop-overdue.ts';
import type { RelationshipValue } from '../relationship/relationship-parts.ts';
import { initialRelationship, type RelationshipState } from '../relationship/relationship-state.ts';
import type { RenewalNotice } from '../renewals/decide-renewals.ts';
import { initialPayments, type PaymentsState } from '../rfm/payments-state.ts';
import type { Rfm } from '../rfm/rfm-score.ts';
import { initialSignals, type SignalState } from '../signals/state.ts';
import type { PublishedTier } from '../tier/published-tier.ts';
import type { Revenue } from '../value/decide-revenue.ts';
import type { ForecastRecord } from '../value/forecast-record.ts';
import type { RecurringPayment } from '../value/recurring-payments.ts';
import { initialValueMoments, type ValueMoments } from '../value/time-to-value.ts';
import type { PublishedCallDue } from '../warnings/decide-call-due.ts';
import type { PublishedQbrDue } from '../warnings/decide-qbr-due.ts';
import type { PublishedWarnings } from '../warnings/decide-warnings.ts';
import type { ToldContribution } from './contribution-of.ts';
import { NO_SCORES, type ScoreSequences } from './number-scores.ts';
import type { Profile } from './profile.ts';
import { initialRecentIds, type RecentIds } from './recent-ids.ts';

/** Version of the rules that made a state or a change; other rules, other scores, other version. */
export const ENGINE_VERSION = '1.0.0';

/** What was published last of each part. Null: nothing yet, or nothing that stands. */
export interface PublishedParts {
  readonly ltv: LtvTotals | null;
  readonly rfm: Rfm | null;
  readonly complexity: Complexity | null;
  readonly health: PublishedHealth | null;
  /** Health by models that are tried, where it can differ; absent where there are none. */
  readonly shadows?: readonly ShadowHealth[] | undefined;
  readonly churn: PublishedChurn | null;
  readonly revenue: Revenue | null;
  readonly tier: PublishedTier | null;
  readonly lifecycle: LifecycleValue | null;
  readonly relationship: RelationshipValue | null;
  readonly warnings: PublishedWarnings;
  readonly qbrDue: PublishedQbrDue;
  readonly belowTarget: string | null;
  readonly upsell: UpsellCode | null;
  readonly advocacy: string | null;
  readonly firstYear: string | null;
  readonly winBack: string | null;
  readonly crossSell: CrossSellCode | null;
  readonly notices: readonly RenewalNotice[];
  readonly callDue: PublishedCallDue;
  readonly loopOverdue: PublishedLoopOverdue;
  readonly outcomes: ChurnRecord | null;
  readonly forecasts: ForecastRecord | null;
}

/** First epoch day after the last decision on which each part may change with no new event; absent: never. */
export type NextDays = { readonly [Name in keyof PublishedParts]?: number };

/** What was published last: the next change is told as the difference from it. */
export interface Published extends PublishedParts {
  /** How many changes of each score were published. */
  readonly scoreSequences: ScoreSequences;
  /** Currency of the lifetime value. */
  readonly currency: string | null;
  /** Of the last change: the instant that it holds for, and when what caused it was received, epoch ms. */
  readonly asOf: number | null;
  readonly knownAt: number | null;
  /** What the portfolio knows of; null: nothing yet. */
  readonly contribution: ToldContribution | null;
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
  readonly opportunities: OpportunityList;
  readonly relationship: RelationshipState;
  /** Payments for a period, that recurring revenue is read from (S109). */
  readonly recurring: readonly RecurringPayment[];
  readonly valueMoments: ValueMoments;
  /** Journey stages as sources told them (S89). */
  readonly toldStages: readonly ToldStage[];
  readonly recentIds: RecentIds;
  readonly published: Published;
  /**
   * What of its data may be missing (N14); absent for a customer of whom nothing of the kind was ever told. What was
   * told before the first event of the customer is not in it.
   */
  readonly gaps?: DataGaps;
  /** Customers that were merged into this one, sorted by id (N23); absent for a customer into whom none ever was. */
  readonly members?: readonly Member[];
  /** With whom the customer counts; absent for one that was never merged. */
  readonly membership?: Membership;
  /** No event of the customer itself was taken, only of its mergers: it has no features of its own. */
  readonly isUnseen?: true;
}

export const NOTHING_PUBLISHED: Published = {
  ltv: null,
  rfm: null,
  complexity: null,
  health: null,
  churn: null,
  revenue: null,
  tier: null,
  lifecycle: null,
  relationship: null,
  warnings: [],
  qbrDue: null,
  belowTarget: null,
  upsell: null,
  advocacy: null,
  firstYear: null,
  winBack: null,
  crossSell: null,
  notices: [],
  callDue: null,
  loopOverdue: null,
  outcomes: null,
  forecasts: null,
  scoreSequences: NO_SCORES,
  currency: null,
  asOf: null,
  knownAt: null,
  contribution: null,
  nextDays: {},
};

/** A customer as the first event finds it: nothing but the customer's existence is known. */
export function initialCustomer(
  event: Pick<CustomerEvent, 'tenant' | 'customerId' | 'day' | 'time'>,
): CustomerState {
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
    opportunities: initialOpportunities(),
    relationship: initialRelationship(),
    recurring: [],
    valueMoments: initialValueMoments(),
    toldStages: [],
    recentIds: initialRecentIds(),
    published: NOTHING_PUBLISHED,
  };
}
