import {
  type CustomerState,
  decideCustomer,
  decisionContext,
  NOTHING_PUBLISHED,
  type Published,
  type PublishedParts,
  type TenantContext,
} from '@bellwether/domain';
import type { OracleBefore, OracleStanding } from '@bellwether/testkit';
import { inputForDay } from '../../../packages/domain/src/customer/decide-input.ts';

/** Everything decided anew from the features that stand, as if nothing had ever been published of the customer. */
export function decidedAfresh(state: CustomerState, head: TenantContext): Published {
  const fresh: CustomerState = { ...state, sequence: 0, published: NOTHING_PUBLISHED };
  const context = decisionContext(head, 0);
  const record = { receivedAt: context.startsAt, historical: false };
  return decideCustomer(undefined, fresh, inputForDay(context, record, fresh)).state.published;
}

/** What was told, in the oracle's words, for the scores that follow from it. */
export function standingOf(parts: PublishedParts): OracleStanding {
  const { health, churn, revenue, tier } = parts;
  const isStale = (missing: readonly { readonly why: string }[] | undefined) =>
    missing?.some(({ why }) => why === 'feed-stale') ?? false;
  return {
    health: health?.valueHundredths ?? null,
    healthLow: health?.lowHundredths ?? null,
    healthHigh: health?.highHundredths ?? null,
    isHealthSilent: isStale(health?.missing),
    isHealthSpoilt: (health?.lost.length ?? 0) > 0,
    heldHealth: health?.heldHundredths ?? null,
    atRisk: health?.atRisk ?? false,
    churn: churn?.valueBasisPoints ?? null,
    churnBand: churn?.band === 'ended' ? 'ended' : (churn?.riskBand ?? null),
    isChurnSilent: isStale(churn?.missing),
    predictedMinor: revenue?.figures.predictedMinor ?? null,
    valueTier: tier?.labels.valueTier ?? null,
    isStrategic: tier?.labels.strategic === 'yes',
    isComplexityTold: parts.complexity !== null,
  };
}

/** What stood before, in the oracle's words. */
export function beforeOf(parts: PublishedParts): OracleBefore {
  return {
    atRisk: parts.health?.atRisk ?? false,
    riskBand: parts.churn?.riskBand ?? null,
    tier: parts.tier?.labels ?? null,
    wasAdvocate: parts.lifecycle?.labels.journeyStage === 'advocacy',
    warnings: Object.fromEntries(parts.warnings.map(({ detector, code }) => [detector, code])),
    qbrDueDay: parts.qbrDue?.dueDay ?? null,
    upsell: parts.upsell,
    advocacy: parts.advocacy !== null,
    winBack: parts.winBack !== null,
    belowTarget: parts.belowTarget !== null,
    callDue: parts.callDue,
    loopOverdue: parts.loopOverdue,
  };
}
