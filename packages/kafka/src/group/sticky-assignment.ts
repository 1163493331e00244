/** What a member of a group says of itself when the group gathers. */
export interface MemberClaim {
  readonly memberId: string;
  /** The generation of the group in which it was given what it owns; -1 when it owns nothing. */
  readonly generationId: number;
  readonly owned: readonly number[];
}

/**
 * Gives each partition to one member so that no member has two more than another, and as few as possible move. Of two
 * members that both claim a partition the one of the later generation has it. The same claims always give the same
 * answer, in whatever order they come.
 */
export function assignSticky(claims: readonly MemberClaim[], partitions: number): Map<string, number[]> {
  const members = claims.toSorted((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const owners = ownersOf(members, partitions);
  const kept = new Map(members.map(({ memberId }) => [memberId, [] as number[]]));
  owners.forEach((owner, partition) => {
    if (owner !== undefined) kept.get(owner)?.push(partition);
  });
  // The members that own most may keep one more than the others, where the number does not come out even.
  const byOwned = [...kept.values()].toSorted((one, other) => other.length - one.length);
  const least = Math.floor(partitions / members.length);
  const oneMore = partitions % members.length;
  const free = new Set(Array.from({ length: partitions }, (_, partition) => partition));
  const quotas = byOwned.map((own, index) => ({ own, quota: index < oneMore ? least + 1 : least }));
  for (const { own, quota } of quotas) {
    own.splice(quota);
    for (const partition of own) free.delete(partition);
  }
  const [...rest] = free;
  for (const { own, quota } of quotas) {
    own.push(...rest.splice(0, quota - own.length));
    own.sort((one, other) => one - other);
  }
  return kept;
}

/** By partition: the member that may keep it; undefined when nobody claims it. */
function ownersOf(members: readonly MemberClaim[], partitions: number): (string | undefined)[] {
  const claimed = Array.from({ length: partitions }, () => undefined as MemberClaim | undefined);
  for (const member of members) {
    for (const partition of member.owned) {
      if (!Number.isInteger(partition) || partition < 0 || partition >= partitions) continue;
      const other = claimed[partition];
      if (other === undefined || other.generationId < member.generationId) claimed[partition] = member;
    }
  }
  return claimed.map((member) => member?.memberId);
}
