import { type Fault, MAX_AMOUNT_MINOR, type QuarantineReason } from '@bellwether/events';
import {
  type AgreementEvent,
  type AgreementList,
  type AgreementState,
  type Amendment,
  MAX_AGREEMENTS,
  MAX_AMENDMENTS,
} from './agreement-state.ts';
import { amendmentOf, compareAmendments } from './amendment.ts';
import { foldAmendments } from './fold-amendments.ts';

export type AgreementEvolution<Result> =
  | { readonly kind: 'ok'; readonly result: Result }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/**
 * Takes one event into the agreements of its customer. Idempotent by the identity of the event (source, id); the result
 * does not depend on the order of arrival. Quarantines `agreement-limit`, `entity-limit` (amendments of one agreement)
 * and `amount-out-of-range` (the value that comes out).
 */
export function evolveAgreements(
  list: AgreementList,
  event: AgreementEvent,
): AgreementEvolution<AgreementList> {
  const { agreementId } = event.data;
  const index = indexOfAgreement(list, agreementId);
  const found = list[index];
  const isKnown = found !== undefined && found.agreementId === agreementId;
  if (!isKnown && list.length >= MAX_AGREEMENTS) {
    return quarantined('agreement-limit', {
      path: '/data/agreementId',
      expected: `at most ${MAX_AGREEMENTS} agreements of one customer`,
      got: agreementId,
    });
  }
  const evolved = evolveAgreement(isKnown ? found : undefined, event);
  if (evolved.kind !== 'ok') return evolved;
  const next = list.slice();
  next.splice(index, isKnown ? 1 : 0, evolved.result);
  return { kind: 'ok', result: next };
}

/** Takes one event into its agreement; `undefined` for an agreement not seen before. */
function evolveAgreement(
  state: AgreementState | undefined,
  event: AgreementEvent,
): AgreementEvolution<AgreementState> {
  const amendment = amendmentOf(event);
  const known = state?.amendments ?? [];
  if (known.some(({ id, source }) => id === event.id && source === event.source))
    return { kind: 'duplicate' };
  if (known.length >= MAX_AMENDMENTS) {
    return quarantined('entity-limit', {
      path: '/data/agreementId',
      expected: `at most ${MAX_AMENDMENTS} events of one agreement`,
      got: event.data.agreementId,
    });
  }
  const amendments = inserted(known, amendment);
  const terms = foldAmendments(amendments);
  if (Math.abs(terms.valueMinor ?? 0) > MAX_AMOUNT_MINOR) {
    return quarantined('amount-out-of-range', {
      path: amendment.valueMinor === undefined ? '/data/deltaMinor' : '/data/valueMinor',
      expected: `a total within ${MAX_AMOUNT_MINOR} minor units either way`,
      got: String(terms.valueMinor),
    });
  }
  return { kind: 'ok', result: { agreementId: event.data.agreementId, terms, amendments } };
}

/** Index of an agreement in a sorted list, or the place where it belongs. */
function indexOfAgreement(list: AgreementList, agreementId: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.agreementId ?? '') < agreementId) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Most events arrive in order, so the place is looked for from the end. */
function inserted(amendments: readonly Amendment[], amendment: Amendment): readonly Amendment[] {
  let index = amendments.length;
  for (; index > 0; index--) {
    const earlier = amendments[index - 1];
    if (earlier === undefined || compareAmendments(earlier, amendment) <= 0) break;
  }
  const next = amendments.slice();
  next.splice(index, 0, amendment);
  return next;
}

function quarantined(reason: QuarantineReason, fault: Fault): AgreementEvolution<never> {
  return { kind: 'quarantined', reason, faults: [fault] };
}
