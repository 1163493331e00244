import type { CustomerDecision } from '@bellwether/domain';
import { customerKey, type PortfolioContribution } from '@bellwether/events';
import type { InputRecord, Output } from '@bellwether/stream';
import type { ScoringOutput } from './scoring-output.ts';

/**
 * A decision on a record as outputs: the change under the customer's key, what models that are
 * tried come to beside it, the contribution under the tenant's. `step`
 * tells several decisions of one customer on the same record apart.
 */
export function outputsOf(
  { change, contribution, shadowScores }: CustomerDecision,
  { partition, offset }: Pick<InputRecord, 'partition' | 'offset'>,
  step = 0,
): Output<ScoringOutput>[] {
  const outputs: Output<ScoringOutput>[] = [];
  if (change) {
    outputs.push({ output: 'changes', key: customerKey(change.tenant, change.customerId), value: change });
  }
  if (contribution) {
    const value: PortfolioContribution = { ...contribution, position: { partition, offset, step } };
    outputs.push({ output: 'contributions', key: value.tenant, value });
  }
  if (shadowScores) {
    const { tenant, customerId } = shadowScores;
    outputs.push({ output: 'shadows', key: customerKey(tenant, customerId), value: shadowScores });
  }
  return outputs;
}
