import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSticky, type MemberClaim } from './sticky-assignment.ts';

const member = (memberId: string, owned: readonly number[] = [], generationId = 1): MemberClaim => ({
  memberId,
  generationId,
  owned,
});
const plain = (assignment: Map<string, number[]>) => Object.fromEntries(assignment);

describe('the partitions of a group', () => {
  it('go to a single member all', () => {
    expect(plain(assignSticky([member('a')], 3))).toEqual({ a: [0, 1, 2] });
  });

  it('stay where they are when a member joins, but for its share', () => {
    expect(plain(assignSticky([member('a', [0, 1, 2, 3, 4, 5]), member('b')], 6))).toEqual({
      a: [0, 1, 2],
      b: [3, 4, 5],
    });
  });

  it('of a member that left are shared out among the others', () => {
    expect(plain(assignSticky([member('a', [0, 1]), member('c', [4, 5])], 6))).toEqual({
      a: [0, 1, 2],
      c: [3, 4, 5],
    });
  });

  it('are the later owner’s when two members claim them', () => {
    expect(plain(assignSticky([member('a', [0, 1], 3), member('b', [0, 1], 4)], 2))).toEqual({
      a: [1],
      b: [0],
    });
  });

  it('leave some members without work when there are more members', () => {
    expect(plain(assignSticky([member('a'), member('b', [0]), member('c')], 1))).toEqual({
      a: [],
      b: [0],
      c: [],
    });
  });

  const claims = fc.uniqueArray(
    fc.record({
      memberId: fc.string({ minLength: 1 }),
      generationId: fc.integer({ min: -1, max: 4 }),
      owned: fc.array(fc.integer({ min: -1, max: 20 }), { maxLength: 20 }),
    }),
    { selector: (claim) => claim.memberId, minLength: 1, maxLength: 8 },
  );
  const partitions = fc.integer({ min: 1, max: 16 });

  it('all have exactly one owner, and no member has two more than another, whatever is claimed', () => {
    fc.assert(
      fc.property(claims, partitions, (members, count) => {
        const assignment = assignSticky(members, count);
        const all = [...assignment.values()].flat().toSorted((one, other) => one - other);
        expect(all).toEqual(Array.from({ length: count }, (_, partition) => partition));
        const sizes = [...assignment.values()].map((own) => own.length);
        expect(assignment.size).toBe(members.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('do not depend on the order in which members come, and do not move when nothing changes', () => {
    fc.assert(
      fc.property(claims, partitions, (members, count) => {
        const assignment = assignSticky(members, count);
        expect(plain(assignSticky(members.toReversed(), count))).toEqual(plain(assignment));
        const again = Array.from(assignment, ([memberId, owned]) => member(memberId, owned, 5));
        expect(plain(assignSticky(again, count))).toEqual(plain(assignment));
      }),
    );
  });

  it('move only as far as members that come and go make necessary', () => {
    fc.assert(
      fc.property(
        partitions,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (count, before, after) => {
          const names = (length: number) => Array.from({ length }, (_, index) => member(`m${index}`));
          const first = assignSticky(names(before), count);
          const second = assignSticky(
            names(after).map(({ memberId }) => member(memberId, first.get(memberId))),
            count,
          );
          const kept = [...second].flatMap(([id, own]) =>
            own.filter((partition) => first.get(id)?.includes(partition)),
          );
          // What each of those who were there may keep: as many as it had, but no more than its fair share.
          const least = Math.floor(count / after);
          const had = [...first].slice(0, after).map(([, own]) => own.length);
          const atBest = had.map((size) => Math.min(size, least)).reduce((sum, size) => sum + size, 0);
          const oneMore = Math.min(count % after, had.filter((size) => size > least).length);
          expect(kept.length).toBe(atBest + oneMore);
        },
      ),
    );
  });
});
