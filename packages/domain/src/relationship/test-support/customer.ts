import { type CustomerEvent, FEEDS, type FeedStatuses } from '@bellwether/events';
import type { AgreementEvent, AgreementList } from '../../agreements/agreement-state.ts';
import { standingsOf } from '../../agreements/agreement-status.ts';
import { evolveAgreements } from '../../agreements/evolve-agreements.ts';
import { evolveProfile } from '../../customer/profile.ts';
import type { LifecycleSources } from '../../lifecycle/journey-evidence.ts';
import { evolveToldStages } from '../../lifecycle/told-stages.ts';
import { evolveOpportunities, type OpportunityEvent } from '../../opportunities/evolve-opportunities.ts';
import { initialOpportunities, type OpportunityList } from '../../opportunities/opportunities-state.ts';
import { evolvePayments } from '../../rfm/evolve-payments.ts';
import { initialPayments, type PaymentsState } from '../../rfm/payments-state.ts';
import { evolveSignals } from '../../signals/evolve-signals.ts';
import { initialSignals } from '../../signals/state.ts';
import { evolveValueMoments, initialValueMoments } from '../../value/time-to-value.ts';
import type { RelationshipContext, RelationshipSources } from '../relationship-of.ts';
import { evolveRelationship, initialRelationship } from '../relationship-state.ts';

/** For tests only: everything that is known of a customer after some events, on days counted from TODAY. */

/** A Wednesday, 2024-10-02. */
export const TODAY = 19_998;
/** The Monday of its week. */
export const WEEK_START = 19_996;

export type Customer = RelationshipSources & LifecycleSources;

/** What is known on TODAY of a customer after these events. */
export function customerOf(events: readonly CustomerEvent[], today = TODAY): Customer {
  let customer = emptyCustomer();
  for (const event of events) customer = customerAfter(customer, event, today);
  return customer;
}

/** A customer of whom nothing is known. */
export function emptyCustomer(): Customer {
  return {
    profile: {},
    agreements: [],
    payments: initialPayments(),
    signals: initialSignals(),
    relationship: initialRelationship(),
    toldStages: [],
    opportunities: initialOpportunities(),
    valueMoments: initialValueMoments(),
    firstEventDay: Number.POSITIVE_INFINITY,
  };
}

/** One event more, taken as the scoring of a customer takes it. */
export function customerAfter(customer: Customer, event: CustomerEvent, today: number): Customer {
  return {
    profile: event.type === 'customer.profile' ? evolveProfile(customer.profile, event) : customer.profile,
    agreements: isOfAgreement(event) ? agreementsAfter(customer.agreements, event) : customer.agreements,
    payments: paymentsAfter(customer.payments, event, today),
    signals: accepted(evolveSignals(customer.signals, event, today)),
    relationship: accepted(evolveRelationship(customer.relationship, event, today)),
    toldStages: evolveToldStages(customer.toldStages, event),
    opportunities: opportunitiesAfter(customer.opportunities, event),
    valueMoments: evolveValueMoments(customer.valueMoments, event),
    firstEventDay: Math.min(customer.firstEventDay, event.day),
  };
}

function accepted<State>(evolved: { ok: true; state: State } | { ok: false; reason: string }): State {
  if (!evolved.ok) throw new Error(`quarantined as ${evolved.reason}`);
  return evolved.state;
}

function agreementsAfter(agreements: AgreementList, event: AgreementEvent): AgreementList {
  const evolved = evolveAgreements(agreements, event);
  return evolved.kind === 'ok' ? evolved.result : agreements;
}

function paymentsAfter(payments: PaymentsState, event: CustomerEvent, today: number): PaymentsState {
  if (event.type !== 'payment.paid') return payments;
  const evolved = evolvePayments(payments, event, today);
  return evolved.kind === 'ok' ? evolved.payments : payments;
}

function isOfAgreement(event: CustomerEvent): event is AgreementEvent {
  return event.type.startsWith('agreement.');
}

function opportunitiesAfter(opportunities: OpportunityList, event: CustomerEvent): OpportunityList {
  if (!isOfOpportunity(event)) return opportunities;
  return evolveOpportunities(opportunities, event) ?? opportunities;
}

function isOfOpportunity(event: CustomerEvent): event is OpportunityEvent {
  return event.type.startsWith('opportunity.');
}

/** Every feed of the tenant in one condition, heard until TODAY; some of them in another, or absent. */
export function feedsOf(
  status: 'fresh' | 'stale' = 'fresh',
  others: { readonly [feed: string]: 'fresh' | 'stale' | 'absent' } = {},
): FeedStatuses {
  return Object.fromEntries(
    FEEDS.flatMap((feed) => {
      const condition = others[feed] ?? status;
      return condition === 'absent' ? [] : [[feed, { status: condition, lastDay: TODAY }]];
    }),
  );
}

/** What the relationship of a customer depends on besides, on a day when all feeds deliver. */
export function contextOf(
  customer: Customer,
  overrides: Partial<RelationshipContext> = {},
): RelationshipContext {
  const today = overrides.today ?? TODAY;
  return {
    today,
    feeds: feedsOf(),
    standings: standingsOf(customer.agreements, today),
    isStrategic: false,
    ltvMinor: null,
    breakpoints: null,
    ...overrides,
  };
}
