import { type CustomerState, isMembershipEvent, type TenantContext, takeEvent } from '@bellwether/domain';
import { type CustomerEvent, customerKey } from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import { mergeCustomer, moveOutputs } from './merge-customer.ts';
import { outputsOf } from './outputs-of.ts';
import type { ScoringOutput } from './scoring-output.ts';
import { setAside } from './set-aside.ts';

interface Work {
  readonly event: CustomerEvent;
  readonly record: InputRecord;
  readonly head: TenantContext;
  readonly state: CustomerState | undefined;
}

/** One event of one customer: take it, tell what changed, or say why it could not be taken. */
export function scoreEvent(work: Work): StepResult<CustomerState, ScoringOutput> {
  const { event, head, record } = work;
  if (event.type === 'alert.acknowledged') return forwardAction(work);
  if (isMembershipEvent(event)) return mergeCustomer({ ...work, event });
  const taken = takeEvent(work.state, event, head);
  if (taken.kind === 'duplicate') return { kind: 'duplicate' };
  if (taken.kind === 'quarantined') {
    const { reason, faults } = taken;
    return { kind: 'quarantined', outputs: [setAside(event, record, { reason, faults })] };
  }
  const { state, caughtUp, decided, move } = taken;
  const outputs: Output<ScoringOutput>[] = [];
  if (caughtUp !== null) outputs.push(...outputsOf(caughtUp, record));
  if (decided !== null) outputs.push(...outputsOf(decided, record, 1));
  if (move !== null) outputs.push(...moveOutputs(move, record));
  return { kind: 'ok', state, outputs };
}

/** What scoring has no rule for passes through in order, without a sequence. */
function forwardAction({ event, state }: Work): StepResult<CustomerState, ScoringOutput> {
  const { tenant, customerId, id, type, time, receivedAt, data } = event;
  const value = { kind: 'action', tenant, customerId, id, type, time, receivedAt, data };
  return { kind: 'ok', state, outputs: [{ output: 'changes', key: customerKey(tenant, customerId), value }] };
}
