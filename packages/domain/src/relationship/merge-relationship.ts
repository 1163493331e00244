import { mergeSorted, mergeTiles } from '../merging/merge-sorted.ts';
import { compareValues, lesserOf } from '../ordering.ts';
import { mergeEngagements } from './evolve-engagements.ts';
import { mergeLoops } from './open-loops.ts';
import type { RelationshipState } from './relationship-state.ts';
import type { TouchState } from './touches.ts';

/** What the relationship is read from, of two customers as of one (N23). */
export function mergeRelationship(a: RelationshipState, b: RelationshipState): RelationshipState {
  return {
    touches: mergeTouches(a.touches, b.touches),
    engagements: mergeEngagements(a.engagements, b.engagements),
    loops: mergeLoops(a.loops, b.loops),
  };
}

function mergeTouches(a: TouchState, b: TouchState): TouchState {
  return {
    firstMarketingDay: lesserOf(a.firstMarketingDay, b.firstMarketingDay),
    marketing: mergeSorted(a.marketing, b.marketing, {
      compare: ([one], [other]) => compareValues(one, other),
      join: ([channel, one], [, other]) => [channel, mergeTiles(one, other)],
    }),
    firstFeedbackDay: lesserOf(a.firstFeedbackDay, b.firstFeedbackDay),
    comments: mergeTiles(a.comments, b.comments),
  };
}
