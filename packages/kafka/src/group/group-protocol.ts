import { assignerProtocol, type JoinAnswer } from '../kafkajs-internals.ts';
import { assignSticky, type MemberClaim } from './sticky-assignment.ts';

/** The name under which members of a group agree on how partitions are given out. */
export const PROTOCOL_NAME = 'bellwether-sticky';
const VERSION = 0;

/** What a member brings when its group gathers: its topic and what it owns. */
export function encodeClaim(topic: string, claim: Omit<MemberClaim, 'memberId'>): Buffer {
  return assignerProtocol.MemberMetadata.encode({
    version: VERSION,
    topics: [topic],
    userData: Buffer.from(JSON.stringify(claim)),
  });
}

/** The leader's part: who gets which partitions of the topic. */
export function assignAll(
  members: JoinAnswer['members'],
  topic: string,
  partitions: number,
): { readonly memberId: string; readonly memberAssignment: Buffer }[] {
  const claims = members.map(({ memberId, memberMetadata }) => ({
    memberId,
    ...decodeClaim(memberMetadata),
  }));
  return Array.from(assignSticky(claims, partitions), ([memberId, own]) => ({
    memberId,
    memberAssignment: assignerProtocol.MemberAssignment.encode({
      version: VERSION,
      assignment: { [topic]: own },
    }),
  }));
}

/** The partitions that the leader gave to this member. */
export function decodeAssignment(bytes: Buffer, topic: string): readonly number[] {
  const own = assignerProtocol.MemberAssignment.decode(bytes)?.assignment[topic] ?? [];
  return own.toSorted((one, other) => one - other);
}

/** A member that says nothing that can be read owns nothing. */
function decodeClaim(bytes: Buffer): Omit<MemberClaim, 'memberId'> {
  try {
    const { userData } = assignerProtocol.MemberMetadata.decode(bytes);
    const claim: unknown = JSON.parse(String(userData));
    if (isClaim(claim)) return claim;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
  }
  return { generationId: -1, owned: [] };
}

function isClaim(value: unknown): value is Omit<MemberClaim, 'memberId'> {
  const { generationId, owned } = (value ?? {}) as { generationId?: unknown; owned?: unknown };
  return typeof generationId === 'number' && Array.isArray(owned);
}
