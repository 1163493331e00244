import { lesserOf, mergeById } from '../merging/merge-sorted.ts';
import { laterOf } from '../signals/written.ts';
import { laterText } from './evolve-opportunities.ts';
import type { Opportunity, OpportunityList } from './opportunities-state.ts';

/** The opportunities of two customers as those of one (N23). */
export function mergeOpportunities(a: OpportunityList, b: OpportunityList): OpportunityList {
  return mergeById(a, b, joined);
}

function joined(a: Opportunity, b: Opportunity): Opportunity {
  return {
    id: a.id,
    kind: laterText(a.kind, b.kind ?? undefined),
    stage: laterText(a.stage, b.stage ?? undefined),
    amount: laterOf(a.amount, b.amount ?? undefined),
    createdDay: lesserOf(a.createdDay, b.createdDay),
    outcome: laterOf(a.outcome, b.outcome ?? undefined),
    wonDay: lesserOf(a.wonDay, b.wonDay),
    lostDay: lesserOf(a.lostDay, b.lostDay),
  };
}
