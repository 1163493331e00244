import type { CustomerEvent } from '@bellwether/events';
import { earliestDay, entityAt, placeOf, withEntity } from '../signals/entities.ts';
import { laterOf, type Written, writtenBy } from '../signals/written.ts';
import { MAX_OPPORTUNITIES, type Opportunity, type OpportunityList } from './opportunities-state.ts';

/** A fact about a sales opportunity. */
export type OpportunityEvent = Extract<CustomerEvent, { readonly type: `opportunity.${string}` }>;

/** True for a fact about a sales opportunity. */
export function isOpportunityEvent(event: CustomerEvent): event is OpportunityEvent {
  return event.type.startsWith('opportunity.');
}

/**
 * Adds one fact to an opportunity. Attributes and outcome are those of the last writer, days the earliest ones told; so
 * a repeat changes nothing, and any order will do.
 *
 * @returns the same reference when nothing changed; undefined when it would be one opportunity too many
 */
export function evolveOpportunities(
  opportunities: OpportunityList,
  event: OpportunityEvent,
): OpportunityList | undefined {
  const id = event.data.opportunityId;
  const place = placeOf(opportunities, id);
  const known = entityAt(opportunities, place, id);
  if (known === undefined && opportunities.length >= MAX_OPPORTUNITIES) return undefined;
  const next = withFact(known ?? blankOpportunity(id), event);
  return known !== undefined && isSame(known, next) ? opportunities : withEntity(opportunities, place, next);
}

function blankOpportunity(id: string): Opportunity {
  return {
    id,
    kind: null,
    stage: null,
    amount: null,
    createdDay: null,
    outcome: null,
    wonDay: null,
    lostDay: null,
  };
}

function withFact(opportunity: Opportunity, event: OpportunityEvent): Opportunity {
  const { day, type, data } = event;
  const { createdDay, wonDay, lostDay } = opportunity;
  return {
    id: opportunity.id,
    kind: laterOf(opportunity.kind, written(event, data.opportunityKind)),
    stage: laterOf(opportunity.stage, written(event, data.stage)),
    amount: laterOf(opportunity.amount, written(event, data.amountMinor)),
    createdDay: type === 'opportunity.created' ? earliestDay(createdDay, day) : createdDay,
    outcome: laterOf(opportunity.outcome, written(event, outcomeOf(type))),
    wonDay: type === 'opportunity.won' ? earliestDay(wonDay, day) : wonDay,
    lostDay: type === 'opportunity.lost' ? earliestDay(lostDay, day) : lostDay,
  };
}

function outcomeOf(type: OpportunityEvent['type']): boolean | undefined {
  if (type === 'opportunity.won') return true;
  return type === 'opportunity.lost' ? false : undefined;
}

function written<Value>(event: OpportunityEvent, value: Value | undefined): Written<Value> | undefined {
  return value === undefined ? undefined : writtenBy(event, value);
}

function isSame(a: Opportunity, b: Opportunity): boolean {
  return (
    a.kind === b.kind &&
    a.stage === b.stage &&
    a.amount === b.amount &&
    a.createdDay === b.createdDay &&
    a.outcome === b.outcome &&
    a.wonDay === b.wonDay &&
    a.lostDay === b.lostDay
  );
}
