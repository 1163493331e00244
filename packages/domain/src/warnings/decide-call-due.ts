import { formatDay, type SituationChange } from '@bellwether/events';
import type { RenewalAnchor, RenewalCall } from './renewal-anchor.ts';
import type { Worth } from './sign.ts';

/** What the situation is about: the one decision of the customer that comes first. */
export const CALL_DUE_CAUSE = 'renewal-call';

/** The call that was last told to be due; null: none is. */
export type PublishedCallDue = {
  readonly agreementId: string;
  readonly dueDay: number;
  readonly checkpoint: RenewalCall['checkpoint'];
} | null;

/** The decision that comes first, and the call that is asked for before it. */
export interface CallInput {
  readonly anchor: RenewalAnchor | null;
  /** Null: no checkpoint was reached. */
  readonly call: RenewalCall | null;
  /** Whether a call would be heard of: the feed of opportunities is there and not silent. */
  readonly isHeard: boolean;
}

/**
 * `renewal.call-due.raised` when a checkpoint is reached (180 and 90 days before the customer must decide) and nobody
 * has said since what will come of the renewal; `.settled` when that is said, or nothing is left to decide (N18). Of
 * every agreement that renewal notices are for; one situation a customer, as a call is made for the customer. While the
 * feed of opportunities is silent or never came, what stands is kept: the call may well have been made.
 */
export function decideCallDue(
  previous: PublishedCallDue,
  { anchor, call, isHeard }: CallInput,
  worth: Worth,
): { readonly published: PublishedCallDue; readonly situations: readonly SituationChange[] } {
  if (!isHeard) return { published: previous, situations: [] };
  const isDue = anchor !== null && call !== null && call.madeDay === null;
  if (isDue) {
    const { agreementId, dueDay } = anchor;
    const { checkpoint } = call;
    const isKnown =
      previous?.agreementId === agreementId &&
      previous.dueDay === dueDay &&
      previous.checkpoint === checkpoint;
    if (isKnown) return { published: previous, situations: [] };
    return { published: { agreementId, dueDay, checkpoint }, situations: [due(anchor, call, worth)] };
  }
  if (previous === null) return { published: null, situations: [] };
  return { published: null, situations: [settled(previous, call, worth)] };
}

/** What is worth the most is the agreement that is decided on; where it has no value, the customer's. */
function due(
  { agreementId, dueDay, valueMinor }: RenewalAnchor,
  call: RenewalCall,
  worth: Worth,
): SituationChange {
  const text = `Agreement ${agreementId}: the customer decides by ${formatDay(dueDay)}, and nobody has committed to what will come of it`;
  return {
    type: 'renewal.call-due.raised',
    cause: CALL_DUE_CAUSE,
    code: `call-${call.checkpoint}`,
    text,
    valueMinor: valueMinor ?? worth.valueMinor,
    currency: worth.currency,
    dueDay,
    daysBefore: call.checkpoint,
    reasons: [
      {
        signal: 'renewal-call',
        contribution: 0,
        before: null,
        after: call.fromDay,
        text: `asked for since ${formatDay(call.fromDay)}, ${call.checkpoint} days before`,
      },
    ],
  };
}

function settled(
  { dueDay }: NonNullable<PublishedCallDue>,
  call: RenewalCall | null,
  { valueMinor, currency }: Worth,
): SituationChange {
  const madeDay = call?.madeDay ?? null;
  return {
    type: 'renewal.call-due.settled',
    cause: CALL_DUE_CAUSE,
    code: madeDay === null ? 'nothing-to-decide' : 'call-made',
    text:
      madeDay === null
        ? 'No renewal is to be decided within half a year'
        : `What will come of the renewal was said on ${formatDay(madeDay)}`,
    valueMinor,
    currency,
    dueDay,
    reasons: [],
  };
}
