import type { AgreementList } from '../agreements/agreement-state.ts';
import { type Profile, profileValue } from '../customer/profile.ts';
import type { ModelFacts } from '../models/model-pack.ts';
import type { OpportunityList } from '../opportunities/opportunities-state.ts';
import type { SignalState } from '../signals/state.ts';

/** What health is read from: slices of a customer's state as they are kept. */
export interface HealthFacts {
  readonly signals: SignalState;
  readonly profile: Profile;
  readonly agreements: AgreementList;
  readonly opportunities: OpportunityList;
  /** The customer speaks for the product to others (S103); null: never told. */
  readonly isReference: boolean | null;
}

/** The facts that packs may ask for besides their signals. */
export function modelFactsOf({ profile, isReference }: HealthFacts): ModelFacts {
  return { status: profileValue(profile, 'status'), reference: isReference };
}
