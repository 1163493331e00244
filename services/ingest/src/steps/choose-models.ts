import { applyChoice, type ModelChoice, NO_CHOICE } from '@bellwether/domain';
import { ALL_SLOTS, type ContextRecord, type ModelChoiceRecord, type ReviewRecord } from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';
import type { TenantGate } from './forward-event.ts';
import { toEveryPartition } from './spread-history.ts';

/** What one tenant's models are, as their owner keeps it. */
export interface ModelsState {
  readonly tenant: string;
  readonly choice: ModelChoice;
}

/**
 * Applies what somebody wants of a tenant's models (N6): it is told to every partition, and after it every customer is
 * looked at once, on the tenant's present day. The edge has answered what it could know to be impossible; what became
 * so on the way here is left out. So is what is wanted while a history is imported, whose only writer is the import.
 */
export function chooseModels(
  state: ModelsState | undefined,
  wanted: ModelChoiceRecord,
  { gate, partitions }: { readonly gate: TenantGate | undefined; readonly partitions: number },
): StepResult<ModelsState, 'events'> {
  const { tenant, at } = wanted;
  const before = state?.choice ?? NO_CHOICE;
  const result = applyChoice(before, wanted);
  if (!result.ok || gate?.clock === 'importing') return { kind: 'ok', state, outputs: [] };
  const { choice } = result;
  const { version } = choice;
  const context: ContextRecord = {
    kind: 'context',
    tenant,
    item: 'models',
    version,
    receivedAt: at,
    value: { choice: JSON.stringify(choice) },
  };
  const review: ReviewRecord = { kind: 'review', tenant, version, ...ALL_SLOTS, receivedAt: at };
  const outputs: Output<'events'>[] = [
    ...toEveryPartition('events', context, partitions),
    ...toEveryPartition('events', review, partitions),
  ];
  return { kind: 'ok', state: { tenant, choice }, outputs };
}
