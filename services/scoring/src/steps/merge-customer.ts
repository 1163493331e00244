import {
  type CustomerDecision,
  type CustomerState,
  catchUp,
  decideCustomer,
  decisionContext,
  inputForMerge,
  inputForTransfer,
  type MembershipEvent,
  type MembershipMove,
  type TenantContext,
  takeTransfer,
  tellMembership,
} from '@bellwether/domain';
import { customerKey, type TransferRecord } from '@bellwether/events';
import type { InputRecord, Output, StepResult } from '@bellwether/stream';
import { outputsOf } from './outputs-of.ts';
import type { ScoringOutput } from './scoring-output.ts';
import { setAside, setAsideMerge } from './set-aside.ts';

interface Work {
  readonly record: InputRecord;
  readonly head: TenantContext;
  readonly state: CustomerState | undefined;
}

/** A source says with whom a customer counts (N23): what was published of it is taken back, or published anew. */
export function mergeCustomer({
  event,
  ...work
}: Work & { readonly event: MembershipEvent }): StepResult<CustomerState, ScoringOutput> {
  const present = decisionContext(work.head, event.day);
  const caughtUp = catchUp(work.state, present, event);
  const [state, outputs] = afterwards(work, caughtUp);
  const told = tellMembership(state, event);
  if (told.kind === 'duplicate') return told;
  if (told.kind === 'quarantined') {
    const { reason, faults } = told;
    return { kind: 'quarantined', outputs: [setAside(event, work.record, { reason, faults })] };
  }
  const decided = decideCustomer(state, told.move.state, inputForMerge(present, event));
  return {
    kind: 'ok',
    state: decided.state,
    outputs: [...outputs, ...outputsOf(decided, work.record, 1), ...moveOutputs(told.move, work.record)],
  };
}

/** What another customer tells this one: it counts with it from now on, as it is now, or no longer (N23). */
export function scoreTransfer({
  transfer,
  ...work
}: Work & { readonly transfer: TransferRecord }): StepResult<CustomerState, ScoringOutput> {
  const present = decisionContext(work.head, transfer.day);
  const caughtUp = catchUp(work.state, present, transfer);
  const [state, outputs] = afterwards(work, caughtUp);
  const move = takeTransfer(state, transfer);
  const told = moveOutputs(move, work.record);
  if (move.state === undefined || move.state === state) {
    return { kind: 'ok', state, outputs: [...outputs, ...told] };
  }
  const decided = decideCustomer(state, move.state, inputForTransfer(present, transfer));
  return {
    kind: 'ok',
    state: decided.state,
    outputs: [...outputs, ...outputsOf(decided, work.record, 1), ...told],
  };
}

/** The customer under the present context, and what had to be told for that. */
function afterwards(
  { state, record }: Work,
  caughtUp: CustomerDecision | null,
): readonly [state: CustomerState | undefined, outputs: readonly Output<ScoringOutput>[]] {
  return caughtUp === null ? [state, []] : [caughtUp.state, outputsOf(caughtUp, record)];
}

/** What other customers have to be told, and the merge that could not be. */
export function moveOutputs(
  { transfers, refused }: MembershipMove<unknown>,
  record: InputRecord,
): readonly Output<ScoringOutput>[] {
  const told = transfers.map(
    (value): Output<ScoringOutput> => ({
      output: 'transfers',
      key: customerKey(value.tenant, value.customerId),
      value,
    }),
  );
  return refused === undefined ? told : [...told, setAsideMerge(record, refused)];
}
