import type { AgreementList } from '../agreements/agreement-state.ts';
import type { OpportunityList } from '../opportunities/opportunities-state.ts';
import { signingDayOf } from '../relationship/account-since.ts';
import type { RelationshipState } from '../relationship/relationship-state.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';
import type { SignalState } from '../signals/state.ts';
import type { ValueMoments } from '../value/time-to-value.ts';
import type { JourneyStage } from './journey-graph.ts';
import type { ToldStage } from './told-stages.ts';

/** The features of a customer that its lifecycle is read from. */
export interface LifecycleSources {
  readonly agreements: AgreementList;
  readonly payments: PaymentsState;
  readonly signals: SignalState;
  readonly relationship: RelationshipState;
  readonly opportunities: OpportunityList;
  readonly valueMoments: ValueMoments;
  readonly toldStages: readonly ToldStage[];
}

/** What shows that a customer has reached a stage. */
export type EvidenceCode =
  | 'marketing-touch'
  | 'opportunity-opened'
  | 'product-tried'
  | 'agreement'
  | 'first-purchase'
  | 'value-realised'
  | 'in-use'
  | 'bought-again'
  | 'renewed'
  | 'year-of-use';

/** From `day` on the customer has come at least as far as `stage`. */
export interface Evidence {
  readonly day: number;
  readonly stage: JourneyStage;
  readonly code: EvidenceCode;
}

/** Onboarding takes this long at least, unless value is realised before (S99). */
export const ONBOARDING_DAYS = 90;
export const USE_YEAR_DAYS = 365;

/**
 * Everything that shows how far a customer has come (S89), in no order, days to come included: a marketing touch; an
 * opportunity or a first use of the product; an agreement or a first purchase; value realised, use 90 days on, or
 * another purchase; a renewal or a year of use. Only what is there is evidence, nothing follows from what is not
 * (D20).
 */
export function evidenceOf(sources: LifecycleSources): readonly Evidence[] {
  const { signals, relationship, opportunities, agreements, valueMoments } = sources;
  const evidence: Evidence[] = [];
  const add = (day: number | null, stage: JourneyStage, code: EvidenceCode) => {
    if (day !== null) evidence.push({ day, stage, code });
  };
  add(relationship.touches.firstMarketingDay, 'awareness', 'marketing-touch');
  for (const { createdDay } of opportunities) add(createdDay, 'consideration', 'opportunity-opened');
  add(signals.activity.firstDay, 'consideration', 'product-tried');
  evidence.push(...evidenceOfAgreements(agreements, signals));
  if (agreements.length === 0) evidence.push(...evidenceOfPurchases(sources.payments));
  const customerFrom = evidence
    .filter(({ stage }) => stage === 'onboarding')
    .reduce((first, { day }) => Math.min(first, day), Number.POSITIVE_INFINITY);
  if (customerFrom === Number.POSITIVE_INFINITY) return evidence;
  const realised = [...signals.goals.map(({ met }) => met?.[1] ?? null), valueMoments.firstRealisedDay];
  for (const day of realised)
    if (day !== null) add(Math.max(day, customerFrom), 'adoption', 'value-realised');
  return evidence;
}

function evidenceOfAgreements(agreements: AgreementList, { activity }: SignalState): readonly Evidence[] {
  return agreements.flatMap((agreement): readonly Evidence[] => {
    if (agreement.terms.isVoid) return [];
    const begun = signingDayOf(agreement);
    const evidence: Evidence[] = [{ day: begun, stage: 'onboarding', code: 'agreement' }];
    if (activity.firstDay !== null && activity.lastDay !== null) {
      const usedFrom = Math.max(begun, activity.firstDay);
      const isUsed = activity.lastDay >= usedFrom;
      if (isUsed)
        evidence.push({
          day: Math.max(begun + ONBOARDING_DAYS, usedFrom),
          stage: 'adoption',
          code: 'in-use',
        });
      const yearDay = usedFrom + USE_YEAR_DAYS;
      if (activity.lastDay >= yearDay)
        evidence.push({ day: yearDay, stage: 'retention', code: 'year-of-use' });
    }
    for (const { kind, day } of agreement.amendments) {
      if (kind === 'renewed')
        evidence.push({ day: Math.max(day, begun), stage: 'retention', code: 'renewed' });
    }
    return evidence;
  });
}

/** Where there are no agreements a purchase is both: the beginning, and use. */
function evidenceOfPurchases({ olderDays, tiles }: PaymentsState): readonly Evidence[] {
  const days = [...olderDays, ...tiles.map(([day]) => day)];
  const [first, second] = days;
  if (first === undefined) return [];
  const evidence: Evidence[] = [{ day: first, stage: 'onboarding', code: 'first-purchase' }];
  if (second !== undefined) evidence.push({ day: second, stage: 'adoption', code: 'bought-again' });
  const yearDay = days.find((day) => day >= first + USE_YEAR_DAYS);
  if (yearDay !== undefined) evidence.push({ day: yearDay, stage: 'retention', code: 'year-of-use' });
  return evidence;
}
