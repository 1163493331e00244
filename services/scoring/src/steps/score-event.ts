import {
  type CustomerState,
  decideCustomer,
  decisionContext,
  evolveCustomer,
  inputForEvent,
  isMembershipEvent,
  isNotice,
  occasionOf,
  type TenantContext,
  tellPartner,
  tooMuchOf,
} from '@bellwether/domain';
import { type CustomerEvent, customerKey } from '@bellwether/events';
import type { InputRecord, StepResult } from '@bellwether/stream';
import { catchUp } from './catch-up.ts';
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

/** One event of one customer: evolve the state, decide what changed, or say why it could not be taken. */
export function scoreEvent(work: Work): StepResult<CustomerState, ScoringOutput> {
  const { event, head: context } = work;
  if (event.type === 'alert.acknowledged') return forwardAction(work);
  if (isMembershipEvent(event)) return mergeCustomer({ ...work, event });
  // What a source says of somebody who is no customer makes nobody one.
  if (isNotice(event) && work.state === undefined) return { kind: 'ok', state: undefined, outputs: [] };
  const present = decisionContext(context, event.day);
  const record = { ...work.record, value: event };
  const { state, outputs } = catchUp(work.state, present, record);
  const evolved = evolveCustomer(state, event, present.day);
  if (evolved.kind === 'duplicate') return { kind: 'duplicate' };
  if (evolved.kind === 'quarantined') {
    const { reason, faults } = evolved;
    return { kind: 'quarantined', outputs: [setAside(event, work.record, { reason, faults })] };
  }
  const fault = evolved.state.members === undefined ? undefined : tooMuchOf(evolved.state);
  if (fault !== undefined) {
    const faults = [{ ...fault, path: '/data' }];
    return {
      kind: 'quarantined',
      outputs: [setAside(event, work.record, { reason: 'entity-limit', faults })],
    };
  }
  const input = inputForEvent(present, event);
  const move = tellPartner(evolved.state, occasionOf(event, input.cause));
  const decided = decideCustomer(state, move.state, input);
  return {
    kind: 'ok',
    state: decided.state,
    outputs: [...outputs, ...outputsOf(decided, work.record, 1), ...moveOutputs(move, work.record)],
  };
}

/** What scoring has no rule for passes through in order, without a sequence. */
function forwardAction({ event, state }: Work): StepResult<CustomerState, ScoringOutput> {
  const { tenant, customerId, id, type, time, receivedAt, data } = event;
  const value = { kind: 'action', tenant, customerId, id, type, time, receivedAt, data };
  return { kind: 'ok', state, outputs: [{ output: 'changes', key: customerKey(tenant, customerId), value }] };
}
