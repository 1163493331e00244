import type { CustomerState } from '@bellwether/domain';
import type { ControlRecord } from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';
import type { TenantContext } from '../tenant-context.ts';
import type { ScoringOutput } from './scoring-output.ts';

/** Days and minutes go on to the same-numbered partition of customer-changes once all before them is done. */
export function forwardControl(work: {
  readonly control: ControlRecord;
  readonly context: TenantContext;
  readonly partition: number;
}): StepResult<CustomerState, ScoringOutput> {
  const { control, context, partition } = work;
  const outputs: Output<ScoringOutput>[] = [];
  // An older day than the present one was ignored, so it is not told on either.
  if (control.kind === 'day' && control.day === context.day) {
    outputs.push({ output: 'changes', key: control.tenant, partition, value: control });
  }
  if (control.kind === 'minute') outputs.push({ output: 'changes', key: '', partition, value: control });
  return { kind: 'ok', state: undefined, outputs };
}
