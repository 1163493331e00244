import type { FindQuery, ReadModels, StoredDocument } from '@bellwether/stream';
import type { MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import type { RedriveState } from '../steps/keep-waiting.ts';
import type { TenantView } from '../tenants/tenant-directory.ts';
import { NOW_MS } from '../testing/ingest.fixture.ts';
import { ACME, jsonMessage, LOGIN, openSources } from '../testing/sources.fixture.ts';
import { createWaitingRelease } from './release-waiting.ts';

/** The documents of one group in their order: as much of the read models as is asked for here. */
function readModelsOf(store: MemoryStore): Pick<ReadModels, 'groups' | 'find'> {
  const documents = (collection: string) => store.documents(collection) as StoredDocument<RedriveState>[];
  return {
    groups: async (collection) => [
      ...new Set(
        documents(collection).flatMap(({ index }) => (index.group === undefined ? [] : [index.group])),
      ),
    ],
    find: async <State>(collection: string, { group, limit, after }: FindQuery) =>
      documents(collection)
        .filter(({ index, state }) => index.group === group && state.place > Number(after?.values[0] ?? -1))
        .sort((a, b) => a.state.place - b.state.place)
        .slice(0, limit)
        .map(({ id, state }) => ({ id, state: state as State })),
  };
}

const LOADING = { ...ACME, settings: { ...ACME.settings, clock: 'importing' as const } };

function opened() {
  const sources = openSources({ tenants: { acme: LOADING } });
  const waiting = createWaitingRelease({
    log: sources.log,
    readModels: readModelsOf(sources.store),
    tenants: { get: async (tenant) => sources.tenants.get(tenant) as TenantView | undefined },
    now: () => NOW_MS + 60_000,
  });
  const login = (id: number) => jsonMessage({ ...LOGIN, id: `e${id}` });
  return { sources, waiting, login };
}

describe('what came while history was being loaded into its tenant (design 2)', () => {
  it('is given again by itself, in its order, when the tenant is live, and not before', async () => {
    const { sources, waiting, login } = opened();
    await sources.send('crm', ...Array.from({ length: 450 }, (_, id) => login(id)));
    expect(await waiting.release()).toBe(0);
    sources.tenants.set('acme', ACME);
    expect(await waiting.release()).toBe(450);
    await sources.drain();
    expect(sources.events().map(({ id }) => id)).toEqual(Array.from({ length: 450 }, (_, id) => `e${id}`));
    expect(sources.events()[0]).toMatchObject({ redriven: 'source-crm:0:0', time: NOW_MS });
  });

  it('is given again once, also before anybody has noted it', async () => {
    const { sources, waiting, login } = opened();
    await sources.send('crm', login(1), login(2));
    sources.tenants.set('acme', ACME);
    expect([await waiting.release(), await waiting.release()]).toEqual([2, 0]);
    await sources.drain();
    expect(await waiting.release()).toBe(0);
    expect(sources.events()).toHaveLength(2);
  });

  it('waits on while the tenant is frozen: that is for people to decide', async () => {
    const { sources, waiting, login } = opened();
    await sources.send('crm', login(1));
    sources.tenants.set('acme', { settings: { ...ACME.settings, clock: 'frozen' }, day: 20_000 });
    expect(await waiting.release()).toBe(0);
  });

  it('and over HTTP, accepted just before, is not lost either', async () => {
    const { sources, waiting } = opened();
    const event = {
      kind: 'event',
      tenant: 'acme',
      customerId: 'c1',
      id: 'h1',
      source: '/crm',
      type: 'activity.login',
    };
    const rest = { time: NOW_MS, day: 20_000, receivedAt: NOW_MS, historical: false, data: {} };
    const value = { kind: 'received', event: { ...event, ...rest } };
    await sources.log.append([{ topic: 'source-http', key: 'acme|c1', value }]);
    await sources.drain();
    sources.tenants.set('acme', ACME);
    expect(await waiting.release()).toBe(1);
    await sources.drain();
    expect(sources.events()).toMatchObject([
      { id: 'h1', receivedAt: NOW_MS + 60_000, redriven: 'source-http:0:0' },
    ]);
  });
});

describe('what came before its tenant was begun', () => {
  it('is given again by itself when it is', async () => {
    const { sources, waiting } = opened();
    await sources.sendKeyed('crm', 'globex|c1', jsonMessage(LOGIN));
    expect(await waiting.release()).toBe(0);
    sources.tenants.set('globex', ACME);
    expect(await waiting.release()).toBe(1);
    await sources.drain();
    expect(sources.events()).toMatchObject([{ tenant: 'globex', id: 'e1' }]);
  });
});
