import {
  type CustomerState,
  decideCustomer,
  evolveCustomer,
  inputForContext,
  inputForEvent,
} from '@bellwether/domain';
import { type CustomerEvent, customerKey, type QuarantineRecord } from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import { decisionContext } from '../decision-context.ts';
import type { TenantContext } from '../tenant-context.ts';
import type { ScoringOutput } from '../topologies/scoring.ts';
import { outputsOf } from './outputs-of.ts';

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
  const present = decisionContext(context, event.day);
  const outputs: Output<ScoringOutput>[] = [];
  let state = work.state;
  if (state && state.contextVersion < context.contextVersion) {
    // The document has not met the present context yet: that change is its own, and comes first.
    const caughtUp = decideCustomer(state, state, inputForContext(present, event));
    outputs.push(...outputsOf(caughtUp));
    state = caughtUp.state;
  }
  const evolved = evolveCustomer(state, event, present.day);
  if (evolved.kind === 'duplicate') return { kind: 'duplicate' };
  if (evolved.kind === 'quarantined') return quarantined(work, evolved);
  const decided = decideCustomer(state, evolved.state, inputForEvent(present, event));
  outputs.push(...outputsOf(decided));
  return { kind: 'ok', state: decided.state, outputs };
}

/** What scoring has no rule for passes through in order, without a sequence. */
function forwardAction({ event, state }: Work): StepResult<CustomerState, ScoringOutput> {
  const { tenant, customerId, id, type, time, receivedAt, data } = event;
  const value = { kind: 'action', tenant, customerId, id, type, time, receivedAt, data };
  return { kind: 'ok', state, outputs: [{ output: 'changes', key: customerKey(tenant, customerId), value }] };
}

function quarantined(
  { event, record }: Work,
  wrong: Pick<QuarantineRecord, 'reason' | 'faults'>,
): StepResult<CustomerState, ScoringOutput> {
  const { topic, partition, offset } = record;
  const value: QuarantineRecord = {
    kind: 'quarantined',
    tenant: event.tenant,
    quarantineId: `${topic}:${partition}:${offset}`,
    customerId: event.customerId,
    stage: 'scoring',
    reason: wrong.reason,
    faults: wrong.faults,
    position: { topic, partition, offset },
    original: JSON.stringify(event),
    encoding: 'utf8',
    receivedAt: event.receivedAt,
  };
  return {
    kind: 'quarantined',
    outputs: [{ output: 'quarantine', key: customerKey(event.tenant, event.customerId), value }],
  };
}
