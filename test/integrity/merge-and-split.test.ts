import type { CustomerCurrent } from '@bellwether/events';
import { changeFaults } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { MergingWorld } from './support/merging-world.ts';

const msa = (agreementId: string, valueMinor: number, endDate?: string) => ({
  type: 'agreement.created' as const,
  data: {
    agreementId,
    agreementType: 'MSA' as const,
    valueMinor,
    currency: 'USD',
    ...(endDate === undefined ? {} : { endDate }),
  },
});

/** A hundred days in, customer a is worth 300 and b 500, both with an MSA alone. */
async function twoCustomers(partitions: number): Promise<MergingWorld> {
  const world = new MergingWorld(partitions);
  await world.tell(
    world.day(100),
    world.event('a', 100, msa('m-a', 300)),
    world.event('b', 100, msa('m-b', 500)),
  );
  return world;
}

function lastValue(world: MergingWorld, customerId: string, type: string): number | null | undefined {
  for (const { changes } of world.changes(customerId).toReversed()) {
    for (const change of changes) if (change.type === type && 'value' in change) return change.value;
  }
  return undefined;
}

function portfolio(world: MergingWorld) {
  const parts = world.changes('@portfolio').at(-1)?.changes[0];
  return parts !== undefined && 'parts' in parts ? parts.parts : {};
}

describe.each([1, 3])('a customer merged into another, on %i partitions (N23)', (partitions) => {
  it('is taken back, and the other one is worth both, with reasons that add up (N13)', async () => {
    const world = await twoCustomers(partitions);
    const [first, second] = [world.changes('a').length, world.changes('b').length];
    const merge = world.merge('a', 'b');
    await world.tell(merge);
    const [taken, ...rest] = world.changes('a').slice(first);
    expect(rest).toEqual([]);
    expect(taken).toMatchObject({ cause: 'merge', causedBy: [merge.id], mergedInto: 'b' });
    const scores = taken?.changes.filter((change) => 'score' in change) ?? [];
    expect(scores.length).toBeGreaterThan(3);
    expect(
      scores.every(({ value, band, delta }) => value === null && band === 'withdrawn' && delta === null),
    ).toBe(true);
    expect(taken?.changes.map(({ type }) => type)).toContain('opportunity.cross-sell.withdrawn');
    const [grown] = world.changes('b').slice(second);
    expect(grown).toMatchObject({ cause: 'merge', causedBy: [merge.id] });
    expect(grown).not.toHaveProperty('mergedInto');
    const ltv = grown?.changes.find(({ type }) => type === 'score.ltv.changed');
    expect(ltv).toMatchObject({ value: 800, previous: 500, delta: 300 });
    expect(ltv?.reasons.map(({ signal, contribution }) => [signal, contribution])).toEqual([
      ['agreement:m-a', 300],
    ]);
    expect(changeFaults(world.changes())).toEqual([]);
  });

  it('adds to the portfolio once', async () => {
    const world = await twoCustomers(partitions);
    expect(portfolio(world)).toMatchObject({ customers: 2, totalMinor: 800 });
    await world.tell(world.merge('a', 'b'));
    expect(portfolio(world)).toMatchObject({ customers: 1, totalMinor: 800, top1BasisPoints: 10_000 });
    await world.tell(world.split('a'));
    expect(portfolio(world)).toMatchObject({ customers: 2, totalMinor: 800, top1BasisPoints: 6_250 });
    const totals = world
      .changes('@portfolio')
      .flatMap(({ changes }) =>
        changes.flatMap((change) => ('parts' in change ? [Number(change.parts.totalMinor)] : [])),
      );
    expect(Math.max(...totals)).toBe(800);
  });

  it('has its alerts resolved, and nothing in its present picture but where it went', async () => {
    const world = await twoCustomers(partitions);
    await world.tell(world.merge('a', 'b'));
    const ofA = world.alerts().filter(({ customerId }) => customerId === 'a');
    expect(ofA.map(({ rule, state }) => [rule, state])).toEqual([
      ['cross-sell', 'raised'],
      ['cross-sell', 'resolved'],
    ]);
    const pictures = world.log.topic('customer-current').filter(({ key }) => key === 'acme|a');
    expect(pictures.at(-1)?.value).toMatchObject({
      current: { scores: {}, situations: [], mergedInto: 'b' },
    });
    await world.tell(world.split('a'));
    const again = world.log
      .topic('customer-current')
      .filter(({ key }) => key === 'acme|a')
      .at(-1)?.value;
    expect((again as CustomerCurrent).current.scores.ltv).toMatchObject({ value: 300 });
  });

  it('still takes events under its own id, for the other one', async () => {
    const world = await twoCustomers(partitions);
    await world.tell(world.merge('a', 'b'));
    const told = world.changes('a').length;
    const late = world.event('a', 100, msa('m-a2', 40));
    await world.tell(late);
    await world.tell(late);
    expect(world.changes('a')).toHaveLength(told);
    expect(world.changes('b').at(-1)).toMatchObject({ cause: 'new-data', causedBy: [late.id] });
    expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(840);
  });

  it('is itself again after a split, with all that came in between, and the other one without it', async () => {
    const world = await twoCustomers(partitions);
    await world.tell(
      world.merge('a', 'b'),
      world.event('a', 100, msa('m-a2', 40)),
      world.event('b', 100, msa('m-b2', 7)),
    );
    expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(847);
    const split = world.split('a');
    await world.tell(split);
    expect(world.changes('a').at(-1)).toMatchObject({ cause: 'merge', causedBy: [split.id] });
    expect(world.changes('a').at(-1)).not.toHaveProperty('mergedInto');
    expect(lastValue(world, 'a', 'score.ltv.changed')).toBe(340);
    expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(507);
    expect(changeFaults(world.changes())).toEqual([]);
  });

  it('may be merged before there is any event of one or the other', async () => {
    const world = new MergingWorld(partitions);
    await world.tell(world.day(100), world.merge('a', 'b'));
    expect(world.counting()).toEqual([]);
    expect(world.changes('a')).toMatchObject([{ cause: 'merge', mergedInto: 'b', changes: [] }]);
    await world.tell(world.event('a', 100, msa('m-a', 300)));
    expect(world.counting()).toEqual(['b']);
    await world.tell(world.event('b', 100, msa('m-b', 500)));
    expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(800);
    await world.tell(world.split('a'));
    expect([lastValue(world, 'a', 'score.ltv.changed'), lastValue(world, 'b', 'score.ltv.changed')]).toEqual([
      300, 500,
    ]);
  });

  it('takes those along that were merged into it, whichever merge comes first', async () => {
    for (const order of [0, 1]) {
      const world = await twoCustomers(partitions);
      await world.tell(world.event('c', 100, msa('m-c', 1_000)));
      const merges = [world.merge('a', 'b'), world.merge('b', 'c')];
      for (const merge of order === 0 ? merges : merges.toReversed()) await world.tell(merge);
      expect(world.counting()).toEqual(['c']);
      expect(lastValue(world, 'c', 'score.ltv.changed')).toBe(1_800);
      await world.tell(world.event('a', 100, msa('m-a2', 5)));
      expect(lastValue(world, 'c', 'score.ltv.changed')).toBe(1_805);
      await world.tell(world.split('b'));
      expect(world.counting()).toEqual(['b', 'c']);
      expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(805);
      expect(lastValue(world, 'c', 'score.ltv.changed')).toBe(1_000);
      await world.tell(world.split('a'));
      expect(lastValue(world, 'a', 'score.ltv.changed')).toBe(305);
      expect(lastValue(world, 'b', 'score.ltv.changed')).toBe(500);
    }
  });

  it('may be split off from the middle of a chain, and put into another customer', async () => {
    const world = await twoCustomers(partitions);
    await world.tell(world.event('c', 100, msa('m-c', 1_000)), world.merge('a', 'b'), world.merge('b', 'c'));
    await world.tell(world.merge('a', 'd'));
    expect(world.counting()).toEqual(['c', 'd']);
    expect(world.changes('a').at(-1)).toMatchObject({ mergedInto: 'd', changes: [] });
    expect(lastValue(world, 'c', 'score.ltv.changed')).toBe(1_500);
    expect(lastValue(world, 'd', 'score.ltv.changed')).toBe(300);
    await world.tell(world.split('a'));
    expect(world.counting()).toEqual(['a', 'c']);
    expect(
      world
        .changes('d')
        .at(-1)
        ?.changes.map(({ type }) => type),
    ).toContain('score.ltv.changed');
    expect(lastValue(world, 'd', 'score.ltv.changed')).toBeNull();
  });
});

describe('a merge', () => {
  it('that is told again, or as it is already, changes nothing', async () => {
    const world = await twoCustomers(3);
    const merge = world.merge('a', 'b');
    await world.tell(merge);
    const told = world.changes().length;
    await world.tell(merge);
    await world.tell(world.merge('a', 'b'));
    expect(world.changes()).toHaveLength(told);
    expect(world.transfers()).toHaveLength(1);
    expect(world.quarantine()).toEqual([]);
  });

  it('that an earlier one follows holds: the one told last counts, in whatever order they arrive', async () => {
    const world = await twoCustomers(3);
    const [merge, split] = [world.merge('a', 'b'), world.split('a')];
    await world.tell(split);
    await world.tell(merge);
    expect(world.counting()).toEqual(['a', 'b']);
  });

  it('of a customer into itself, or into one that was merged into it, is quarantined', async () => {
    const world = await twoCustomers(3);
    await world.tell(world.merge('a', 'a'), world.merge('a', 'b'));
    await world.tell(world.merge('b', 'a'));
    expect(
      world.quarantine().map(({ customerId, reason, faults }) => [customerId, reason, faults[0]?.got]),
    ).toEqual([
      ['a', 'merge-refused', 'a'],
      ['b', 'merge-refused', 'a'],
    ]);
    expect(world.counting()).toEqual(['b']);
  });

  it.each([2, 3, 5])(
    'in a circle of %i that was told at once is undone where it was told last',
    async (size) => {
      const world = new MergingWorld(3);
      const names = Array.from({ length: size }, (_, index) => `c${index}`);
      await world.tell(
        world.day(100),
        ...names.map((name, index) => world.event(name, 100, msa(`m-${name}`, 10 ** index))),
      );
      // Told at once: no transfer has gone round before all of them were taken.
      const merges = names.map((name, index) => world.merge(name, names[(index + 1) % size] ?? ''));
      await world.tell(...merges);
      const last = names.at(-1) ?? '';
      expect(world.counting()).toEqual([last]);
      expect(lastValue(world, last, 'score.ltv.changed')).toBe((10 ** size - 1) / 9);
      const [entry, ...others] = world.quarantine();
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ customerId: last, reason: 'merge-refused' });
      expect(JSON.parse(entry?.original ?? '')).toMatchObject({
        id: merges.at(-1)?.id,
        type: 'customer.merged',
      });
      expect(changeFaults(world.changes())).toEqual([]);
    },
  );

  it('to more than one customer may have is undone, and says why (entity-limit)', async () => {
    const world = await twoCustomers(3);
    const contacts = (customerId: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        world.event(customerId, 100, {
          type: 'contact.created',
          data: { contactId: `${customerId}-${index}` },
        }),
      );
    await world.tell(...contacts('a', 300), ...contacts('b', 201));
    const before = lastValue(world, 'a', 'score.ltv.changed');
    await world.tell(world.merge('a', 'b'));
    expect(world.counting()).toEqual(['a', 'b']);
    expect(world.quarantine()).toMatchObject([
      { customerId: 'a', reason: 'entity-limit', faults: [{ expected: 'at most 500 contacts', got: '501' }] },
    ]);
    expect(lastValue(world, 'a', 'score.ltv.changed')).toBe(before);
    expect(changeFaults(world.changes())).toEqual([]);
  });

  it('whose transfer comes again changes nothing', async () => {
    const world = await twoCustomers(3);
    await world.tell(world.merge('a', 'b'), world.event('a', 100, msa('m-a2', 40)));
    await world.tell(world.split('a'));
    const [states, told] = [JSON.stringify(world.states()), world.changes().length];
    await world.tell(...world.transfers());
    expect(world.changes()).toHaveLength(told);
    expect(JSON.stringify(world.states())).toBe(states);
  });
});
