import type { CustomerEvent, Fault, QuarantineReason } from '@bellwether/events';
import { isAgreementEvent } from '../agreements/agreement-state.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { foldNotice, isNotice, NO_GAPS } from '../gaps/data-gaps.ts';
import { evolveToldStages } from '../lifecycle/told-stages.ts';
import {
  evolveOpportunities,
  isOpportunityEvent,
  type OpportunityEvent,
} from '../opportunities/evolve-opportunities.ts';
import { MAX_OPPORTUNITIES, type OpportunityList } from '../opportunities/opportunities-state.ts';
import { evolveRelationship } from '../relationship/relationship-state.ts';
import { evolvePayments, foldOldTiles } from '../rfm/evolve-payments.ts';
import { evolveSignals } from '../signals/evolve-signals.ts';
import { HORIZON_DAYS } from '../signals/state.ts';
import { evolveRecurringPayments, type RecurringPayment } from '../value/recurring-payments.ts';
import { evolveValueMoments } from '../value/time-to-value.ts';
import { type CustomerState, initialCustomer } from './customer-state.ts';
import type { Slice } from './parts/part.ts';
import { evolveProfile } from './profile.ts';
import { hasRecentId, recentIdOf, withRecentId } from './recent-ids.ts';

export type CustomerEvolution =
  | { readonly kind: 'ok'; readonly state: CustomerState }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

type Part = Partial<Pick<CustomerState, Slice>>;
type PartEvolution =
  | { readonly kind: 'ok'; readonly part: Part }
  | Exclude<CustomerEvolution, { kind: 'ok' }>;

/**
 * Takes one event into its customer; pure, nothing is published here. `today` is the tenant's epoch day; it only ever
 * grows. A duplicate was seen before by its identity (source, id) among the recent events, or is known to its
 * agreement; a quarantined event leaves no trace, so that it can be sent again once it is put right.
 */
export function evolveCustomer(
  state: CustomerState | undefined,
  event: CustomerEvent,
  today: number,
): CustomerEvolution {
  const known = state === undefined ? initialCustomer(event) : seenBy(state, event);
  const recentId = recentIdOf(event);
  if (hasRecentId(known.recentIds, recentId)) return { kind: 'duplicate' };
  if (isNotice(event)) {
    const recentIds = withRecentId(known.recentIds, recentId, event.receivedAt);
    const base = state ?? known;
    return { kind: 'ok', state: { ...base, recentIds, gaps: foldNotice(base.gaps ?? NO_GAPS, event) } };
  }
  const evolved = evolvePart(known, event, today);
  if (evolved.kind !== 'ok') return evolved;
  const related = evolveRelationship(known.relationship, event, today);
  if (!related.ok) return { kind: 'quarantined', reason: related.reason, faults: related.faults };
  const next: CustomerState = {
    ...known,
    ...evolved.part,
    relationship: related.state,
    recurring: recurringAfter(known.recurring, event, today),
    valueMoments: evolveValueMoments(known.valueMoments, event),
    toldStages: evolveToldStages(known.toldStages, event),
    firstEventDay: Math.min(known.firstEventDay, event.day),
    lastEventAt: Math.max(known.lastEventAt, event.time),
    recentIds: withRecentId(known.recentIds, recentId, event.receivedAt),
  };
  const payments = foldOldTiles(next.payments, today);
  return { kind: 'ok', state: payments === next.payments ? next : { ...next, payments } };
}

/** The first event of a customer of whom only mergers are known is the beginning of its features (N23). */
function seenBy({ isUnseen, ...state }: CustomerState, event: CustomerEvent): CustomerState {
  return isUnseen === true ? { ...state, firstEventDay: event.day, lastEventAt: event.time } : state;
}

function evolvePart(known: CustomerState, event: CustomerEvent, today: number): PartEvolution {
  if (isAgreementEvent(event)) {
    const evolved = evolveAgreements(known.agreements, event);
    return evolved.kind === 'ok' ? { kind: 'ok', part: { agreements: evolved.result } } : evolved;
  }
  if (event.type === 'payment.paid') {
    const evolved = evolvePayments(known.payments, event, today);
    return evolved.kind === 'ok' ? { kind: 'ok', part: { payments: evolved.payments } } : evolved;
  }
  if (event.type === 'customer.profile') {
    return { kind: 'ok', part: { profile: evolveProfile(known.profile, event) } };
  }
  if (isOpportunityEvent(event)) return evolveSales(known.opportunities, event);
  const evolved = evolveSignals(known.signals, event, today);
  if (!evolved.ok) return { kind: 'quarantined', reason: evolved.reason, faults: evolved.faults };
  return { kind: 'ok', part: { signals: evolved.state } };
}

/** Recurring revenue is asked for as it was a year ago too. */
function recurringAfter(
  known: readonly RecurringPayment[],
  event: CustomerEvent,
  today: number,
): readonly RecurringPayment[] {
  if (event.type !== 'payment.paid') return known;
  return evolveRecurringPayments(known, event, today - HORIZON_DAYS + 1);
}

function evolveSales(known: OpportunityList, event: OpportunityEvent): PartEvolution {
  const opportunities = evolveOpportunities(known, event);
  if (opportunities !== undefined) return { kind: 'ok', part: { opportunities } };
  const expected = `one of at most ${MAX_OPPORTUNITIES} opportunities of a customer`;
  const fault = { path: '/data/opportunityId', expected, got: event.data.opportunityId };
  return { kind: 'quarantined', reason: 'entity-limit', faults: [fault] };
}
