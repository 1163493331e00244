import type { CustomerEvent, Fault, QuarantineReason } from '@bellwether/events';
import { HORIZON_DAYS } from '../signals/state.ts';
import { type EngagementList, MAX_ENGAGEMENTS, NO_ENGAGEMENTS } from './engagement-list.ts';
import { dropOldEngagements, type EngagementEvent, evolveEngagements } from './evolve-engagements.ts';
import { closeLoop, dropOldLoops, evolveLoops, type Loop } from './open-loops.ts';
import { dropOldTouches, evolveTouches, NO_TOUCHES, type TouchState } from './touches.ts';

/**
 * What the relationship to a customer is read from, besides signals, agreements and sales: bounded, plain JSON, each
 * list sorted, so that the events of the last HORIZON_DAYS days make the same state in whatever order they arrive
 * (N5).
 */
export interface RelationshipState {
  readonly touches: TouchState;
  readonly engagements: EngagementList;
  /** Sorted by id. */
  readonly loops: readonly Loop[];
}

const INITIAL: RelationshipState = { touches: NO_TOUCHES, engagements: NO_ENGAGEMENTS, loops: [] };

/** A customer of whom nothing is known. */
export function initialRelationship(): RelationshipState {
  return INITIAL;
}

export type RelationshipEvolution =
  | { readonly ok: true; readonly state: RelationshipState }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/**
 * Takes one event into what the relationship is read from; the same reference when it changes nothing there. Events of
 * every family are to be given, so that what is past the horizon goes whichever event comes. Increments (marketing
 * touches, comments) count as often as they are given; facts about engagements and voices may be repeated.
 * What is to be done after an engagement moves no score (S96).
 *
 * @param today the tenant's present epoch day: what is older than HORIZON_DAYS is let go
 */
export function evolveRelationship(
  state: RelationshipState,
  event: CustomerEvent,
  today: number,
): RelationshipEvolution {
  const keptFromDay = today - HORIZON_DAYS + 1;
  switch (event.type) {
    case 'marketing.touch':
      return kept(
        { ...state, touches: evolveTouches(state.touches, event, keptFromDay) },
        state,
        keptFromDay,
      );
    case 'feedback.nps':
    case 'feedback.csat':
    case 'feedback.ces':
    case 'feedback.comment': {
      const touches = evolveTouches(state.touches, event, keptFromDay);
      return kept({ ...state, touches, loops: evolveLoops(state.loops, event) }, state, keptFromDay);
    }
    case 'feedback.answered': {
      const loops = closeLoop(state.loops, event.data.feedbackId, event.day);
      return kept({ ...state, loops }, state, keptFromDay);
    }
    case 'engagement.qbr-scheduled':
    case 'engagement.qbr-held':
    case 'engagement.qbr-missed':
    case 'engagement.meeting-held':
    case 'engagement.outreach-sent': {
      const engagements = evolveEngagements(state.engagements, event);
      return engagements === undefined ? tooMany(event) : kept({ ...state, engagements }, state, keptFromDay);
    }
    default:
      return kept(state, state, keptFromDay);
  }
}

function kept(next: RelationshipState, state: RelationshipState, keptFromDay: number): RelationshipEvolution {
  const touches = dropOldTouches(next.touches, keptFromDay);
  const engagements = dropOldEngagements(next.engagements, keptFromDay);
  const loops = dropOldLoops(next.loops, keptFromDay);
  const isSame = touches === state.touches && engagements === state.engagements && loops === state.loops;
  return { ok: true, state: isSame ? state : { touches, engagements, loops } };
}

function tooMany(event: EngagementEvent): RelationshipEvolution {
  const [path, got] = ['/data/engagementId', event.data.engagementId];
  const expected = `one of at most ${MAX_ENGAGEMENTS} engagements of a customer within ${HORIZON_DAYS} days`;
  return { ok: false, reason: 'entity-limit', faults: [{ path, expected, got }] };
}
