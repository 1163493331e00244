import {
  type CustomerState,
  type DecisionContext,
  decideCustomer,
  inputForContext,
} from '@bellwether/domain';
import type { InputRecord, Output } from '@bellwether/stream';
import { outputsOf } from './outputs-of.ts';
import type { ScoringOutput } from './scoring-output.ts';

/** A customer under the present context, and what had to be told for that. */
export interface CaughtUp {
  readonly state: CustomerState | undefined;
  readonly outputs: readonly Output<ScoringOutput>[];
}

/**
 * A document that has not met the present context yet is decided under it first: that change is its own, and comes
 * before what the record brings.
 */
export function catchUp(
  state: CustomerState | undefined,
  present: DecisionContext,
  record: InputRecord<Parameters<typeof inputForContext>[1]>,
): CaughtUp {
  if (!state || state.contextVersion >= present.contextVersion) return { state, outputs: [] };
  const decided = decideCustomer(state, state, inputForContext(present, record.value));
  return { state: decided.state, outputs: outputsOf(decided, record) };
}
