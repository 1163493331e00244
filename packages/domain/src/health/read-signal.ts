import type { FeedStatuses } from '@bellwether/events';
import type { SignalModel, SignalName } from '../models/model-pack.ts';
import type { SignalState } from '../signals/state.ts';
import { readExecutiveSponsor, readGoalsMet, readValueRealised } from './read-business.ts';
import { readCsat, readResolutionTime, readResponseTime, readTicketLoad } from './read-support.ts';
import { readFeatureAdoption, readLoginFrequency, readUsageTrend } from './read-usage.ts';
import type { Reading, ReadingInput } from './reading.ts';

const READERS: { readonly [S in SignalName]: (input: ReadingInput) => Reading } = {
  'login-frequency': readLoginFrequency,
  'feature-adoption': readFeatureAdoption,
  'usage-trend': readUsageTrend,
  'ticket-load': readTicketLoad,
  'response-time': readResponseTime,
  'resolution-time': readResolutionTime,
  csat: readCsat,
  'goals-met': readGoalsMet,
  'value-realised': readValueRealised,
  'executive-sponsor': readExecutiveSponsor,
};

/**
 * Reads one signal of a model. A window ends today, and what is dated ahead of today (the tenant's date may lag behind
 * its sources by a moment) counts as of today.
 */
export function readSignal(
  model: SignalModel,
  signals: SignalState,
  context: { readonly today: number; readonly feeds: FeedStatuses },
): Reading {
  const windowDays = model.windowDays ?? Number.POSITIVE_INFINITY;
  return READERS[model.signal]({
    signals,
    fromDay: context.today - windowDays + 1,
    windowDays,
    today: context.today,
    feed: context.feeds[model.feed],
  });
}
