import { BSON, type Document } from 'mongodb';
import { afterEach, describe, expect, it } from 'vitest';
import { type Mongo, openMongo } from '../open-mongo.ts';
import { type Script, type ScriptedServer, scriptedServer } from '../test-support/scripted-server.ts';
import { documentWith, nextVersion } from '../test-support/test-database.ts';

const NEW = documentWith('new');
const OLD = nextVersion(documentWith('old'), { state: { changed: true } });
const ENTRY = { collection: 'history', id: 'e', group: 'g', order: 1, value: null };

describe('what a store says to its server, and does with the answer', () => {
  let server: ScriptedServer | undefined;
  let mongo: Mongo | undefined;
  afterEach(async () => {
    await mongo?.close();
    await server?.close();
  });

  async function open(script: Script, uriOptions = ''): Promise<Mongo> {
    server = await scriptedServer(script);
    mongo = await openMongo({ uri: `${server.uri}${uriOptions}`, database: 'bellwether' });
    return mongo;
  }
  const said = (name: string): Document[] => server?.commands.filter((command) => name in command) ?? [];
  const written = (count: number) => () => ({ ok: 1, n: count, nModified: count });

  it('asks for a journaled majority, whatever the URI says, and sends nothing twice', async () => {
    const answers = { insert: written(1), update: written(1) };
    const { store } = await open({ answers }, '&w=1&journal=false&retryWrites=true');
    expect(await store.save('customers', [NEW, OLD], [ENTRY])).toBe(2);
    const writes = [...said('insert'), ...said('update')];
    expect(writes.map((command) => command.insert ?? command.update).sort()).toEqual([
      'customers',
      'customers',
      'history',
    ]);
    for (const command of writes) {
      expect(command).toMatchObject({ ordered: false, writeConcern: { w: 'majority', j: true } });
      expect(command).not.toHaveProperty('txnNumber');
    }
    expect(said('update')[0]?.updates).toEqual([
      {
        q: { _id: 'old', writeVersion: 1 },
        u: expect.objectContaining({ _id: 'old', writeVersion: 2, state: { changed: true } }),
      },
    ]);
  });

  it('says nothing where nothing is saved', async () => {
    const { store } = await open({});
    const before = server?.commands.length;
    expect(await store.save('customers', [], [])).toBe(0);
    expect(server?.commands.length).toBe(before);
  });

  it('writes entries before documents: an entry of a lost save may be there, a document without it never', async () => {
    const { store } = await open({ answers: { insert: () => 'cut' } });
    await expect(store.save('customers', [OLD], [ENTRY])).rejects.toMatchObject({ code: 'unavailable' });
    expect(said('insert').map((command) => command.insert)).toEqual(['history']);
    expect(said('update')).toEqual([]);
  });

  it.each([
    ['alone', {}, undefined],
    ['in a replica set', { setName: 'rs0', hosts: ['127.0.0.1:1'] }, { level: 'majority' }],
    ['behind a router', { msg: 'isdbgrid' }, { level: 'majority' }],
  ])('reads from a server %s what cannot be lost again', async (_, hello, readConcern) => {
    const find = () => ({
      ok: 1,
      cursor: { id: BSON.Long.ZERO, ns: 'bellwether.customers', firstBatch: [] },
    });
    const { store, readModels } = await open(
      { hello, answers: { find } },
      '&readPreference=secondaryPreferred',
    );
    await store.load('customers', ['a']);
    await store.loadOpen('customers', 0, 0);
    await readModels.get('customers', 'a');
    expect(said('find')).toHaveLength(3);
    for (const command of said('find')) {
      expect(command.readConcern).toEqual(readConcern);
      expect(command.$readPreference?.mode ?? 'primary').toMatch(/^primary/);
    }
  });

  it.each([
    ['fewer than asked', { ok: 1, n: 0, nModified: 0 }],
    ['those that were there', { ok: 1, n: 0, writeErrors: [{ index: 0, code: 11_000, errmsg: 'E11000' }] }],
  ])('counts exactly what was written: not %s', async (_, reply) => {
    const { store } = await open({ answers: { insert: () => reply, update: written(1) } });
    expect(await store.save('customers', [NEW, OLD], [])).toBe(1);
  });

  it.each([
    [
      'the journal of the majority was not reached',
      { ok: 1, n: 1, writeConcernError: { code: 64, errmsg: 'waiting' } },
    ],
    [
      'some were there and the majority was not reached',
      {
        ok: 1,
        n: 0,
        writeErrors: [{ index: 0, code: 11_000, errmsg: 'E11000' }],
        writeConcernError: { code: 64, errmsg: 'waiting' },
      },
    ],
    ['a write failed', { ok: 1, n: 0, writeErrors: [{ index: 0, code: 14_031, errmsg: 'disk full' }] }],
    ['the server is being replaced', { ok: 0, code: 11_602, errmsg: 'InterruptedDueToReplStateChange' }],
    ['the connection ends', 'cut' as const],
  ])('knows nothing when %s', async (_, reply) => {
    const { store } = await open({ answers: { insert: () => reply, update: written(1) } });
    await expect(store.save('customers', [NEW, OLD], [])).rejects.toMatchObject({
      name: 'StreamError',
      code: 'unavailable',
    });
  });

  it('does not wait for a silent server for ever', async () => {
    const { store } = await open({ answers: { update: () => 'silence' } }, '&socketTimeoutMS=200');
    await expect(store.save('customers', [OLD], [])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^MongoDB at 127\.0\.0\.1:\d+ did not answer in time\.$/),
    });
  });

  it('has nothing under way when it ends, even if one half failed at once', async () => {
    let ended = false;
    const updateCame = Promise.withResolvers<void>();
    const insert = async () => {
      await updateCame.promise;
      return 'cut' as const;
    };
    const update = async () => {
      updateCame.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      ended = true;
      return { ok: 1, n: 1 };
    };
    const { store } = await open({ answers: { insert, update } });
    await expect(store.save('customers', [NEW, OLD], [])).rejects.toMatchObject({ code: 'unavailable' });
    expect(ended).toBe(true);
  });

  it('tries the indexes again that could not be made', async () => {
    let tries = 0;
    const createIndexes = () => {
      tries += 1;
      // First what all documents are found by, then what those of a tenant are found by.
      return tries === 1 || tries === 3 ? { ok: 0, code: 13, errmsg: 'not authorized' } : { ok: 1 };
    };
    const { store } = await open({ answers: { createIndexes, insert: written(1) } });
    for (let failure = 0; failure < 2; failure += 1) {
      await expect(store.save('customers', [NEW], [])).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/does not give the user the rights: not authorized\.$/),
      });
    }
    expect(await store.save('customers', [NEW], [])).toBe(1);
    expect(await store.save('customers', [NEW], [])).toBe(1);
    expect(tries).toBe(4);
  });

  it('says so when the server is too old', async () => {
    await expect(
      open({ hello: { maxWireVersion: 7 } }, '&serverSelectionTimeoutMS=500'),
    ).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/is too old: version 4\.4 or newer is needed\.$/),
    });
  });
});

describe('what a store says to a replica set', () => {
  const BOTH = [nextVersion(documentWith('a')), nextVersion(documentWith('b'))];
  let server: ScriptedServer | undefined;
  let mongo: Mongo | undefined;
  afterEach(async () => {
    await mongo?.close();
    await server?.close();
  });

  /** Saves two documents; what the server was told of them, and what came of it. */
  async function save(answers: Script['answers'], uriOptions = '') {
    server = await scriptedServer({
      hello: { setName: 'rs0', hosts: ['127.0.0.1:1'] },
      answers: answers ?? {},
    });
    mongo = await openMongo({ uri: `${server.uri}${uriOptions}`, database: 'bellwether' });
    const outcome = await mongo.store.save('customers', BOTH, []).catch((error: unknown) => error);
    const told = server.commands.filter((command) => 'update' in command || 'txnNumber' in command);
    return { outcome, told };
  }
  const names = (commands: readonly Document[]) =>
    commands.map((command) => `${Object.keys(command)[0]}${'txnNumber' in command ? ' together' : ''}`);
  const wrote = (count: number) => ({ ok: 1, n: count, nModified: count });

  it('writes many documents together, and ends with a journaled majority, whatever the URI says', async () => {
    const { outcome, told } = await save({ update: () => wrote(2) }, '&w=1&journal=false');
    expect(outcome).toBe(2);
    expect(names(told)).toEqual(['update together', 'commitTransaction together']);
    expect(told[1]?.writeConcern).toMatchObject({ w: 'majority', j: true });
  });

  it('writes one by one what cannot be written in full', async () => {
    const { outcome, told } = await save({ update: () => wrote(1) });
    expect(outcome).toBe(1);
    expect(names(told)).toEqual(['update together', 'abortTransaction together', 'update']);
    expect(told[2]?.writeConcern).toEqual({ w: 'majority', j: true });
  });

  it('writes one by one where the server wants no transaction', async () => {
    const refused = {
      ok: 0,
      code: 20,
      errmsg: 'Transaction numbers are only allowed on a replica set member',
    };
    const update = (command: Document) => ('txnNumber' in command ? refused : wrote(2));
    const { outcome, told } = await save({ update });
    expect(outcome).toBe(2);
    expect(names(told).at(-1)).toBe('update');
  });

  it.each<[string, Script['answers']]>([
    ['the documents', { update: () => 'cut' as const }],
    ['the end', { update: () => wrote(2), commitTransaction: () => 'cut' as const }],
    [
      'the journal',
      {
        update: () => wrote(2),
        commitTransaction: () => ({ ok: 1, writeConcernError: { code: 64, errmsg: 'waiting' } }),
      },
    ],
  ])('knows nothing when nobody confirms %s', async (_, answers) => {
    const { outcome, told } = await save(answers);
    expect(outcome).toMatchObject({ name: 'StreamError', code: 'unavailable' });
    expect(names(told)).not.toContain('update');
  });
});
