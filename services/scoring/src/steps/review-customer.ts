import { type CustomerState, reviewDue, type TenantContext } from '@bellwether/domain';
import type { ControlRecord } from '@bellwether/events';
import type { InputRecord, StepResult } from '@bellwether/stream';
import { outputsOf } from './outputs-of.ts';
import type { ScoringOutput } from './scoring-output.ts';

/** Time is an event (N3): a due customer is decided again with the same state on another day. */
export function reviewCustomer(work: {
  readonly control: ControlRecord;
  readonly context: TenantContext;
  readonly state: CustomerState;
  readonly record: Pick<InputRecord, 'partition' | 'offset'>;
}): StepResult<CustomerState, ScoringOutput> {
  const { control, context, state } = work;
  if (control.kind !== 'day' && control.kind !== 'review') return { kind: 'ok', state, outputs: [] };
  const decided = reviewDue(state, context, control.receivedAt);
  if (decided === null) return { kind: 'ok', state, outputs: [] };
  return { kind: 'ok', state: decided.state, outputs: outputsOf(decided, work.record) };
}
