import type { CustomerEvent, FeedStatuses } from '@bellwether/events';
import { type OracleAgreement, recomputeAgreements } from './agreements.ts';
import { type OracleHealth, recomputeHealth } from './health.ts';
import { type OracleReading, recomputeReadings, recomputeUsualLogins } from './signals.ts';
import {
  type OracleComplexity,
  type OracleLtv,
  type OracleRfm,
  recomputeComplexity,
  recomputeLtv,
  recomputeMsaOnly,
  recomputeNotices,
  recomputeRfm,
} from './value.ts';

/** What a customer's events say on one day. */
export interface OracleFeatures {
  readonly agreements: readonly OracleAgreement[];
  readonly ltv: OracleLtv;
  readonly rfm: OracleRfm;
  readonly complexity: OracleComplexity;
  readonly msaOnly: 'never-sold' | 'lapsed' | null;
  readonly notices: ReturnType<typeof recomputeNotices>;
  readonly readings: Readonly<Record<string, OracleReading>>;
  readonly health: OracleHealth;
}

/**
 * The oracle: all features of one customer, computed anew from the list of its events in any order, repeats included.
 * It shares no code with the pipeline and is made of plain loops over everything, so that the two can only agree when
 * both are right. Events that the pipeline would quarantine for a limit must not be given to it.
 */
export function recomputeCustomer(
  events: readonly CustomerEvent[],
  context: {
    /** The tenant's present epoch day. */
    readonly today: number;
    readonly feeds: FeedStatuses;
  },
): OracleFeatures {
  const agreements = recomputeAgreements(events, context.today);
  const readings = recomputeReadings(events, context);
  return {
    agreements,
    ltv: recomputeLtv(events, agreements),
    rfm: recomputeRfm(events, context.today),
    complexity: recomputeComplexity(agreements),
    msaOnly: recomputeMsaOnly(agreements),
    notices: recomputeNotices(agreements, context.today),
    readings,
    health: recomputeHealth(readings, recomputeUsualLogins(events, context.today)),
  };
}
