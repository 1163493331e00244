import { DAY_MS } from '@bellwether/events';
import type { EntryRow, ReadModels } from '@bellwether/stream';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../collections.ts';
import { makeEventEntry } from '../steps/make-event-entry.ts';
import { eventOf, settingsOf, TODAY } from '../test-support/records.ts';
import { MOST_EVENTS, readCustomerLog, takeRecords } from './read-customer-log.ts';

const customer = { tenant: 'acme', customerId: 'c1' };

const SETTINGS: EntryRow = { id: 'acme|settings|1', order: 0, value: settingsOf() };

/** Read models that have so many logins of a customer, one a minute until today. */
function withLogins(count: number, others: readonly EntryRow[] = [SETTINGS]): ReadModels {
  const rows = Array.from({ length: count }, (_, index): EntryRow => {
    const time = TODAY * DAY_MS - (count - index) * 60_000;
    const stamp = { id: `e${index}`, time, receivedAt: time, day: Math.floor(time / DAY_MS) };
    const { id, order, value } = makeEventEntry(eventOf('activity.login', {}, stamp), index);
    return { id, order, value };
  }).reverse();
  const entries = async (
    collection: string,
    _group: string,
    { limit, before }: Parameters<ReadModels['entries']>[2],
  ) => {
    if (collection === ENTRIES.contexts) return others;
    if (collection !== ENTRIES.events) return [];
    const from = before === undefined ? 0 : rows.findIndex(({ id }) => id === before.id) + 1;
    return rows.slice(from, from + limit);
  };
  return { entries } as Partial<ReadModels> as ReadModels;
}
const read = (count: number) =>
  readCustomerLog({ readModels: withLogins(count), log: { partitions: () => 1 } }, customer);

describe('all that scoring saw of a customer', () => {
  it('is gone through up to a bound, and beyond it the answer says so', async () => {
    await expect(read(MOST_EVENTS + 1)).rejects.toMatchObject({
      statusCode: 409,
      kind: 'too-many-events',
      message: 'Customer c1 has more than 20000 events, too many to go through again.',
    });
  });

  it('of a customer with as many events as there may be lets others have their turn', async () => {
    const log = await read(MOST_EVENTS);
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    const { events } = await takeRecords(log);
    clearInterval(others);
    expect(events).toBe(MOST_EVENTS);
    expect(turns).toBeGreaterThan(10);
  }, 30_000);

  it('is not told by a read model of before, which would leave half of it out', async () => {
    const readModels = withLogins(3, []);
    const log = { partitions: () => 1 };
    await expect(readCustomerLog({ readModels, log }, customer)).rejects.toMatchObject({
      statusCode: 409,
      kind: 'read-model-outdated',
    });
  });
});
