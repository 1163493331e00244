import { mergeAgreements } from '../agreements/merge-agreements.ts';
import type { CustomerState } from '../customer/customer-state.ts';
import type { Slice } from '../customer/parts/part.ts';
import { mergeProfiles } from '../customer/profile.ts';
import { mergeToldStages } from '../lifecycle/told-stages.ts';
import { mergeOpportunities } from '../opportunities/merge-opportunities.ts';
import { mergeRelationship } from '../relationship/merge-relationship.ts';
import { mergePayments } from '../rfm/merge-payments.ts';
import { mergeSignals } from '../signals/merge-signals.ts';
import { mergeRecurringPayments } from '../value/recurring-payments.ts';
import { mergeValueMoments } from '../value/time-to-value.ts';

/** What scores are decided from: the slices of a customer's state that no order of arrival can change. */
export type Features = Pick<CustomerState, Slice | 'lastEventAt'>;
export type FeatureName = keyof Features;

const MERGES: { readonly [Name in FeatureName]: (a: Features[Name], b: Features[Name]) => Features[Name] } = {
  firstEventDay: Math.min,
  lastEventAt: Math.max,
  profile: mergeProfiles,
  agreements: mergeAgreements,
  payments: mergePayments,
  signals: mergeSignals,
  opportunities: mergeOpportunities,
  relationship: mergeRelationship,
  recurring: mergeRecurringPayments,
  valueMoments: mergeValueMoments,
  toldStages: mergeToldStages,
};
/** In the order in which they are kept. */
export const FEATURE_NAMES = Object.keys(MERGES) as readonly FeatureName[];

/** The features alone, of a state or of anything that has them. */
export function pickFeatures(state: Features): Features {
  const picked: { [name: string]: unknown } = {};
  for (const name of FEATURE_NAMES) picked[name] = state[name];
  return picked as unknown as Features;
}

/**
 * A slice of two customers' features as that of one (N23): features are order-free folds of events, so the merge of two
 * folds is the fold of both streams together. Commutative and associative. Lists of the most recent entries keep as
 * many as one customer may have; whether there is room for the rest, `overfullOf` says.
 */
export function mergeFeature<Name extends FeatureName>(
  name: Name,
  a: Features[Name],
  b: Features[Name],
): Features[Name] {
  return MERGES[name](a, b);
}
