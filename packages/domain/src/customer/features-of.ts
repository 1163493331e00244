import { canonical } from '../canonical.ts';
import type { CustomerState } from './customer-state.ts';

/** The part of a state that no order of arrival can change, with the keys of every object sorted (design section 2). */
export function featuresOf(state: CustomerState): unknown {
  const { tenant, customerId, slot, firstEventDay, lastEventAt, profile, agreements, payments, signals } =
    state;
  const { opportunities, relationship, recurring, valueMoments, toldStages } = state;
  return canonical({
    tenant,
    customerId,
    slot,
    firstEventDay,
    lastEventAt,
    profile,
    agreements,
    payments,
    signals,
    opportunities,
    relationship,
    recurring,
    valueMoments,
    toldStages,
  });
}
