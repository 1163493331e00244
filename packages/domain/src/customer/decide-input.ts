import type { Cause, CustomerEvent, FeedStatuses, TenantSettings, TransferRecord } from '@bellwether/events';
import type { PortfolioFindings } from '../census/count-portfolio.ts';
import type { ContextVersions } from '../context/context-items.ts';
import type { TenantModels } from '../models/tenant-models.ts';
import type { CustomerState } from './customer-state.ts';

/** A tenant's context as the log has told it so far. */
export interface DecisionContext {
  /** The tenant's present epoch day. */
  readonly day: number;
  /** When that day began, epoch ms. */
  readonly startsAt: number;
  readonly settings: TenantSettings;
  readonly feeds: FeedStatuses;
  /** What customers are compared with and predicted by; null before the first census. */
  readonly findings: PortfolioFindings | null;
  /** By which health is scored. */
  readonly models: TenantModels;
  /** Grows with every context item that scores depend on. */
  readonly contextVersion: number;
  readonly itemVersions: ContextVersions;
}

/** Why and as of when a customer is decided; it is written on the change that comes of it. */
export interface DecideInput {
  readonly context: DecisionContext;
  readonly cause: Cause;
  readonly causedBy: readonly string[];
  /** The instant the values hold for, epoch ms. */
  readonly asOf: number;
  readonly knownAt: number;
  readonly historical: boolean;
}

/** An event may come this many days after the day it belongs to before it is a correction of the past. */
const GRACE_DAYS = 1;

/** Input for the decision that follows an event. Live or imported, only an event of an earlier day is a correction. */
export function inputForEvent(context: DecisionContext, event: CustomerEvent): DecideInput {
  return {
    ...inputForOccasion(context, event),
    cause: event.day < context.day - GRACE_DAYS ? 'late-correction' : 'new-data',
    causedBy: [event.id],
  };
}

/** Input for deciding a customer anew under a newer context, before an event of theirs is taken. */
export function inputForContext(
  context: DecisionContext,
  record: Occasion,
  state: CustomerState,
): DecideInput {
  return { ...inputForOccasion(context, record), cause: contextCause(context, state), causedBy: [] };
}

/** When something happened, epoch ms. */
type Occasion = Pick<CustomerEvent, 'time' | 'receivedAt' | 'historical'>;

function inputForOccasion(
  context: DecisionContext,
  { time, receivedAt: knownAt, historical }: Occasion,
): Omit<DecideInput, 'cause' | 'causedBy'> {
  return { context, asOf: Math.max(context.startsAt, time), knownAt, historical };
}

/** Input for the decision that follows what a merged customer told (N23); it knows its cause itself. */
export function inputForTransfer(context: DecisionContext, transfer: TransferRecord): DecideInput {
  const { cause, causedBy } = transfer;
  return { ...inputForOccasion(context, transfer), cause, causedBy };
}

/** Input for the decision that follows an event that says with whom the customer counts (N23). */
export function inputForMerge(context: DecisionContext, event: CustomerEvent): DecideInput {
  return { ...inputForEvent(context, event), cause: 'merge' };
}

/** Input for a customer that is due as a day begins: time has passed for it, or only the context is newer. */
export function inputForDay(
  context: DecisionContext,
  record: { readonly receivedAt: number; readonly historical: boolean },
  state: CustomerState,
): DecideInput {
  const cause = contextCause(context, state);
  const isTimeUp = state.nextReviewDay !== null && state.nextReviewDay <= context.day;
  return {
    context,
    cause: isTimeUp && cause !== 'model-change' ? 'time-decay' : cause,
    causedBy: [],
    asOf: context.startsAt,
    knownAt: record.receivedAt,
    historical: record.historical,
  };
}

/** Another model counts than the one that the customer was decided by (N13), or something else holds for the tenant. */
function contextCause(context: DecisionContext, state: CustomerState): Cause {
  return state.contextVersion < context.itemVersions.models ? 'model-change' : 'reference-change';
}
