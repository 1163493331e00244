import type { CustomerDecision } from '@bellwether/domain';
import { customerKey } from '@bellwether/events';
import type { Output } from '@bellwether/stream';
import type { ScoringOutput } from '../topologies/scoring.ts';

/** A decision as outputs: the change under the customer's key, the contribution under the tenant's. */
export function outputsOf({ change, contribution }: CustomerDecision): Output<ScoringOutput>[] {
  const outputs: Output<ScoringOutput>[] = [];
  if (change) {
    outputs.push({ output: 'changes', key: customerKey(change.tenant, change.customerId), value: change });
  }
  if (contribution) outputs.push({ output: 'contributions', key: contribution.tenant, value: contribution });
  return outputs;
}
