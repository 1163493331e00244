import type { Tally } from '@bellwether/events';
import type { Accounting } from '../api/schemas.ts';

/**
 * accepted = scored + duplicate + quarantined + in flight, exactly, whenever it is asked. The totals of the two
 * services arrive one after the other; where those of ingest are older, what scoring has seen was let through by it.
 */
export function addAccounts(ingest: readonly Tally[], scoring: readonly Tally[]): Accounting {
  const first = sum(ingest);
  const second = sum(scoring);
  const seenByScoring = second.ok + second.duplicate + second.quarantined;
  const letThrough = Math.max(first.ok, seenByScoring);
  return {
    accepted: letThrough + first.duplicate + first.quarantined,
    scored: second.ok,
    duplicate: first.duplicate + second.duplicate,
    quarantined: first.quarantined + second.quarantined,
    inFlight: letThrough - seenByScoring,
  };
}

function sum(tallies: readonly Tally[]): Tally {
  let [ok, duplicate, quarantined] = [0, 0, 0];
  for (const tally of tallies) {
    ok += tally.ok;
    duplicate += tally.duplicate;
    quarantined += tally.quarantined;
  }
  return { ok, duplicate, quarantined };
}
