import {
  type CustomerState,
  decideCustomer,
  decisionContext,
  evolveCustomer,
  inputForContext,
  inputForEvent,
  isNotice,
  type TenantContext,
} from '@bellwether/domain';
import { type CustomerEvent, customerKey, type QuarantineRecord, shown } from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import { outputsOf } from './outputs-of.ts';
import type { ScoringOutput } from './scoring-output.ts';

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
  // What a source says of somebody who is no customer makes nobody one.
  if (isNotice(event) && work.state === undefined) return { kind: 'ok', state: undefined, outputs: [] };
  const present = decisionContext(context, event.day);
  const outputs: Output<ScoringOutput>[] = [];
  let state = work.state;
  if (state && state.contextVersion < context.contextVersion) {
    // The document has not met the present context yet: that change is its own, and comes first.
    const caughtUp = decideCustomer(state, state, inputForContext(present, event, state));
    outputs.push(...outputsOf(caughtUp, work.record));
    state = caughtUp.state;
  }
  const evolved = evolveCustomer(state, event, present.day);
  if (evolved.kind === 'duplicate') return { kind: 'duplicate' };
  if (evolved.kind === 'quarantined') return quarantined(work, evolved);
  const decided = decideCustomer(state, evolved.state, inputForEvent(present, event));
  outputs.push(...outputsOf(decided, work.record, 1));
  return { kind: 'ok', state: decided.state, outputs };
}

/** What scoring has no rule for passes through in order, without a sequence. */
function forwardAction({ event, state }: Work): StepResult<CustomerState, ScoringOutput> {
  const { tenant, customerId, id, type, time, receivedAt, data } = event;
  const value = { kind: 'action', tenant, customerId, id, type, time, receivedAt, data };
  return { kind: 'ok', state, outputs: [{ output: 'changes', key: customerKey(tenant, customerId), value }] };
}

function quarantined(
  work: Work,
  wrong: Pick<QuarantineRecord, 'reason' | 'faults'>,
): StepResult<CustomerState, ScoringOutput> {
  return { kind: 'quarantined', outputs: [quarantineOutput(entryOf(work, wrong))] };
}

function quarantineOutput(value: QuarantineRecord): Output<ScoringOutput> {
  return { output: 'quarantine', key: customerKey(value.tenant, value.customerId ?? ''), value };
}

function entryOf(
  { event, record }: Pick<Work, 'event' | 'record'>,
  wrong: Pick<QuarantineRecord, 'reason' | 'faults'>,
): QuarantineRecord {
  const { topic, partition, offset } = record;
  return {
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
}

/**
 * A valid event on which a rule failed: it is set aside with what the failure said, so that other customers go on
 * (docs/quarantine.md, internal-failure).
 */
export function buryEvent(record: InputRecord, event: CustomerEvent, error: Error): Output<ScoringOutput> {
  const expected = 'an event that the program can work on';
  const faults = [{ path: '/', expected, got: shown(error.message) }];
  return quarantineOutput(entryOf({ event, record }, { reason: 'internal-failure', faults }));
}
