import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import type { ClockState } from '../steps/advance-clock.ts';
import { statesOf } from '../testing/states-of.fixture.ts';
import { CLOCK_COLLECTION, CLOCK_DOCUMENT } from '../topologies/ingest-clock.ts';
import { createTenantDirectory, DEFAULT_SETTINGS } from './tenant-directory.ts';

async function directoryOver(tenants: ClockState['tenants']) {
  const store = new MemoryStore();
  const log = new MemoryLog();
  const document = {
    id: CLOCK_DOCUMENT,
    partition: 0,
    writeVersion: 1,
    appliedOffset: 0,
    pending: [],
    index: {},
  };
  await store.save(CLOCK_COLLECTION, [{ ...document, state: { tenants } }], []);
  return { log, directory: createTenantDirectory({ readModels: statesOf(store), log }) };
}

const clock = { lastDay: 100, feeds: {}, statuses: {}, feedsVersion: 0, revision: 1 };

describe('the tenants as the edges see them', () => {
  it('knows after a start who is frozen, before anybody asks', async () => {
    const frozen = { ...clock, settings: { ...DEFAULT_SETTINGS, clock: 'frozen' as const } };
    const { directory } = await directoryOver({ acme: frozen });
    expect(directory.peek('acme')).toBeUndefined();
    await directory.refresh();
    expect(directory.peek('acme')).toMatchObject({ day: 100, settings: { clock: 'frozen' } });
  });

  it('creates a tenant once, however many ask for it at the same time', async () => {
    const { directory, log } = await directoryOver({});
    await Promise.all([1, 2, 3].map(() => directory.create('new', DEFAULT_SETTINGS, 5)));
    expect(log.topic('clock').map(({ value }) => value)).toMatchObject([{ kind: 'tenant', tenant: 'new' }]);
    expect(directory.peek('new')).toMatchObject({ settings: { clock: 'live' } });
  });
});
