import {
  type CustomerChange,
  type CustomerEvent,
  type CustomerEventsRecord,
  customerKey,
  DAY_MS,
  type FeedStatuses,
  type QuarantineRecord,
} from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { scoring } from './scoring.ts';

const DAY = 20_000;
const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

class Life {
  readonly log = new MemoryLog();
  readonly store = new MemoryStore();
  #count = 0;

  async tell(...records: CustomerEventsRecord[]): Promise<void> {
    await this.log.append(records.map((value) => ({ topic: 'customer-events', key: 'acme', value })));
    await drain([createRunner({ topology: scoring, log: this.log, store: this.store, clock })]);
  }

  event(
    customerId: string,
    what: Pick<CustomerEvent, 'type'> & { data: unknown; day?: number },
  ): CustomerEvent {
    const { type, data, day = DAY } = what;
    this.#count += 1;
    const at = day * DAY_MS + this.#count;
    const stamp = { id: `e${this.#count}`, source: '/crm', time: at, day, receivedAt: at, historical: false };
    return { kind: 'event', tenant: 'acme', customerId, type, data, ...stamp } as CustomerEvent;
  }

  paid = (customerId: string, day = DAY) =>
    this.event(customerId, { type: 'payment.paid', data: { amountMinor: 100 }, day });
  gap = (customerId: string) =>
    this.event(customerId, { type: 'source.gap-detected', data: { cause: 'gap-marker' } });
  resynced = (customerId: string) =>
    this.event(customerId, { type: 'source.resynced', data: {}, day: DAY + 1 });

  changes(customerId: string): CustomerChange[] {
    return this.log
      .topic('customer-changes')
      .filter(({ key }) => key === customerKey('acme', customerId))
      .map(({ value }) => value as CustomerChange);
  }
}

function day(epochDay: number): CustomerEventsRecord {
  const slots = { slotFrom: 0, slotTo: 1023 };
  const at = epochDay * DAY_MS;
  return {
    kind: 'day',
    tenant: 'acme',
    day: epochDay,
    startsAt: at,
    ...slots,
    receivedAt: at,
    historical: false,
  };
}
function feeds(version: number, missingSince?: number): CustomerEventsRecord {
  const value: FeedStatuses = {
    payment: { status: 'fresh', lastDay: DAY, ...(missingSince === undefined ? {} : { missingSince }) },
  };
  return { kind: 'context', tenant: 'acme', item: 'feeds', version, receivedAt: 0, value };
}
function review(version: number): CustomerEventsRecord {
  return { kind: 'review', tenant: 'acme', version, slotFrom: 0, slotTo: 1023, receivedAt: DAY * DAY_MS + 7 };
}

describe('what a source tells of itself (N14)', () => {
  it('of a customer is in its changes from then on, until the source was read again', async () => {
    const life = new Life();
    const gap = life.gap('c1');
    await life.tell(day(DAY), life.paid('c1'), gap, life.paid('c1'), life.resynced('c1'), life.paid('c1'));
    expect(life.changes('c1').map(({ sequence, staleSince }) => [sequence, staleSince])).toEqual([
      [1, undefined],
      [2, gap.time],
      [3, gap.time],
      [4, undefined],
      [5, undefined],
    ]);
    expect(life.changes('c1')[1]).toMatchObject({ causedBy: [gap.id], changes: [] });
  });

  it('makes nobody a customer, and counts in no account', async () => {
    const life = new Life();
    await life.tell(day(DAY), life.gap('stranger'), life.paid('c1'), life.gap('c1'));
    expect(life.store.documents('scoring-customers').map(({ id }) => id)).toEqual(['acme|c1']);
    const tally = life.log.topic('scoring-accounting').at(-1)?.value;
    expect(tally).toMatchObject({ tally: { ok: 1, duplicate: 0, quarantined: 0 } });
  });

  it('of a whole tenant is in the next change of each customer', async () => {
    const life = new Life();
    await life.tell(day(DAY), feeds(1), life.paid('c1'), life.paid('c2'), feeds(2, 5), life.paid('c1'));
    expect(life.changes('c1').at(-1)?.staleSince).toBe(5);
    expect(life.changes('c2')).toHaveLength(1);
  });

  it('of a whole tenant ends at once for those who were told, by a review', async () => {
    const life = new Life();
    await life.tell(day(DAY), feeds(1), life.paid('c1'), life.paid('c2'), feeds(2, 5), life.paid('c1'));
    const [told, silent] = [life.changes('c1').length, life.changes('c2').length];
    await life.tell(feeds(3), review(3));
    expect(life.changes('c1').slice(told)).toMatchObject([{ cause: 'reference-change', changes: [] }]);
    expect(life.changes('c1').at(-1)?.staleSince).toBeUndefined();
    expect(life.changes('c2')).toHaveLength(silent);
  });
});

describe('an event on which a rule fails', () => {
  it('is set aside with its bytes, and other customers go on (internal-failure)', async () => {
    const life = new Life();
    const broken = { ...life.paid('c1'), data: null } as unknown as CustomerEventsRecord;
    await life.tell(day(DAY), broken, life.paid('c2'), life.paid('c1'));
    const [entry] = life.log.topic('scoring-quarantine').map(({ value }) => value as QuarantineRecord);
    expect(entry).toMatchObject({ reason: 'internal-failure', stage: 'scoring', customerId: 'c1' });
    expect(JSON.parse(entry?.original ?? '')).toEqual(broken);
    expect([life.changes('c1').length, life.changes('c2').length]).toEqual([1, 1]);
    const tally = life.log.topic('scoring-accounting').at(-1)?.value;
    expect(tally).toMatchObject({ tally: { ok: 2, quarantined: 1 } });
  });
});
