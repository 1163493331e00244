import { mergeById } from '../merging/merge-sorted.ts';
import { lesserOf } from '../ordering.ts';
import { laterOf } from '../signals/written.ts';
import type { Opportunity, OpportunityList } from './opportunities-state.ts';

/** The opportunities of two customers as those of one (N23). */
export function mergeOpportunities(a: OpportunityList, b: OpportunityList): OpportunityList {
  return mergeById(a, b, joined);
}

function joined(a: Opportunity, b: Opportunity): Opportunity {
  return {
    id: a.id,
    kind: laterOf(a.kind, b.kind),
    stage: laterOf(a.stage, b.stage),
    amount: laterOf(a.amount, b.amount),
    createdDay: lesserOf(a.createdDay, b.createdDay),
    outcome: laterOf(a.outcome, b.outcome),
    wonDay: lesserOf(a.wonDay, b.wonDay),
    lostDay: lesserOf(a.lostDay, b.lostDay),
  };
}
