import type { HealthFacts } from '../../health/health-facts.ts';
import type { LifecycleSources } from '../../lifecycle/journey-evidence.ts';
import type { RelationshipSources } from '../../relationship/relationship-of.ts';
import type { CustomerState } from '../customer-state.ts';

/** What health is read from. */
export function healthFactsOf(state: CustomerState): HealthFacts {
  const { signals, profile, agreements, opportunities } = state;
  return { signals, profile, agreements, opportunities, isReference: null };
}

/** What the lifecycle is read from. */
export function lifecycleSourcesOf(state: CustomerState): LifecycleSources {
  const { agreements, payments, signals, relationship, opportunities, valueMoments, toldStages } = state;
  return { agreements, payments, signals, relationship, opportunities, valueMoments, toldStages };
}

/** What the relationship is read from. */
export function relationshipSourcesOf(state: CustomerState): RelationshipSources {
  const { profile, agreements, payments, signals, relationship, opportunities, firstEventDay } = state;
  return { profile, agreements, payments, signals, relationship, opportunities, firstEventDay };
}
