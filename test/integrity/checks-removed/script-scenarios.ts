import type { KeyedStore, StoredDocument } from '@bellwether/stream';
import { BSON, type Document } from 'mongodb';
import { openMongo } from '../../../packages/mongo/src/open-mongo.ts';
import { toBsonDocument } from '../../../packages/mongo/src/store/bson-document.ts';
import {
  type Answer,
  type Script,
  scriptedServer,
} from '../../../packages/mongo/src/test-support/scripted-server.ts';
import { documentWith, nextVersion } from '../../../packages/mongo/src/test-support/test-database.ts';
import { isSame, outcomeOf, promised } from './broken-promise.ts';

const CUSTOMERS = 'customers';
const ONE = documentWith('a', { state: 1 });
const TWO = nextVersion(ONE, { state: 2 });
const ENTRY = { collection: 'history', id: 'e', group: 'g', order: 1, value: null };
const DONE = { ok: 1, n: 1, nModified: 1 };
const THERE_ALREADY = { index: 0, code: 11_000, errmsg: 'E11000' };
const IN_A_REPLICA_SET = { setName: 'rs0', hosts: ['127.0.0.1:1'] };

/** What the store says to its server, and what it makes of the answers, which no sound server gives on demand. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'something is saved': () =>
    withServer({ answers: { insert: () => DONE, update: () => DONE } }, async ({ store, said }) => {
      await store.save(CUSTOMERS, [ONE, nextVersion(documentWith('b'))], []);
      const concerns = [...said('insert'), ...said('update')].map((command) => command.writeConcern);
      const isJournaled = concerns.every((concern) => concern?.j === true);
      promised('every write is to be journaled', concerns.length === 2 && isJournaled);
      promised(
        'every write is to reach a majority',
        concerns.every((concern) => concern?.w === 'majority'),
      );
    }),

  'something is saved in a replica set': () =>
    withServer(
      { hello: IN_A_REPLICA_SET, answers: { insert: () => DONE, update: () => DONE } },
      async ({ store, said }) => {
        await store.save(CUSTOMERS, [ONE, nextVersion(documentWith('b'))], []);
        const concerns = said('commitTransaction').map((command) => command.writeConcern);
        promised(
          'every transaction is to be journaled by a majority',
          concerns.length === 1 &&
            concerns.every((concern) => concern?.w === 'majority' && concern?.j === true),
        );
      },
    ),

  'a version in a replica set is another': () =>
    withServer(
      { hello: IN_A_REPLICA_SET, answers: { update: () => ({ ok: 1, n: 1, nModified: 1 }) } },
      async ({ store, said }) => {
        await store.save(CUSTOMERS, [TWO, nextVersion(documentWith('b'))], []);
        promised('what cannot be done in full is not committed', said('commitTransaction').length === 0);
      },
    ),

  'something is read from a replica set': () =>
    withServer({ hello: IN_A_REPLICA_SET, answers: { find: () => found() } }, async ({ store, said }) => {
      await store.load(CUSTOMERS, ['a']);
      const [command] = said('find');
      promised('what is read cannot be lost again', isSame(command?.readConcern, { level: 'majority' }));
      // The driver leaves out what is meant anyway.
      const { mode = 'primary' } = command?.$readPreference ?? {};
      promised('the primary is asked', /^primary/.test(mode));
    }),

  'a write was not journaled by a majority': () =>
    failing({ ok: 1, n: 2, writeConcernError: { code: 64, errmsg: 'waiting' } }),

  'the connection ends in the middle of a write': () => failing('cut'),

  'a conflict and a failure come in one answer': () =>
    failing({ ok: 1, n: 0, writeErrors: [THERE_ALREADY, { index: 1, code: 14_031, errmsg: 'disk full' }] }),

  'an entry is lost': () =>
    withServer({ answers: { insert: () => 'cut', update: () => DONE } }, async ({ store, said }) => {
      const outcome = await outcomeOf(store.save(CUSTOMERS, [TWO], [ENTRY]));
      promised('no document is there without its entries', said('update').length === 0);
      promised('a lost entry is told', outcome === 'unavailable');
    }),

  'one half of a save fails at once': async () => {
    const held = Promise.withResolvers<Answer>();
    const came = Promise.withResolvers<void>();
    const update = (): Promise<Answer> => {
      came.resolve();
      return held.promise;
    };
    const insert = async (): Promise<Answer> => {
      await came.promise;
      return 'cut';
    };
    await withServer({ answers: { insert, update } }, async ({ store }) => {
      let hasEnded = false;
      const saving = outcomeOf(store.save(CUSTOMERS, [documentWith('new'), TWO], [])).finally(() => {
        hasEnded = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const endedEarly = hasEnded;
      held.resolve(DONE);
      await saving;
      promised('nothing is under way any more when a save ends', !endedEarly);
    });
  },

  'a document is asked for while it is saved': () =>
    whileSaving(async ({ store, said, answerUpdate, saving }) => {
      await store.load(CUSTOMERS, ['a']);
      answerUpdate(DONE);
      await saving;
      promised('while a save is under way the server is asked', said('find').length === 1);
    }),

  'a document was read while a save failed': () =>
    whileSaving(async ({ store, said, answerUpdate, saving }) => {
      await store.load(CUSTOMERS, ['a']);
      answerUpdate('cut');
      promised('a cut connection is told', (await saving) === 'unavailable');
      const before = said('find').length;
      await store.load(CUSTOMERS, ['a']);
      promised('after a save in doubt the server is asked', said('find').length === before + 1);
    }),

  'a partition was let go while it was saved': () =>
    whileSaving(async ({ store, said, answerUpdate, saving }) => {
      store.forget(CUSTOMERS, 0);
      answerUpdate(DONE);
      await saving;
      await store.load(CUSTOMERS, ['a']);
      promised('what was saved before a partition was let go is not kept', said('find').length === 1);
    }),

  'a partition was let go while it was read': () =>
    whileReading(async ({ store, said, answerFind, reading }) => {
      store.forget(CUSTOMERS, 0);
      await store.save(CUSTOMERS, [documentWith('other')], []);
      answerFind(found(ONE));
      await reading;
      const before = said('find').length;
      await store.load(CUSTOMERS, ['a']);
      promised(
        'what was asked before a partition was let go is not kept',
        said('find').length === before + 1,
      );
    }),

  'a document was saved while it was read': () =>
    whileReading(async ({ store, answerFind, reading }) => {
      await store.save(CUSTOMERS, [TWO], []);
      answerFind(found(ONE));
      await reading;
      const state = (await store.load(CUSTOMERS, ['a'])).get('a')?.state;
      promised('a late answer does not take the place of what was saved since', state === 2);
    }),
};

interface Scripted {
  readonly store: KeyedStore;
  /** Commands of a name that came so far. */
  readonly said: (name: string) => readonly Document[];
}

async function withServer(script: Script, play: (scripted: Scripted) => Promise<void>): Promise<void> {
  const server = await scriptedServer(script);
  const uri = `${server.uri}&readPreference=secondaryPreferred`;
  const mongo = await openMongo({ uri, database: 'bellwether' });
  try {
    const said = (name: string) => server.commands.filter((command) => name in command);
    await play({ store: mongo.store, said });
  } finally {
    await mongo.close();
    await server.close();
  }
}

/** An answer to an insert after which nobody knows what is stored. */
async function failing(answer: Answer): Promise<void> {
  await withServer({ answers: { insert: () => answer } }, async ({ store }) => {
    const outcome = await outcomeOf(store.save(CUSTOMERS, [ONE, documentWith('b')], []));
    promised('only what is known to be a conflict is one', outcome === 'unavailable');
  });
}

/** The store has made document `a`, and its second version is on the way: the server has it and says nothing yet. */
async function whileSaving(
  play: (
    parts: Scripted & {
      readonly answerUpdate: (answer: Answer) => void;
      /** The code that the save fails with; `done` when it does not. */
      readonly saving: Promise<string>;
    },
  ) => Promise<void>,
): Promise<void> {
  const held = Promise.withResolvers<Answer>();
  const came = Promise.withResolvers<void>();
  const update = (): Promise<Answer> => {
    came.resolve();
    return held.promise;
  };
  await withServer({ answers: { insert: () => DONE, update, find: () => found(ONE) } }, async (scripted) => {
    await scripted.store.save(CUSTOMERS, [ONE], []);
    const saving = outcomeOf(scripted.store.save(CUSTOMERS, [TWO], []));
    await came.promise;
    await play({ ...scripted, answerUpdate: held.resolve, saving });
  });
}

/** The store owns the partition, and what it asked for is on its way. */
async function whileReading(
  play: (
    parts: Scripted & {
      readonly answerFind: (answer: Answer) => void;
      readonly reading: Promise<unknown>;
    },
  ) => Promise<void>,
): Promise<void> {
  const held = Promise.withResolvers<Answer>();
  const came = Promise.withResolvers<void>();
  const find = (): Promise<Answer> => {
    came.resolve();
    return held.promise;
  };
  await withServer({ answers: { insert: () => DONE, update: () => DONE, find } }, async (scripted) => {
    await scripted.store.save(CUSTOMERS, [documentWith('first')], []);
    const reading = scripted.store.loadOpen(CUSTOMERS, 0, 0);
    await came.promise;
    await play({ ...scripted, answerFind: held.resolve, reading });
  });
}

function found(...documents: readonly StoredDocument[]): Document {
  const firstBatch = documents.map((document) => toBsonDocument(document).bson);
  return { ok: 1, cursor: { id: BSON.Long.ZERO, ns: `bellwether.${CUSTOMERS}`, firstBatch } };
}
