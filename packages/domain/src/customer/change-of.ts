import type { Change, CustomerChange } from '@bellwether/events';
import { partnerOf } from '../merging/membership.ts';
import { type CustomerState, ENGINE_VERSION } from './customer-state.ts';
import type { DecideInput } from './decide-input.ts';

/** The record that tells what was decided of a customer; `state` is the one to be kept. */
export function changeOf(
  state: CustomerState,
  changes: readonly Change[],
  input: DecideInput,
): CustomerChange {
  const { staleSince } = state.published;
  const mergedInto = partnerOf(state);
  return {
    kind: 'change',
    tenant: state.tenant,
    customerId: state.customerId,
    sequence: state.sequence,
    asOf: input.asOf,
    day: input.context.day,
    knownAt: input.knownAt,
    historical: input.historical,
    cause: input.cause,
    causedBy: input.causedBy,
    ...(staleSince === undefined ? {} : { staleSince }),
    ...(mergedInto === null ? {} : { mergedInto }),
    changes,
    engineVersion: ENGINE_VERSION,
  };
}
