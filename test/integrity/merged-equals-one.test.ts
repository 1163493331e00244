import {
  type CustomerState,
  countedOf,
  type DecisionContext,
  decideCustomer,
  decisionContext,
  NOTHING_PUBLISHED,
  type Published,
  type TenantContext,
} from '@bellwether/domain';
import type { AccountingRecord, CustomerEvent, CustomerEventsRecord, DayRecord } from '@bellwether/events';
import { DAY_MS, shortHash } from '@bellwether/events';
import { changeFaults, customerStreams } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergingWorld } from './support/merging-world.ts';

const RUNS = Number(process.env.BELLWETHER_RUNS ?? 40);
const LONGEST_MS = 20_000 + RUNS * 500;
const NAMES = ['a', 'b', 'c'] as const;
type Name = (typeof NAMES)[number];
/** Meetings of one time have ids of their own: facts that come after all else of them was forgotten find less (N5). */
const STRETCH_DAYS = 120;

/** Whose event it is; a repeat is of the same customer. */
function ownerOf({ source, id }: CustomerEvent): Name {
  return NAMES[Number.parseInt(shortHash(`${source} ${id}`), 36) % NAMES.length] ?? 'a';
}

function ofCustomer(event: CustomerEvent, customerId: string): CustomerEvent {
  const stretch = Math.floor(event.day / STRETCH_DAYS);
  const data =
    'engagementId' in event.data
      ? { ...event.data, engagementId: `${event.data.engagementId}-${stretch}` }
      : event.data;
  return { ...event, customerId, data } as CustomerEvent;
}

interface Told {
  /** After how much of the stream, in thousandths. */
  readonly at: number;
  readonly who: Name;
  /** Null: it counts for itself. */
  readonly into: Name | null;
}
const tellings: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.record({
    at: fc.nat(1_000),
    who: fc.constantFrom(...NAMES),
    into: fc.constantFrom<(Name | null)[]>('a', 'b', 'c', null),
  }),
  { maxLength: 6 },
);
/** Into whom each is merged in the end. */
const ENDINGS: readonly { readonly [N in Name]: Name | null }[] = [
  { a: 'b', b: null, c: 'b' },
  { a: 'b', b: 'c', c: null },
  { a: 'b', b: null, c: null },
  { a: null, b: null, c: null },
];

function rootOf(ending: (typeof ENDINGS)[number], name: Name): Name {
  const into = ending[name];
  return into === null ? name : rootOf(ending, into);
}

/**
 * What is past the horizon is let go as the next event comes, which is sooner for one customer with the events of all
 * three (N5): such events are left out.
 */
function withinHorizon(records: CustomerEventsRecord[]): CustomerEventsRecord[] {
  const fromDay = lastDayOf(records) - 395;
  return records.filter((record) => record.kind !== 'event' || record.day > fromDay);
}

/** Some records are worked on at once, others in a row, so that partitions run ahead of each other. */
interface Drawn {
  readonly records: CustomerEventsRecord[];
  readonly told: readonly Told[];
  readonly ending: (typeof ENDINGS)[number];
  readonly pauses: readonly boolean[];
  readonly partitions: number;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  records: customerStreams({ maxLength: 30 }).map(withinHorizon),
  told: tellings,
  ending: fc.constantFrom(...ENDINGS),
  pauses: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  partitions: fc.constantFrom(1, 3),
});

const lastDayOf = (records: readonly CustomerEventsRecord[]) =>
  Math.max(...records.map((record) => (record.kind === 'day' ? record.day : 0)));

/** The stream with merges and splits in it, all of them told before the ending. */
async function play({ records, told, ending, pauses, partitions }: Drawn): Promise<MergingWorld> {
  const world = new MergingWorld(partitions);
  let given = 0;
  const give = async (record: CustomerEventsRecord) => {
    await world.put(record);
    given += record.kind === 'event' ? 1 : 0;
    if (pauses[given % pauses.length] === true) await world.work();
  };
  const lastDay = lastDayOf(records);
  let receivedAt = 0;
  for (const [index, record] of records.entries()) {
    if ('receivedAt' in record) receivedAt = Math.max(receivedAt, record.receivedAt);
    const from = (index * 1_000) / records.length;
    for (const { at, who, into } of told) {
      if (at < from || at >= from + 1_000 / records.length) continue;
      const event = into === null ? world.split(who, lastDay) : world.merge(who, into, lastDay);
      // Receipts never go back: a repeat is recognised for seven days after the newest.
      await give({ ...event, receivedAt });
    }
    await give(record.kind === 'event' ? ofCustomer(record, ownerOf(record)) : record);
  }
  await world.work();
  // Everybody apart first, so that no merge of the ending closes a circle with one of before.
  for (const who of NAMES) await give(world.split(who, lastDay));
  await world.work();
  for (const who of NAMES) {
    const into = ending[who];
    if (into !== null) await give(world.merge(who, into, lastDay));
  }
  await world.tell(nextDay(lastDay));
  expectAccounted(world, given);
  return world;
}

/** As if every event had been told of the customer that it counts with in the end. */
async function playAsOne({ records, ending }: Drawn): Promise<MergingWorld> {
  const world = new MergingWorld(1);
  for (const record of records) {
    const isEvent = record.kind === 'event';
    await world.put(isEvent ? ofCustomer(record, rootOf(ending, ownerOf(record))) : record);
  }
  await world.tell(nextDay(lastDayOf(records)));
  return world;
}

function nextDay(lastDay: number): DayRecord {
  const day = lastDay + 1;
  const startsAt = day * DAY_MS;
  const range = { slotFrom: 0, slotTo: 1023 };
  return { kind: 'day', tenant: 'acme', day, startsAt, ...range, receivedAt: startsAt, historical: false };
}

/** Accepted = scored + duplicate + quarantined: every event that was given is counted once. */
function expectAccounted(world: MergingWorld, given: number): void {
  const newest = new Map<string, AccountingRecord>();
  for (const { key, value } of world.log.topic('scoring-accounting'))
    newest.set(key, value as AccountingRecord);
  const counts = [...newest.values()].map(({ tally }) => tally.ok + tally.duplicate + tally.quarantined);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(given);
}

function contextOf(world: MergingWorld): DecisionContext {
  const heads = world.store.documents('scoring-customers-heads');
  const head = heads.find(({ id }) => id.endsWith('/acme'));
  if (head === undefined) throw new Error('the tenant has no context');
  return decisionContext(head.state as TenantContext, 0);
}

/** What is published of a customer whom nothing was ever published of: it has no memory of how it came about. */
function decidedAnew(state: CustomerState, context: DecisionContext): Published {
  const {
    members: _members,
    membership: _membership,
    isUnseen: _isUnseen,
    ...counted
  } = countedOf(state) ?? state;
  const fresh = { ...counted, sequence: 0, published: NOTHING_PUBLISHED };
  const input = { context, cause: 'new-data', causedBy: [], asOf: 0, knownAt: 0, historical: false } as const;
  return decideCustomer(undefined, fresh, input).state.published;
}

/** Of what was published, that which has no memory. */
function memoryless({ published }: CustomerState) {
  const { ltv, complexity, crossSell, notices, rfm, contribution } = published;
  return {
    ltv,
    complexity: complexity?.value ?? null,
    crossSell,
    notices,
    rfm: rfm?.parts ?? null,
    value: contribution?.valueMinor,
  };
}

describe('customers that are merged and split at random places of a stream (N23)', () => {
  it(
    `end as if every event had been told of the customer that it counts with, in ${RUNS} streams by seed`,
    async () => {
      let merged = 0;
      const property = fc.asyncProperty(drawn, async (stream) => {
        const [world, one] = [await play(stream), await playAsOne(stream)];
        expect(world.counting()).toEqual(one.counting());
        for (const customerId of one.counting()) {
          const [state, expected] = [world.state(customerId), one.state(customerId)];
          if (state === undefined || expected === undefined) throw new Error(`${customerId} is not there`);
          if ((state.members ?? []).some(({ joined }) => joined !== null)) merged += 1;
          const context = contextOf(one);
          expect(decidedAnew(state, context)).toEqual(decidedAnew(expected, context));
          expect(memoryless(state)).toEqual(memoryless(expected));
        }
        expect(changeFaults(world.changes())).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS });
      expect(merged).toBeGreaterThan(RUNS / 4);
    },
    LONGEST_MS,
  );
});
