import type { FeedStatuses } from '@bellwether/events';
import type { SignalModel, SignalName } from '../models/model-pack.ts';
import type { HealthFacts } from './health-facts.ts';
import {
  readAnnualRevenue,
  readContactsWithEmail,
  readDaysSinceLastTask,
  readWonAmount,
} from './read-account.ts';
import { readActiveAgreements, readAgreementEnd, readAgreementTenure } from './read-agreements.ts';
import { readExecutiveSponsor, readGoalsMet, readValueRealised } from './read-business.ts';
import {
  readCsat,
  readEscalations,
  readResolutionTime,
  readResponseTime,
  readTicketCount,
  readTicketLoad,
} from './read-support.ts';
import {
  readDaysSinceLastActivity,
  readFeatureAdoption,
  readLoginFrequency,
  readSeatUse,
  readTotalActivities,
  readUsageTrend,
} from './read-usage.ts';
import type { Reading, ReadingInput } from './reading.ts';
import { usualOf } from './usual.ts';

const READERS: { readonly [S in SignalName]: (input: ReadingInput) => Reading } = {
  'login-frequency': readLoginFrequency,
  'feature-adoption': readFeatureAdoption,
  'usage-trend': readUsageTrend,
  'seat-use': readSeatUse,
  'days-since-last-activity': readDaysSinceLastActivity,
  'total-activities': readTotalActivities,
  'ticket-load': readTicketLoad,
  'ticket-count': readTicketCount,
  'response-time': readResponseTime,
  'resolution-time': readResolutionTime,
  csat: readCsat,
  escalations: readEscalations,
  'goals-met': readGoalsMet,
  'value-realised': readValueRealised,
  'executive-sponsor': readExecutiveSponsor,
  'active-agreements': readActiveAgreements,
  'agreement-tenure': readAgreementTenure,
  'agreement-end': readAgreementEnd,
  'contacts-with-email': readContactsWithEmail,
  'won-amount': readWonAmount,
  'annual-revenue': readAnnualRevenue,
  'days-since-last-task': readDaysSinceLastTask,
};

/** What readings depend on besides the customer. */
export interface ReadContext {
  /** The tenant's present epoch day. */
  readonly today: number;
  readonly feeds: FeedStatuses;
  /**
   * Medians of the customer's segment by signal, in the unit of its reading, from the tenant's breakpoints (N17); null
   * or absent: none are known.
   */
  readonly segmentMedians?: { readonly [signal: string]: number } | null;
}

/**
 * Reads one signal of a model, and what it is compared with. A window ends today, and what is dated ahead of today (the
 * tenant's date may lag behind its sources by a moment) counts as of today. What a feed told that has stopped may be
 * another by now, facts too: the signal is missing until the feed is back (N2).
 */
export function readSignal(model: SignalModel, facts: HealthFacts, context: ReadContext): Reading {
  const windowDays = model.windowDays ?? Number.POSITIVE_INFINITY;
  const feed = context.feeds[model.feed];
  const reading = READERS[model.signal]({
    facts,
    signals: facts.signals,
    fromDay: context.today - windowDays + 1,
    windowDays,
    today: context.today,
    feed,
  });
  if (!('missing' in reading) && feed?.status === 'stale') return { missing: 'feed-stale' };
  if (model.relativeTo === undefined || 'missing' in reading) return reading;
  const norm = normOf(model, facts, context);
  const isAlwaysCompared = model.curve === undefined && model.steps === undefined;
  return norm === null && isAlwaysCompared ? { missing: 'no-data' } : { ...reading, norm };
}

/** What a reading is compared with; null where that is not known. */
function normOf(
  { signal, windowDays, relativeTo }: SignalModel,
  { signals }: HealthFacts,
  { today, segmentMedians }: ReadContext,
): number | null {
  if (relativeTo?.kind === 'segment') {
    const median = segmentMedians?.[signal];
    return median === undefined || median <= 0 ? null : median;
  }
  if (relativeTo === undefined || windowDays === null) return null;
  return usualOf(signals.activity, { signal, windowDays, baseline: relativeTo, today });
}
