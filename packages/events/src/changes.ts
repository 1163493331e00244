import type { DayRecord, FeedStatuses, MinuteRecord } from './customer-events.ts';
import type { EventData, EventType } from './event-types.ts';

/** Why a change came about (N13). */
export const CAUSES = [
  'new-data',
  'time-decay',
  'late-correction',
  'model-change',
  'reference-change',
  'manual',
  'merge',
] as const;
export type Cause = (typeof CAUSES)[number];

export const SCORES = [
  'ltv',
  'revenue',
  'rfm',
  'health',
  'churn',
  'lifecycle',
  'relationship',
  'tier',
  'complexity',
  'concentration',
] as const;
export type ScoreName = (typeof SCORES)[number];

/** `minor` money, `hundredths` of a point of 100, `count`, `basis-points` of a probability or share (10000 = all). */
export const SCORE_UNITS = ['minor', 'hundredths', 'count', 'basis-points'] as const;

/**
 * One signed part of a change (N1). Contributions are integers in the unit of the score and sum exactly to the delta,
 * or to the value where there is no previous one.
 */
export interface Reason {
  readonly signal: string;
  readonly contribution: number;
  /** The signal's own reading before and after, in its own unit; null where it was not known. */
  readonly before: number | null;
  readonly after: number | null;
  /** Plain words for people: "logins on 4 of the last 30 days". */
  readonly text: string;
}

/** A signal that a score had to do without, and why. */
export interface MissingSignal {
  readonly signal: string;
  /** `feed-absent` tenant never sent it, `feed-stale` the whole feed is silent, `no-data` this customer has none. */
  readonly why: 'feed-absent' | 'feed-stale' | 'no-data';
}

/** A score as it is published: its value, its parts, and how much of it is known. */
export interface ScoreValue {
  readonly unit: (typeof SCORE_UNITS)[number];
  readonly currency?: string;
  /** Null: cannot be scored (band says why). */
  readonly value: number | null;
  readonly band: string | null;
  /** Components by name, in the unit their name tells (`contractedMinor`, `lastPurchaseDay`). */
  readonly parts: { readonly [part: string]: number | null };
  /** Classes by name (`segment`, `valueStage`); null: cannot be told. Absent for scores without classes. */
  readonly labels?: { readonly [label: string]: string | null };
  /** Weight of signals present / total weight, hundredths (10000 = all). */
  readonly coverage?: number;
  readonly confidence?: number;
  /** The value with every expected but missing signal at its worst and at its best. */
  readonly low?: number;
  readonly high?: number;
  /** `low` and `high` lie in different bands. */
  readonly uncertain?: boolean;
  readonly missing?: readonly MissingSignal[];
  readonly model?: { readonly id: string; readonly version: string };
}

/** A score that is to be published anew: the value, what it was, and the signed reasons. */
export interface ScoreDecision extends ScoreValue {
  readonly type: `score.${ScoreName}.changed`;
  readonly score: ScoreName;
  readonly previous: number | null;
  readonly delta: number | null;
  readonly previousBand: string | null;
  readonly reasons: readonly Reason[];
}

/** A score that was published anew. */
export interface ScoreChange extends ScoreDecision {
  /** 1..n per customer and score: no gap, no repeat (of a portfolio: grows, with gaps). */
  readonly sequence: number;
}

/** Conditions that begin and end. */
export const SITUATION_TYPES = [
  'risk.at-risk.raised',
  'risk.at-risk.cleared',
  'risk.below-target.raised',
  'risk.below-target.cleared',
  'risk.early-warning.raised',
  'risk.early-warning.cleared',
  'opportunity.cross-sell.raised',
  'opportunity.cross-sell.withdrawn',
  'opportunity.upsell.raised',
  'opportunity.upsell.withdrawn',
  'opportunity.win-back.raised',
  'opportunity.win-back.withdrawn',
  'opportunity.advocacy.raised',
  'opportunity.advocacy.withdrawn',
  'program.first-year.raised',
  'program.first-year.withdrawn',
  'review.qbr-due.raised',
  'review.qbr-due.settled',
  'renewal.due',
  'renewal.settled',
  'renewal.call-due.raised',
  'renewal.call-due.settled',
  'feedback.loop-overdue.raised',
  'feedback.loop-overdue.settled',
  'portfolio.concentration.raised',
  'portfolio.concentration.cleared',
  'data-quality.source-silent.raised',
  'data-quality.source-silent.cleared',
] as const;
export type SituationType = (typeof SITUATION_TYPES)[number];

/** A condition that began, ended, or fell due. `cause` tells instances of one rule apart (an agreement id). */
export interface SituationChange {
  readonly type: SituationType;
  readonly cause: string;
  /** Why, as a code from a closed list of the rule (`never-sold`, `lapsed`, `health-below-50`). */
  readonly code: string;
  readonly text: string;
  readonly valueMinor: number | null;
  readonly currency: string;
  /** Epoch day by which something must be done. */
  readonly dueDay?: number;
  /** The checkpoint that was reached: days before `dueDay`. */
  readonly daysBefore?: number;
  readonly reasons: readonly Reason[];
}
export type Change = ScoreChange | SituationChange;

/** The value of a change record on `customer-changes`: all consequences of one event together. */
export interface CustomerChange {
  readonly kind: 'change';
  readonly tenant: string;
  readonly customerId: string;
  /** 1..n per customer: no gap, no repeat. */
  readonly sequence: number;
  /** The instant that the values hold for, epoch ms. */
  readonly asOf: number;
  /**
   * The tenant's date by which it was decided, epoch day: never less than in the change before. Absent in records of
   * before it was told, and of portfolios.
   */
  readonly day?: number;
  /** When what caused it was received, epoch ms. */
  readonly knownAt: number;
  readonly historical: boolean;
  readonly cause: Cause;
  readonly causedBy: readonly string[];
  /**
   * Data of the customer may be missing since then, epoch ms (N14); absent while nothing is known to be. A change whose
   * only news this is has no `changes`.
   */
  readonly staleSince?: number;
  /**
   * The customer was merged into this one, under whose id it is scored from now on; the changes take back what was
   * published of it (N23). Absent: it counts for itself.
   */
  readonly mergedInto?: string;
  readonly changes: readonly Change[];
  readonly engineVersion: string;
}

/** What scoring has no rule for and forwards unchanged, in order, without a sequence. */
export type ActionType = Extract<EventType, `alert.${string}`>;
/** What scoring has no rule for and forwards unchanged, in order, without a sequence. */
export interface ForwardedAction {
  readonly kind: 'action';
  readonly tenant: string;
  readonly customerId: string;
  readonly id: string;
  readonly type: ActionType;
  readonly time: number;
  readonly receivedAt: number;
  readonly data: EventData<ActionType>;
}
export type CustomerChangesRecord = CustomerChange | ForwardedAction | DayRecord | MinuteRecord;

/** What a customer adds to the portfolio, before and after; on `portfolio-contributions`, key tenant. */
export interface PortfolioContribution extends Partial<CensusMark>, Partial<FeedsMark> {
  readonly kind: 'contribution';
  readonly tenant: string;
  readonly customerId: string;
  readonly currency: string;
  readonly before: Contribution | null;
  readonly after: Contribution | null;
  readonly asOf: number;
  readonly knownAt: number;
  readonly historical: boolean;
  /** Where it comes from: a record that is told again has the place it had. */
  readonly position: ContributionPosition;
}
/**
 * On the contribution of nobody (`@portfolio`, nothing before or after): one partition of `customer-events` has come to
 * the beginning of a day on which the portfolio is counted.
 */
export interface CensusMark {
  /** Epoch day. */
  readonly countedDay: number;
  /** How many partitions have to come to it. */
  readonly partitions: number;
}
/** On the contribution of nobody: how the feeds of the tenant do, where that differs from what was told before (N2). */
export interface FeedsMark {
  readonly feeds: ToldFeeds;
}
/** How the feeds of a tenant do, as the context of its customers says it. */
export interface ToldFeeds {
  /** Of the context; only ever grows. */
  readonly version: number;
  readonly statuses: FeedStatuses;
}
/** A place on `customer-events`, and which of the contributions of one customer there. */
export interface ContributionPosition {
  readonly partition: number;
  readonly offset: number;
  readonly step: number;
}
/** What a customer adds to its portfolio at one moment. */
export interface Contribution {
  readonly valueMinor: number;
  /** What a census counts, JSON as the rules of scoring made it; absent in records of before there were any. */
  readonly row?: string;
}
