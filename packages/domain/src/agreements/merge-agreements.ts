import { mergeSorted } from '../merging/merge-sorted.ts';
import { compareValues } from '../ordering.ts';
import type { AgreementList, AgreementState, Amendment } from './agreement-state.ts';
import { compareAmendments } from './amendment.ts';
import { foldAmendments } from './fold-amendments.ts';

/**
 * The agreements of two customers as those of one (N23): an agreement that both know is the fold of all that was said
 * of it, as if one customer had received every event.
 */
export function mergeAgreements(a: AgreementList, b: AgreementList): AgreementList {
  return mergeSorted(a, b, {
    compare: (one, other) => compareValues(one.agreementId, other.agreementId),
    join: joined,
  });
}

function joined({ agreementId, amendments: one }: AgreementState, { amendments: other }: AgreementState) {
  const all = mergeSorted(one, other, { compare: compareAmendments, join: (amendment) => amendment });
  const amendments = onceEach(all);
  return { agreementId, terms: foldAmendments(amendments), amendments };
}

/** One event that was told to both customers is one event. */
function onceEach(amendments: readonly Amendment[]): readonly Amendment[] {
  const seen = new Set<string>();
  return amendments.filter(({ id, source }) => {
    const identity = `${source}\u0000${id}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}
